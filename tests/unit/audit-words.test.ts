import { expect, test } from 'vitest';
import { actionWords, detailWords, entityWords } from '../../src/pages/staff/audit/_words.ts';

test.each([
  ['hotline.accept', '诉求：受理'],
  ['hotline.give-up', '诉求：逾期未补充'],
  ['news.correct', '稿件：发布更正'],
  ['something.new', 'something.new'],
])('the log says %s as %s', (action, words) => {
  expect(actionWords(action)).toBe(words);
});

test('an entity without words is named as it is', () => {
  expect([entityWords('case'), entityWords('else')]).toEqual(['工单', 'else']);
});

test('a note says states, categories and dates as people do', () => {
  const dueAt = Date.parse('2026-03-09T16:00:00Z');
  const note = {
    from: { state: 'filed' },
    to: { state: 'accepted', dueAt },
    fields: ['publicText'],
    reason: 'accept',
  };
  expect(detailWords('case', JSON.stringify(note))).toBe(
    '原：状态 待受理；现：状态 待派单，期限 2026-03-09 24:00；改了公开说明；事由：受理',
  );
  expect(detailWords('setting', JSON.stringify({ to: { validFrom: '2026-11-21T21:40:32.811Z' } }))).toBe(
    '现：生效 2026-11-22 05:40',
  );
});
