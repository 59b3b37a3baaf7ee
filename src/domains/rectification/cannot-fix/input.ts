import type { z } from 'zod';
import { choice, multiline } from '#core/fields.ts';
import { NoticeRef, WORDS_MAX } from '../notices/input.ts';

/** A member of staff asks for the party. */
export const AskForParty = NoticeRef.extend({
  reason: multiline('无法整改的原因', { min: 10, max: WORDS_MAX }),
});
export type AskForParty = z.output<typeof AskForParty>;

/** What the approver decided; the reply is read by the responsible party. */
export const DecideCannotFix = NoticeRef.extend({
  decision: choice('审批意见', ['agree', 'refuse']),
  reply: multiline('答复', { min: 4, max: WORDS_MAX }),
});
export type DecideCannotFix = z.output<typeof DecideCannotFix>;

/** What the yearly look at a notice that cannot be fixed found. */
export const Review = NoticeRef.extend({ words: multiline('复核情况', { min: 4, max: WORDS_MAX }) });
export type Review = z.output<typeof Review>;
