import QRCode from 'qrcode';
import type { Actor } from '#core/actor.ts';
import { permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import type { Copy } from '#db/schema/rectification.values.ts';
import { describeDay, lastDay } from '#domains/calendar/rules.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { type NoticeRow, readableNotice } from '../notices/step.ts';
import { countPhotos } from '../notices/store.ts';
import { accessCodeOf, PARTY_PAGE, partyAddress } from '../party/codes.ts';

/** Both copies of a notice as they are printed on one sheet. */
export interface Sheet {
  notice: NoticeRow;
  number: string;
  /** The code of copy B; copy A does not carry it. */
  code: string;
  /** The last day on which it may be put right, in words with its year. */
  due: string;
  photos: number;
  /** What the responsible party types where it cannot scan. */
  address: string;
  /** Each copy's own way in, as SVG markup of our own making: the desk for A, the party's page for B. */
  pictures: Readonly<Record<Copy, string>>;
}

const picture = (address: string): Promise<string> =>
  QRCode.toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });

function dueWords(n: NoticeRow): string {
  if (n.firstDueAt === null) return '';
  const day = lastDay({ at: n.firstDueAt });
  // Described from a day of another year, it says its own.
  return `${describeDay(day, new Date(0))}24 时前`;
}

/** A notice as it is printed, for those who may issue there; `null` for a draft, which has no number yet. */
export async function printNotice(actor: Actor, id: NoticeId): Promise<Sheet | null> {
  permit(actor, 'rectify:issue');
  const n = await readableNotice(reader, actor, id);
  permit(actor, 'rectify:issue', n.placePath);
  if (n.number === null) return null;
  const { origin, domain } = await siteSettings();
  return {
    notice: n,
    number: n.number,
    code: accessCodeOf(n.number),
    due: dueWords(n),
    photos: await countPhotos(reader, id, 'before'),
    address: `${domain}${PARTY_PAGE.slice(0, -1)}`,
    pictures: {
      A: await picture(`${origin}/staff/rectification/${n.id}`),
      B: await picture(partyAddress(origin, n.number)),
    },
  };
}
