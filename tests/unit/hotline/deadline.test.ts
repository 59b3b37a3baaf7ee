import { expect, test } from 'vitest';
import { nationalCalendar } from '#domains/calendar/library.ts';
import { makeCalendar } from '#domains/calendar/rules.ts';
import { clockFace } from '#domains/hotline/deadline/rules.ts';

const cal = makeCalendar([], nationalCalendar);
const at = (wall: string) => new Date(`${wall.replace(' ', 'T')}:00+08:00`);

// Friday 20 November 2026; the next working day is Monday the 23rd.
test.each([
  ['due today', '2026-11-21 00:00', 'soon'],
  ['due on the next working day, over a week-end', '2026-11-24 00:00', 'soon'],
  ['due a working day later', '2026-11-25 00:00', 'running'],
  ['in hours, today', '2026-11-20 21:00', 'soon'],
  ['in hours, on the next working day', '2026-11-23 08:00', 'soon'],
  ['past', '2026-11-20 08:00', 'overdue'],
])('on a Friday morning what is %s is %s → %s', (_what, due, state) => {
  const dueAt = at(due);
  const c = { state: 'handling', dueAt, dueProvisional: false, wasOverdue: null } as const;
  expect(clockFace(cal, c, at('2026-11-20 09:00'))?.state).toBe(state);
});
