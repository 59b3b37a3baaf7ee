import { describe, expect, test } from 'vitest';
import {
  nextTry,
  parametersOf,
  quietUntil,
  smsSegments,
  smsText,
  TEMPLATES,
  wordsOf,
} from '#domains/notify/rules.ts';

const FULL: Record<string, string> = {
  code: '123456',
  number: '20260305-000012',
  day: '2027年12月31日（周五）',
};

describe.each(Object.entries(TEMPLATES))('template %s', (name, { text }) => {
  test('fits one segment with the longest signature', () => {
    expect(smsSegments(smsText('云汀市诉求热线服务中心', wordsOf(name, FULL)))).toBe(1);
  });

  test('is neutral: no link, no bracket, no greeting by name, parameters apart from each other', () => {
    expect(text).not.toMatch(/https?:|www\.|【|】|投票|问卷|\}\{/);
    for (const parameter of parametersOf(text)) expect(['code', 'number', 'day']).toContain(parameter);
  });
});

test('the code template holds one variable and the word the carriers want', () => {
  expect(parametersOf(TEMPLATES.code.text)).toEqual(['code']);
  expect(TEMPLATES.code.text).toContain('验证码');
});

test('a message is never sent with a hole in it', () => {
  expect(() => wordsOf('case.closed', {})).toThrow('缺少');
  expect(() => wordsOf('toString', FULL)).toThrow('没有名为');
});

test.each([
  [70, 1],
  [71, 2],
  [134, 2],
  [135, 3],
])('%i characters: %i segments', (length, segments) => {
  expect(smsSegments('字'.repeat(length))).toBe(segments);
});

const QUIET = { from: 21, to: 8 };
test.each([
  ['20:59', '2026-03-05T12:59:59Z', null],
  ['21:00', '2026-03-05T13:00:00Z', '2026-03-06T00:00:00.000Z'],
  ['midnight', '2026-03-05T16:00:00Z', '2026-03-06T00:00:00.000Z'],
  ['07:59', '2026-03-05T23:59:59Z', '2026-03-06T00:00:00.000Z'],
  ['08:00', '2026-03-06T00:00:00Z', null],
])('at %s the quiet hours last until %s', (_name, at, until) => {
  expect(quietUntil(new Date(at), QUIET)?.toISOString() ?? null).toBe(until);
});

test('quiet hours that are set to nothing disturb no message', () => {
  expect(quietUntil(new Date('2026-03-05T13:00:00Z'), { from: 0, to: 0 })).toBeNull();
});

test('four retries further and further apart, then none', () => {
  const now = new Date('2026-03-05T04:00:00Z');
  const minutes = [1, 2, 3, 4, 5].map((tries) => {
    const at = nextTry(tries, now);
    return at && (at.getTime() - now.getTime()) / 60_000;
  });
  expect(minutes).toEqual([1, 5, 30, 120, null]);
});
