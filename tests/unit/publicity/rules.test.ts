import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OBJECTION_STATES, PUBLICITY_EVENTS, PUBLICITY_STATES } from '#db/schema/publicity.values.ts';
import { nationalCalendar } from '#domains/calendar/library.ts';
import { addLimit, lastDay, makeCalendar, workdaysBetween } from '#domains/calendar/rules.ts';
import {
  extendForOutage,
  isSearchable,
  nextPublicityState,
  OBJECTION_LIMIT,
  PUBLICITY_MOVES,
  publicityEnd,
  publicityProblems,
  type Standing,
} from '#domains/publicity/rules.ts';

const cal = makeCalendar([], nationalCalendar);
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const standing = (over: Partial<Standing>): Standing => ({
  state: 'running',
  endsAt: at('2026-08-25 00:00'),
  objections: [],
  reason: '有据',
  ...over,
});

describe('length', () => {
  test.each([
    ['2026-09-21 09:00', '2026-09-29'],
    ['2026-08-17 09:00', '2026-08-24'],
    ['2026-08-17 23:59', '2026-08-24'],
    ['2026-09-28 09:00', '2026-10-10'],
    ['2026-02-13 09:00', '2026-02-27'],
  ])('posted %s ends with %s', (posted, last) => expect(lastDay(publicityEnd(cal, at(posted)))).toBe(last));

  test('always at least seven days and five working days, the posting day not counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 10, 1) }), (ms) => {
        const posted = new Date(ms);
        const end = publicityEnd(cal, posted);
        expect(end.at.getTime() - posted.getTime()).toBeGreaterThan(7 * 86_400_000);
        expect(workdaysBetween(cal, posted, new Date(end.at.getTime() - 1))).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  test('an outage is added, each day begun', () => {
    const end = publicityEnd(cal, at('2026-08-17 09:00'));
    expect(lastDay(extendForOutage(cal, end, at('2026-08-18 09:00'), at('2026-08-18 12:00')))).toBe(
      '2026-08-25',
    );
    expect(lastDay(extendForOutage(cal, end, at('2026-08-18 09:00'), at('2026-08-20 10:00')))).toBe(
      '2026-08-27',
    );
    expect(extendForOutage(cal, end, at('2026-08-18 09:00'), at('2026-08-18 09:00'))).toBe(end);
  });

  test('an objection is answered within five working days', () => {
    expect(lastDay(addLimit(cal, at('2026-08-14 10:00'), OBJECTION_LIMIT))).toBe('2026-08-21');
  });
});

describe('moves', () => {
  test('only those of the table exist', () => {
    for (const state of PUBLICITY_STATES) {
      for (const event of PUBLICITY_EVENTS) {
        const now = event === 'object' ? at('2026-08-20 10:00') : at('2026-08-25 00:00');
        const attempt = () => nextPublicityState(event, standing({ state }), now);
        if (PUBLICITY_MOVES[event].from.includes(state)) expect(attempt()).toBe(PUBLICITY_MOVES[event].to);
        else expect(attempt).toThrow(/不能/);
      }
    }
  });

  test('nothing passes while the period runs', () => {
    expect(() => nextPublicityState('pass', standing({}), at('2026-08-24 23:59'))).toThrow('还没有结束');
    expect(nextPublicityState('pass', standing({}), at('2026-08-25 00:00'))).toBe('passed');
  });

  test('nothing passes with an open or upheld objection, ever', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...OBJECTION_STATES), { maxLength: 4 }),
        fc.boolean(),
        (objections, ended) => {
          const now = ended ? at('2026-08-25 00:00') : at('2026-08-20 00:00');
          const attempt = () => nextPublicityState('pass', standing({ objections }), now);
          if (ended && objections.every((o) => o === 'rejected')) expect(attempt()).toBe('passed');
          else expect(attempt).toThrow();
        },
      ),
    );
  });

  test('objections are taken until the end, and settled only when all are answered', () => {
    expect(nextPublicityState('object', standing({ state: 'objected' }), at('2026-08-24 23:59'))).toBe(
      'objected',
    );
    expect(() => nextPublicityState('object', standing({}), at('2026-08-25 00:00'))).toThrow('已经结束');
    expect(() =>
      nextPublicityState(
        'settle',
        standing({ state: 'objected', objections: ['checking'] }),
        at('2026-08-26 00:00'),
      ),
    ).toThrow('没有核查完');
    expect(
      nextPublicityState(
        'settle',
        standing({ state: 'objected', objections: ['rejected'] }),
        at('2026-08-26 00:00'),
      ),
    ).toBe('running');
  });

  test.each(['settle', 'fail', 'rerun', 'withdraw'] as const)('%s needs a reason', (event) =>
    expect(() =>
      nextPublicityState(event, standing({ state: 'objected', reason: ' ' }), at('2026-08-26 00:00')),
    ).toThrow('理由'),
  );
});

test('a notice must say how to object', () => {
  expect(publicityProblems({ text: '名单', phone: '12345678', address: '某路', mail: '' })).toEqual({});
  expect(Object.keys(publicityProblems({ text: ' ', phone: '', address: '', mail: '' }))).toEqual([
    'text',
    'phone',
    'address',
  ]);
});

test('names leave search 30 days after the end', () => {
  expect(isSearchable(at('2026-08-25 00:00'), at('2026-09-23 23:59'))).toBe(true);
  expect(isSearchable(at('2026-08-25 00:00'), at('2026-09-24 00:00'))).toBe(false);
});
