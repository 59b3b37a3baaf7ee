import { z } from 'zod';

/** Phones, ID and station numbers as people type them: full-width digits, spaces and dashes are forgiven. */
export const plainDigits = (value: string): string => value.normalize('NFKC').replace(/[\s\-—–]/gu, '');

const clean = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').normalize('NFC').trim() : '';

// libSQL cuts text at U+0000 on reading; U+FFFD stands where bytes were no UTF-8.
const UNREADABLE = /(?![\n\t])[\p{Cc}\ufffd]/u;

export interface TextLimits {
  min?: number;
  max?: number;
  optional?: boolean;
}

/** Counts characters as people do: an emoji or a rare Han character is one. */
const length = (value: string): number => [...value].length;

function checkText(label: string, value: string, limits: TextLimits, multiline: boolean): string | null {
  if (value === '') return limits.optional ? null : `请填写${label}`;
  if (UNREADABLE.test(value)) return `${label}里有无法识别的字符，请删去后重新输入`;
  if (!multiline && value.includes('\n')) return `${label}请写在一行内`;
  const n = length(value);
  if (limits.min !== undefined && n < limits.min) return `${label}至少 ${limits.min} 个字`;
  if (limits.max !== undefined && n > limits.max) return `${label}最多 ${limits.max} 个字，现在有 ${n} 个字`;
  return null;
}

const checked = (check: (value: string) => string | null) =>
  z.preprocess(
    clean,
    z.string().superRefine((value, ctx) => {
      const problem = check(value);
      if (problem) ctx.addIssue({ code: 'custom', message: problem });
    }),
  );

/** One line of text, trimmed; `''` when optional and empty. */
export const text = (label: string, limits: TextLimits = {}) =>
  checked((value) => checkText(label, value, { max: 200, ...limits }, false));

/** Text of several lines, line ends as `\n`. */
export const multiline = (label: string, limits: TextLimits = {}) =>
  checked((value) => checkText(label, value, { max: 4000, ...limits }, true));

/** A mainland mobile number, eleven digits; `''` when optional and empty. */
export const mobile = (label: string, { optional = false } = {}) =>
  z.preprocess(
    (value) => plainDigits(clean(value)).replace(/^(?:\+?86)(?=1\d{10}$)/, ''),
    z.string().superRefine((value, ctx) => {
      if (value === '' && optional) return;
      if (value === '') ctx.addIssue({ code: 'custom', message: `请填写${label}` });
      else if (!/^1[3-9]\d{9}$/.test(value)) {
        ctx.addIssue({ code: 'custom', message: `${label}应为 11 位手机号，例如 13812345678` });
      }
    }),
  );

/** A code of `digits` digits, spaces and full-width forms forgiven. */
export const code = (label: string, digits = 6) =>
  z.preprocess(
    (value) => plainDigits(clean(value)),
    z.string().regex(new RegExp(`^\\d{${digits}}$`), `${label}是 ${digits} 位数字，请核对后重新输入`),
  );

export const email = (label: string, { optional = false } = {}) =>
  checked((value) => {
    if (value === '') return optional ? null : `请填写${label}`;
    return /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(value) && value.length <= 254
      ? null
      : `${label}的格式不对，例如 name@example.com`;
  });

/** A tick box: ticked or not. With `required`, not ticked is an error with that text. */
export const checkbox = (required?: string) =>
  required === undefined ? z.boolean() : z.boolean().refine((on) => on, required);

/** One of a closed list; `fallback` stands for a field not sent at all. */
export const choice = <const V extends readonly [string, ...string[]]>(
  label: string,
  values: V,
  fallback?: V[number],
) =>
  z.preprocess(
    (value) => (clean(value) === '' ? (fallback ?? '') : clean(value)),
    z.enum(values, `请选择${label}`),
  );

export const integer = (label: string, { min = 0, max = Number.MAX_SAFE_INTEGER, optional = false } = {}) =>
  z.preprocess(
    (value) => plainDigits(clean(value)),
    z.string().transform((value, ctx): number | null => {
      if (value === '' && optional) return null;
      const n = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (n >= min && n <= max) return n;
      ctx.addIssue({ code: 'custom', message: `${label}应为 ${min} 到 ${max} 之间的整数` });
      return z.NEVER;
    }),
  );

/** A calendar day, `YYYY-MM-DD`; `''` when optional and empty. */
export const day = (label: string, { optional = false } = {}) =>
  checked((value) => {
    if (value === '') return optional ? null : `请填写${label}`;
    const at = new Date(`${value}T00:00:00Z`);
    const real =
      /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
    return real ? null : `${label}应写成年-月-日，例如 2026-03-05`;
  });

/** A coordinate in degrees; `null` when empty or not a number, since a place is never refused for it. */
export const degrees = (limit: number) =>
  z.preprocess(
    clean,
    z.string().transform((value): number | null => {
      const n = value === '' ? Number.NaN : Number(value);
      return Number.isFinite(n) && Math.abs(n) <= limit ? n : null;
    }),
  );

/** The id of a row, chosen from a list; branded by the caller. `null` when optional and empty. */
export function idField<Id extends number>(label: string): z.ZodType<Id, unknown>;
export function idField<Id extends number>(
  label: string,
  options: { optional: true },
): z.ZodType<Id | null, unknown>;
export function idField<Id extends number>(label: string, options?: { optional?: boolean }) {
  return z.preprocess(
    clean,
    z.string().transform((value, ctx): Id | null => {
      if (value === '' && options?.optional) return null;
      if (/^\d{1,12}$/.test(value)) return Number(value) as Id;
      ctx.addIssue({ code: 'custom', message: `请选择${label}` });
      return z.NEVER;
    }),
  );
}

const LISTS = new WeakSet<object>();

/** A field sent several times: every value goes through `item`. */
export const list = <T extends z.ZodType>(item: T, { max = 200 } = {}) => {
  const schema = z.array(item).max(max);
  LISTS.add(schema);
  return schema;
};

export const isList = (schema: object): boolean => LISTS.has(schema);
