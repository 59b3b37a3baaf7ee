import { z } from 'zod';
import { choice, idField, multiline, text } from '#core/fields.ts';
import { PHOTO_STATES } from '#db/schema/hotline.values.ts';
import type { ComplaintId } from '#db/schema/ids.ts';
import { CASE_REF, staffWords } from '../cases/input.ts';

/** Puts a case on the public ledger under a line of the centre's own. */
export const PublishCase = z.object({ ...CASE_REF, publicTitle: text('公开标题', { min: 4, max: 60 }) });
export type PublishCase = z.output<typeof PublishCase>;

export const HideCase = z.object({ ...CASE_REF, reason: staffWords('撤下理由', false) });
export type HideCase = z.output<typeof HideCase>;

/** Shows the resident's words, as moderated, or hides them again. */
export const SetWords = z.object({
  ...CASE_REF,
  complaint: idField<ComplaintId>('诉求'),
  show: choice('公开与否', ['published', 'hidden']),
  publicBody: multiline('公开的文字', { max: 4000, optional: true }),
});
export type SetWords = z.output<typeof SetWords>;

export const SetPhoto = z.object({
  ...CASE_REF,
  photo: idField<number>('照片'),
  state: choice('公开与否', PHOTO_STATES),
  alt: text('照片说明', { max: 100, optional: true }),
});
export type SetPhoto = z.output<typeof SetPhoto>;
