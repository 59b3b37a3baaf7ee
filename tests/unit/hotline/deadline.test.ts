import { describe, expect, test } from 'vitest';
import type { State } from '#db/schema/hotline.values.ts';
import { nationalCalendar } from '#domains/calendar/library.ts';
import { announcedYears, makeCalendar } from '#domains/calendar/rules.ts';
import { timelineOf } from '#domains/hotline/cases/timeline.ts';
import { clockFace } from '#domains/hotline/deadline/rules.ts';
import { choicesOf } from '#domains/hotline/tracking/rules.ts';
import { afterPauses, pausesOf } from '#domains/hotline/triage/rules.ts';

const cal = makeCalendar([], nationalCalendar);
const at = (wall: string): Date => new Date(`${wall.replace(' ', 'T')}:00+08:00`);
const wd = { n: 5, unit: 'workday' } as const;
const row = (change: object = {}) => ({
  state: 'handling' as State,
  dueAt: at('2026-03-12 00:00'),
  dueProvisional: false,
  limit: wd,
  wasOverdue: null,
  ...change,
});

describe('the clock on a case', () => {
  test.each([
    ['2026-03-04 09:00', 'running', 5, 'workday'],
    ['2026-03-09 23:59', 'running', 2, 'workday'],
    ['2026-03-10 00:00', 'soon', 1, 'workday'],
    ['2026-03-11 12:00', 'soon', 0, 'workday'],
    ['2026-03-12 00:00', 'overdue', 1, 'workday'],
    ['2026-03-13 09:00', 'overdue', 2, 'workday'],
  ] as const)('a limit of five working days at %s: %s, %i left or past', (now, state, count, unit) => {
    expect(clockFace(cal, row(), at(now))).toMatchObject({ state, count, unit });
  });

  test.each([
    ['2026-03-04 10:00', 'running', 3, 'hour'],
    ['2026-03-04 12:30', 'soon', 30, 'minute'],
    ['2026-03-04 15:00', 'overdue', 2, 'hour'],
  ] as const)('a limit of four hours at %s: %s, %i %s', (now, state, count, unit) => {
    const limit = { n: 4, unit: 'hour' } as const;
    expect(clockFace(cal, row({ dueAt: at('2026-03-04 13:00'), limit }), at(now))).toMatchObject({
      state,
      count,
      unit,
    });
  });

  test('stands still while something is asked for, and says how it ended', () => {
    const now = at('2026-04-01 09:00');
    expect(clockFace(cal, row({ state: 'needs_info' }), now)?.state).toBe('paused');
    expect(clockFace(cal, row({ state: 'follow_up', wasOverdue: false }), now)?.state).toBe('met');
    expect(clockFace(cal, row({ state: 'closed', wasOverdue: true }), now)?.state).toBe('missed');
    expect(clockFace(cal, row({ state: 'closed' }), now)).toBeNull();
    expect(clockFace(cal, row({ state: 'refused' }), now)).toBeNull();
    expect(clockFace(cal, row({ dueAt: null }), now)).toBeNull();
  });
});

describe('pauses', () => {
  const log = [
    { event: 'file', at: at('2026-03-04 09:00') },
    { event: 'askInfo', at: at('2026-03-04 10:00') },
    { event: 'supply', at: at('2026-03-05 10:00') },
    { event: 'askInfo', at: at('2026-03-06 10:00') },
  ] as const;

  test('are read from the log; one that still runs is none yet', () => {
    expect(pausesOf(log)).toEqual([{ from: at('2026-03-04 10:00'), to: at('2026-03-05 10:00') }]);
  });

  test('move the due date one after another', () => {
    const due = { at: at('2026-03-12 00:00'), provisional: false };
    const twice = [...pausesOf(log), { from: at('2026-03-06 10:00'), to: at('2026-03-09 10:00') }];
    expect(afterPauses(cal, wd, due, twice).at).toEqual(at('2026-03-14 00:00'));
    expect(afterPauses(cal, wd, due, [])).toEqual(due);
  });
});

describe('the way of a case in residents’ words', () => {
  const step = (event: 'file' | 'answer' | 'comment' | 'card', text = '', ownText = '') => ({
    event,
    at: at('2026-03-04 09:00'),
    unit: '城市管理局',
    publicText: text,
    ownText,
  });

  test('leaves out what staff note among themselves, and what a unit proposes before it is approved', () => {
    const hops = timelineOf(
      [step('file'), step('answer', '答复草稿'), step('comment'), step('card')],
      'answered',
    );
    expect(hops.map((hop) => [hop.event, hop.text, hop.state])).toEqual([
      ['file', undefined, 'done'],
      ['answer', undefined, 'now'],
    ]);
  });

  test('keeps what its reader wrote himself', () => {
    expect(timelineOf([step('comment', '', '补充一句')], 'handling')[0]?.text).toBe('补充一句');
  });
});

describe('what a filer may do', () => {
  const may = (state: State, change: object = {}, now = '2026-03-05 09:00') =>
    choicesOf(
      cal,
      { state, dueAt: at('2026-03-12 00:00'), withdrawn: false, remindedAt: null, ...change },
      at(now),
    );

  test.each([
    ['filed', true, true, false],
    ['needs_info', true, true, false],
    ['handling', true, true, false],
    ['answered', true, false, false],
    ['follow_up', true, false, true],
    ['redo', true, false, false],
    ['closed', false, false, false],
    ['refused', false, false, false],
  ] as const)('in %s: add %s, withdraw %s, judge %s', (state, add, withdraw, judge) => {
    expect(may(state)).toMatchObject({ add, withdraw, judge, remind: false });
  });

  test('press for an answer after the due day, but not while asked himself, nor twice a day', () => {
    expect(may('handling', {}, '2026-03-12 00:00').remind).toBe(true);
    expect(may('needs_info', {}, '2026-03-12 00:00').remind).toBe(false);
    expect(may('handling', { remindedAt: at('2026-03-12 08:00') }, '2026-03-12 18:00').remind).toBe(false);
  });

  test('nothing once it is withdrawn', () => {
    expect(may('handling', { withdrawn: true })).toEqual({
      add: false,
      withdraw: false,
      remind: false,
      judge: false,
    });
  });
});

test('a year is announced by its spring and autumn rests together', () => {
  const off = (date: string) => ({ date, kind: 'off' as const });
  expect(announcedYears([off('2027-02-08'), off('2027-10-01'), off('2028-01-01')])).toEqual([2027]);
  expect(announcedYears([{ date: '2027-01-01', kind: 'work' }, off('2027-10-01')])).toEqual([]);
});
