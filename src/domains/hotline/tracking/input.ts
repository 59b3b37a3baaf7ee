import { z } from 'zod';
import { checkbox, code, mobile, multiline, text } from '#core/fields.ts';
import { parseComplaintNumber, parseQueryCode } from '../numbers.ts';

const parsed = (label: string, parse: (typed: string) => string | null, wrong: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value : ''),
    z.string().transform((value, ctx): string => {
      const read = parse(value);
      if (read !== null) return read;
      ctx.addIssue({ code: 'custom', message: value.trim() === '' ? `请填写${label}` : wrong });
      return z.NEVER;
    }),
  );

/** Number and query code, as people copy them from paper. */
export const OpenByCode = z.object({
  number: parsed('诉求编号', parseComplaintNumber, '诉求编号是 8 位日期加 6 位数字，例如 20260305-012345'),
  code: parsed('查询码', parseQueryCode, '查询码是 6 位数字'),
});
export type OpenByCode = z.output<typeof OpenByCode>;

export const AskPhoneCode = z.object({ phone: mobile('手机号') });
export const OpenByPhone = z.object({ phone: mobile('手机号'), code: code('短信验证码') });
export type OpenByPhone = z.output<typeof OpenByPhone>;

/** Carried by the forms of an opened case, for browsers that keep no cookie. */
const ticket = text('凭证', { max: 2000, optional: true });

export const OpenByTicket = z.object({ ticket });
export const Supply = z.object({ ticket, words: multiline('补充的情况', { max: 2000, optional: true }) });
export const Withdraw = z.object({ ticket, sure: checkbox('撤回后不再办理。确定撤回请打勾') });
export const Remind = z.object({ ticket });
export const Confirm = z.object({ ticket });
export const Dispute = z.object({ ticket, reason: multiline('哪里没有解决', { min: 2, max: 2000 }) });
export const CloseTracking = z.object({});
