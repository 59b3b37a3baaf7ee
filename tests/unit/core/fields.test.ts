import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { choice, code, day, degrees, email, integer, mobile, multiline, text } from '#core/fields.ts';

const read = (schema: z.ZodType, value: unknown): unknown => {
  const result = schema.safeParse(value);
  return result.success ? result.data : `✗ ${result.error.issues[0]?.message}`;
};

describe('fields', () => {
  test.each([
    ['a field not sent', text('标题'), null, '✗ 请填写标题'],
    ['spaces alone', text('标题'), '　 ', '✗ 请填写标题'],
    ['empty where it may be', text('标题', { optional: true }), '', ''],
    ['characters are counted as people do', text('标题', { max: 2 }), '𠮷👨', '𠮷👨'],
    ['one too many', text('标题', { max: 2 }), '一二三', '✗ 标题最多 2 个字，现在有 3 个字'],
    ['too few', multiline('正文', { min: 2 }), '灯', '✗ 正文至少 2 个字'],
    ['a line break in one line', text('标题'), '一\n二', '✗ 标题请写在一行内'],
    ['line breaks of other systems', multiline('正文'), '一\r\n二\r三', '一\n二\n三'],
    ['a NUL', multiline('正文'), '一\u0000二', '✗ 正文里有无法识别的字符，请删去后重新输入'],
    ['a mobile number as people type it', mobile('电话'), '+86 138-0000-1234', '13800001234'],
    ['full-width digits', mobile('电话'), '１３８００００１２３４', '13800001234'],
    ['a landline', mobile('电话'), '010-12345678', '✗ 电话应为 11 位手机号，例如 13812345678'],
    ['no mobile number where it may be', mobile('电话', { optional: true }), '', ''],
    ['a code with a space', code('验证码'), '123 456', '123456'],
    ['half a code', code('验证码'), '123', '✗ 验证码是 6 位数字，请核对后重新输入'],
    ['a mail address', email('邮箱'), 'a@b.cn', 'a@b.cn'],
    ['half a mail address', email('邮箱'), 'a@b', '✗ 邮箱的格式不对，例如 name@example.com'],
    ['a choice not sent, with a fallback', choice('类别', ['a', 'b'], 'b'), null, 'b'],
    ['a choice not sent', choice('类别', ['a', 'b']), null, '✗ 请选择类别'],
    ['a choice that is none', choice('类别', ['a', 'b']), 'c', '✗ 请选择类别'],
    ['an empty number is not zero', integer('天数', { min: 1, max: 9 }), '', '✗ 天数应为 1 到 9 之间的整数'],
    ['a number', integer('天数', { min: 1, max: 9 }), '７', 7],
    ['a day', day('日期'), '2026-02-28', '2026-02-28'],
    ['a day that is none', day('日期'), '2026-02-30', '✗ 日期应写成年-月-日，例如 2026-03-05'],
    ['a place beyond the poles is no place', degrees(90), '91', null],
    ['a place', degrees(90), '30.5', 30.5],
  ])('%s', (_name, schema, value, expected) => {
    expect(read(schema, value)).toEqual(expected);
  });
});
