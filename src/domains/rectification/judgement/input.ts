import type { z } from 'zod';
import { choice, multiline } from '#core/fields.ts';
import { NoticeRef, WORDS_MAX } from '../notices/input.ts';

/** What the re-inspection found. */
export const Judge = NoticeRef.extend({
  result: choice('复查结果', ['pass', 'fail']),
  reason: multiline('复查意见', { max: WORDS_MAX, optional: true }),
});
export type Judge = z.output<typeof Judge>;
