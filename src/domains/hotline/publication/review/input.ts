import { z } from 'zod';
import { checkbox, idField, list, multiline, text } from '#core/fields.ts';
import type { ComplaintId } from '#db/schema/ids.ts';
import { CASE_REF } from '../../cases/input.ts';

/**
 * Everything that is decided about a case's public page, at once. `photo` and `alt` stand side by side, one of each for every
 * picture; `shown` holds those that are ticked.
 */
export const ReviewPublic = z
  .object({
    ...CASE_REF,
    publicTitle: text('公开标题', { min: 4, max: 60 }),
    complaint: idField<ComplaintId>('诉求', { optional: true }),
    showWords: checkbox(),
    publicBody: multiline('公开的文字', { max: 4000, optional: true }),
    photo: list(idField<number>('照片')),
    alt: list(text('照片说明', { max: 100, optional: true })),
    shown: list(idField<number>('照片')),
  })
  .refine((sent) => !sent.showWords || sent.publicBody !== '', {
    path: ['publicBody'],
    message: '要公开原话，请留下公开的文字；不公开请去掉勾',
    when: () => true,
  });
export type ReviewPublic = z.output<typeof ReviewPublic>;

/** The field of a picture's description, for what is wrong with it. */
export const altField = (photo: number): string => `alt-${photo}`;
