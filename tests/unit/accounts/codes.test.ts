import { expect, test } from 'vitest';
import { codeWait, codeWindows, waitWords } from '#domains/accounts/codes/rules.ts';

const CAPS = { minute: 1, hour: 5, day: 10 };
const NOW = new Date('2026-03-05T04:00:00Z');
const ago = (...seconds: number[]) => seconds.map((s) => new Date(NOW.getTime() - s * 1000));

test.each([
  ['nothing sent', ago(), 0],
  ['one a minute ago', ago(60), 0],
  ['one 20 seconds ago', ago(20), 40],
  ['five within the hour', ago(3000, 2400, 1800, 1200, 600), 600],
  [
    'ten within the day',
    ago(80_000, 70_000, 60_000, 50_000, 40_000, 30_000, 20_000, 10_000, 8_000, 5_000),
    6400,
  ],
])('%s: wait %#', (_name, times, wait) => {
  expect(codeWait(times, NOW, CAPS)).toBe(wait);
});

test('a cap over the carriers’ own 40 a day counts as 40', () => {
  expect(codeWindows({ minute: 1, hour: 50, day: 100 }).at(-1)?.cap).toBe(40);
});

test.each([
  [40, '40 秒'],
  [600, '10 分钟'],
  [6400, '2 小时'],
])('a wait of %i seconds reads %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});
