import { AppError } from '#core/errors.ts';
import type { Category, Channel, Kind, Publication, Secrecy, State } from '#db/schema/hotline.values.ts';
import { mayBePublic } from '../rules.ts';

/** What decides whether a case may stand on the ledger. */
export interface Publishable {
  kind: Kind;
  category: Category;
  state: State;
  complaints: readonly { secrecy: Secrecy }[];
}

const NOT_YET: readonly State[] = ['filed', 'withdrawn'];

/** Throws `conflict`, saying why, for a case that may not be public: now, or ever. */
export function assertPublishable(c: Publishable): void {
  if (NOT_YET.includes(c.state)) {
    throw new AppError('conflict', '还没有受理的诉求不能公开。请先受理或答复，再公开。');
  }
  const barred = c.complaints.some(({ secrecy }) => !mayBePublic({ ...c, secrecy }));
  if (barred || c.complaints.length === 0) {
    throw new AppError('conflict', '这件诉求不能公开：诉求人要求不公开，或属于举报、妇女儿童维权。');
  }
}

/** What decides whether a resident's own words and pictures may be public. */
export interface Spoken {
  channel: Channel;
  phoneVerifiedAt: Date | null;
  withdrawnAt: Date | null;
}

/** Who speaks in public is known behind the scenes: the phone was verified, or staff took the words down themselves. */
export function mayShowWords(spoken: Spoken): boolean {
  const known = spoken.phoneVerifiedAt !== null || (spoken.channel !== 'web' && spoken.channel !== 'open311');
  return known && spoken.withdrawnAt === null;
}

const ANSWERED: readonly State[] = ['follow_up', 'closed', 'signed_off'];

/** Whether the case's answer is approved as it stands: while a unit works on another, what it drafts is nobody's to read. */
export const answerIsOut = (state: State): boolean => ANSWERED.includes(state);

export const isPublished = (publication: Publication): boolean => publication === 'published';
