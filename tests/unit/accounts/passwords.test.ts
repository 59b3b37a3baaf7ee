import { expect, test } from 'vitest';
import { isExpired, passwordProblem } from '#domains/accounts/passwords/rules.ts';

const NAMES = ['zhaomin', '赵敏', '邻声·云汀'];

test.each([
  '槐树下说事第二个周四晚上七点',
  'correct horse battery',
  'kx7mqp-29trw-vb',
  'ab12cd34ef56gh',
  'Tr0ub4dor&3xyz',
])('%s will do', (password) => {
  expect(passwordProblem(password, NAMES)).toBeNull();
});

test.each([
  ['short', '至少 12'],
  ['password1234', '太容易'],
  ['Password1234', '太容易'],
  ['aaaaaaaaaaaa', '太容易'],
  ['abcabcabcabc', '太容易'],
  ['123456789012', '太容易'],
  ['qwertyuiop12', '太容易'],
  ['0987654321ab', '太容易'],
  ['zhaominzhaomin', '几乎没有别的'],
  ['zhaomin-2026!', '几乎没有别的'],
  ['x'.repeat(129), '最多 128'],
])('%s will not', (password, why) => {
  const problem = passwordProblem(password, [...NAMES, '2026']);
  expect(problem).toContain(why);
});

test('the assessor’s policy asks for three classes, the usual one for none', () => {
  expect(passwordProblem('huaishuxiashuoshi', NAMES, 'standard')).toBeNull();
  expect(passwordProblem('huaishuxiashuoshi', NAMES, 'dengbao')).toContain('三种');
  expect(passwordProblem('Huaishuxia7shuoshi', NAMES, 'dengbao')).toBeNull();
});

test('64 characters and spaces are welcome', () => {
  expect(
    passwordProblem(`${'好记的话 '.repeat(3)}一二三四五六七八九十`.padEnd(64, '字符各异甲乙丙丁'), NAMES),
  ).toBeNull();
});

test.each([
  ['standard', 400, false],
  ['dengbao', 90, false],
  ['dengbao', 91, true],
] as const)('policy %s, %i days old: expired %s', (policy, days, expired) => {
  const now = new Date('2026-03-05T04:00:00Z');
  expect(isExpired(new Date(now.getTime() - days * 86_400_000), now, policy, 90)).toBe(expired);
});
