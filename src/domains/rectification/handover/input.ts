import { z } from 'zod';
import { choice, multiline, text } from '#core/fields.ts';
import { DELIVERY_WAYS } from '#db/schema/rectification.values.ts';
import { NoticeRef, WORDS_MAX } from '../notices/input.ts';

/** A Beijing wall time as the browser's own field sends it, `2026-08-14T16:30`; null when empty. */
const wallTime = (label: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.trim().replace(' ', 'T').slice(0, 16) : ''),
    z.string().transform((value, ctx): Date | null => {
      if (value === '') return null;
      const at = new Date(`${value}:00+08:00`);
      if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) && !Number.isNaN(at.getTime())) return at;
      ctx.addIssue({ code: 'custom', message: `${label}应写成年-月-日 时:分，例如 2026-03-05 16:30` });
      return z.NEVER;
    }),
  );

/** How a copy was brought to the responsible party. */
export const Deliver = NoticeRef.extend({
  way: choice('送达方式', DELIVERY_WAYS),
  person: text('签收人', { max: 30, optional: true }),
  at: wallTime('送达时间'),
  tracking: text('邮件号', { max: 40, optional: true }),
});
export type Deliver = z.output<typeof Deliver>;

/** What a member of staff found put right, where the party does not answer itself. */
export const RecordFix = NoticeRef.extend({
  words: multiline('整改情况', { min: 4, max: WORDS_MAX }),
});
export type RecordFix = z.output<typeof RecordFix>;
