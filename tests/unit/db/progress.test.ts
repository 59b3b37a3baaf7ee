import { expect, test } from 'vitest';
import { progressOn } from '#db/progress.ts';

const shown = (isTTY: boolean, steps: readonly number[], total: number): string => {
  let text = '';
  const show = progressOn({ isTTY, write: (part) => (text += part) }, '已处理');
  for (const done of steps) show(done, total);
  return text;
};

test('a terminal has one line that is written over', () => {
  expect(shown(true, [200, 1200, 2414], 2414)).toBe(
    '\r已处理 200 / 2,414\r已处理 1,200 / 2,414\r已处理 2,414 / 2,414\n',
  );
});

test('elsewhere each tenth has a line, and the end', () => {
  expect(shown(false, [1, 2, 10, 11, 55, 100], 100).trimEnd().split('\n')).toEqual([
    '已处理 10 / 100',
    '已处理 55 / 100',
    '已处理 100 / 100',
  ]);
  expect(shown(false, [0], 0)).toBe('已处理 0 / 0\n');
});
