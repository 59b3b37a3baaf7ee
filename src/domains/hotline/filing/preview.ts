import { findPlace } from '#domains/places/service.ts';
import { CATEGORY_INFO } from '../categories.ts';
import { SECRECY_LABEL } from '../labels.ts';
import { findPersonalData, maskPublicText, PERSONAL_LABEL } from '../privacy/rules.ts';
import { mayBePublic } from '../rules.ts';
import { type FileComplaint, UNKNOWN_PLACE } from './input.ts';
import { settleWishes } from './rules.ts';

/** What the public would see of a complaint, before it is sent. */
export interface Preview {
  /** Whether anything of it may ever be public. */
  public: boolean;
  secrecy: string;
  category: string;
  place: string;
  /** Street or landmark, where the category lies open to everyone. */
  where: string;
  title: string;
  body: string;
  /** What looks like personal data in the words: hidden in public, and better left out. */
  hints: { label: string; text: string }[];
}

/** Shows a complaint as the public would read it if staff published every word of it. */
export async function previewFiling(sent: FileComplaint): Promise<Preview> {
  const { secrecy, kind } = settleWishes(sent);
  const place = sent.place === null || sent.place === UNKNOWN_PLACE ? null : await findPlace(sent.place);
  const info = CATEGORY_INFO[sent.category];
  const filer = { name: sent.name, phone: sent.phone, address: sent.address };
  const hints = findPersonalData([sent.title, sent.body].join('\n'));
  return {
    public: mayBePublic({ kind, category: sent.category, secrecy }),
    secrecy: SECRECY_LABEL[secrecy],
    category: info.label,
    place: place?.name ?? '全市',
    where: info.publicPlace ? maskPublicText(sent.address, filer) : '',
    title: maskPublicText(sent.title, filer),
    body: maskPublicText(sent.body, filer),
    hints: hints.map(({ kind: found, text }) => ({ label: PERSONAL_LABEL[found], text })),
  };
}
