import { z } from 'zod';
import { code, multiline, text } from '#core/fields.ts';
import { WORDS_MAX } from '../notices/input.ts';
import { parseNoticeNumber } from '../numbers.ts';

const WRONG_NUMBER = '编号印在通知单右上角，例如 Z2026-0012-00003';

/** What opens the party's page: both are printed on copy B. */
export const OpenNotice = z.object({
  number: text('通知单编号', { max: 60 }).transform((typed, ctx) => {
    const number = parseNoticeNumber(typed);
    if (number !== null) return number;
    ctx.addIssue({ code: 'custom', message: WRONG_NUMBER });
    return z.NEVER;
  }),
  code: code('查看码'),
});

export const ConfirmReceipt = z.object({ person: text('签收人', { max: 30 }) });

export const AnswerNotice = z.object({ words: multiline('整改情况', { min: 4, max: WORDS_MAX }) });

export const AskCannotFix = z.object({ reason: multiline('无法整改的原因', { min: 10, max: WORDS_MAX }) });
export type AskCannotFix = z.output<typeof AskCannotFix>;

export const LeaveNotice = z.object({});
