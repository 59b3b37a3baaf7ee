import { z } from 'zod';
import { plainDigits, text } from '#core/fields.ts';

/** User names are typed as people like and kept in one form. */
const username = text('用户名', { max: 60 }).transform((value) => value.normalize('NFKC').toLowerCase());

/** Passwords are taken as typed, spaces included: only what is not text at all is refused. */
export const password = (label: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value : ''),
    z.string().min(1, `请填写${label}`).max(1000, `${label}太长`),
  );

export const codeText = (optional: boolean) =>
  z.preprocess(
    (value) => plainDigits(typeof value === 'string' ? value : ''),
    z
      .string()
      .refine(
        (v) => (optional && v === '') || /^\d{6}$/.test(v),
        '动态码是 6 位数字，请看验证器上的最新一组',
      ),
  );

export const Credentials = z.object({ username, password: password('密码'), code: codeText(true) });
export type Credentials = z.output<typeof Credentials>;

export const GivenCode = z.object({ code: codeText(false) });

export const ChosenPassword = z.object({
  password: password('新密码'),
  again: password('新密码（再填一次）'),
});
export type ChosenPassword = z.output<typeof ChosenPassword>;
