import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CASE_FLAGS, CATEGORIES, KINDS, URGENCIES } from '#db/schema/hotline.values.ts';
import { nationalCalendar } from '#domains/calendar/library.ts';
import type { Limit } from '#domains/calendar/rules.ts';
import { lastDay, makeCalendar, movePaused } from '#domains/calendar/rules.ts';
import { CATEGORY_INFO, FLAG_LABEL } from '#domains/hotline/categories.ts';
import type { Facts, LimitTable } from '#domains/hotline/clocks.ts';
import {
  assertMayAskExtension,
  DEFAULT_LIMITS,
  dispatchDue,
  dueFor,
  extensionApprover,
  halfway,
  limitFor,
  limitsOn,
  mayRemind,
  mayReopen,
  redoLimit,
  stays,
  stepDue,
  wasOverdue,
} from '#domains/hotline/clocks.ts';

const cal = makeCalendar([], nationalCalendar);
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const facts = (over: Partial<Facts>): Facts => ({
  category: 'OTHER',
  kind: 'complaint',
  urgency: 'ordinary',
  ...over,
});
const h = (n: number): Limit => ({ n, unit: 'hour' });
const wd = (n: number): Limit => ({ n, unit: 'workday' });

describe('time to resolve', () => {
  test.each([
    ['STALL', wd(1)],
    ['PARKING', wd(1)],
    ['POSTER', wd(2)],
    ['PILE', wd(1)],
    ['DRYING', wd(1)],
    ['LITTER', wd(1)],
    ['BUILD', wd(20)],
    ['MANHOLE', wd(1)],
    ['FACILITY', wd(5)],
    ['DRAIN', h(24)],
    ['GREEN', wd(5)],
    ['SIGN', wd(5)],
    ['POULTRY', wd(3)],
    ['TOILET', wd(1)],
    ['ENV', wd(5)],
    ['PROPERTY', wd(5)],
    ['SERVICE', wd(5)],
    ['OTHER', wd(5)],
    ['RIGHTS', h(2)],
  ] as const)('a complaint of %s: %j', (category, limit) =>
    expect(limitFor(facts({ category }))).toEqual(limit),
  );

  test.each([
    ['consult', wd(1)],
    ['suggestion', wd(1)],
    ['help', wd(5)],
    ['complaint', wd(5)],
    ['tipoff', wd(5)],
  ] as const)('without a category of its own, %s: %j', (kind, limit) => {
    expect(limitFor(facts({ kind }))).toEqual(limit);
    expect(limitFor(facts({ kind, category: 'POULTRY' }))).toEqual(wd(3));
  });

  test.each([
    ['STALL', ['blocking'], h(4)],
    ['PARKING', ['fireLane'], h(4)],
    ['PILE', ['fireLane'], h(4)],
    ['PILE', ['rubble'], wd(2)],
    ['PILE', ['rubble', 'fireLane'], h(4)],
    ['LITTER', ['road'], h(4)],
    ['GREEN', ['danger'], h(4)],
    ['POSTER', ['danger'], wd(2)],
    ['ENV', ['supervised'], wd(3)],
    ['STALL', ['supervised'], wd(1)],
  ] as const)('%s with %j: %j', (category, flags, limit) =>
    expect(limitFor(facts({ category, flags }))).toEqual(limit),
  );

  test.each([
    ['BUILD', 'emergency', h(2)],
    ['FACILITY', 'utilities', h(24)],
    ['RIGHTS', 'utilities', h(2)],
    ['ENV', 'complex', wd(15)],
    ['BUILD', 'complex', wd(20)],
    ['OTHER', 'complex', wd(15)],
  ] as const)('%s, %s: %j', (category, urgency, limit) =>
    expect(limitFor(facts({ category, urgency }))).toEqual(limit),
  );

  test('danger never lengthens a limit and complexity never shortens it', () => {
    const hours = (limit: Limit): number => limit.n * (limit.unit === 'hour' ? 1 : 24);
    fc.assert(
      fc.property(
        fc.constantFrom(...CATEGORIES),
        fc.constantFrom(...KINDS),
        fc.constantFrom(...URGENCIES),
        fc.subarray([...CASE_FLAGS]),
        (category, kind, urgency, flags) => {
          const plain = hours(limitFor({ category, kind, urgency: 'ordinary', flags }));
          const real = hours(limitFor({ category, kind, urgency, flags }));
          if (urgency === 'complex') expect(real).toBeGreaterThanOrEqual(Math.min(plain, 15 * 24));
          else expect(real).toBeLessThanOrEqual(plain);
          expect(real).toBeGreaterThan(0);
        },
      ),
    );
  });

  test('the clock starts at filing', () => {
    const { limit, due } = dueFor(cal, at('2026-08-14 17:00'), facts({}));
    expect([limit, lastDay(due)]).toEqual([wd(5), '2026-08-21']);
  });

  test('a case keeps the table of its own day', () => {
    const stricter: LimitTable = {
      ...DEFAULT_LIMITS,
      validFrom: '2026-07-01',
      validTo: '2026-12-31',
      kind: { ...DEFAULT_LIMITS.kind, complaint: wd(3) },
    };
    expect(limitFor(facts({}), limitsOn('2026-06-30', [stricter]))).toEqual(wd(5));
    expect(limitFor(facts({}), limitsOn('2026-07-01', [stricter]))).toEqual(wd(3));
    expect(limitFor(facts({}), limitsOn('2026-12-31', [stricter]))).toEqual(wd(3));
    expect(limitFor(facts({}), limitsOn('2027-01-01', [stricter]))).toEqual(wd(5));
    expect(limitsOn('2026-08-01')).toBe(DEFAULT_LIMITS);
  });
});

describe('clocks of steps', () => {
  test.each([
    ['emergency', '2026-08-15 11:00'],
    ['utilities', '2026-08-15 12:00'],
    ['ordinary', '2026-08-16 10:00'],
    ['complex', '2026-08-16 10:00'],
  ] as const)('%s on a Saturday at 10:00 is dispatched by %s', (urgency, end) =>
    expect(dispatchDue(cal, at('2026-08-15 10:00'), urgency).at).toEqual(at(end)),
  );

  test.each([
    ['accept', '2026-08-17'],
    ['sign', '2026-08-17'],
    ['return', '2026-08-17'],
    ['response', '2026-08-17'],
    ['followUp', '2026-08-17'],
    ['info', '2026-08-21'],
    ['giveUp', '2026-08-28'],
    ['lapse', '2026-08-21'],
    ['extension', '2026-08-25'],
    ['ratingCall', '2026-08-21'],
    ['ratingMend', '2026-09-04'],
  ] as const)('%s that began on Friday 2026-08-14 ends %s', (step, last) =>
    expect(lastDay(stepDue(cal, at('2026-08-14 10:00'), step))).toBe(last),
  );

  test('the first reminder comes at half the time', () => {
    const from = at('2026-08-14 10:00');
    expect(halfway(from, { at: at('2026-08-14 14:00'), provisional: false })).toEqual(at('2026-08-14 12:00'));
  });

  test.each([
    [wd(5), wd(3)],
    [wd(1), wd(1)],
    [wd(2), wd(1)],
    [wd(3), wd(2)],
    [wd(15), wd(8)],
    [wd(20), wd(10)],
    [h(4), wd(1)],
    [h(24), wd(1)],
  ])('a redo of a limit of %j has %j', (first, second) => expect(redoLimit(first)).toEqual(second));

  test('in time means before the end, not at it', () => {
    const due = { at: at('2026-08-22 00:00') };
    expect(wasOverdue(due, new Date(due.at.getTime() - 1))).toBe(false);
    expect(wasOverdue(due, due.at)).toBe(true);
  });

  test('a question to the filer pauses the clock by the working days that begin meanwhile', () => {
    const { limit, due } = dueFor(cal, at('2026-08-14 10:00'), facts({}));
    expect(lastDay(movePaused(cal, limit, due, at('2026-08-17 10:00'), at('2026-08-19 09:00')))).toBe(
      '2026-08-25',
    );
  });
});

describe('extension, reminder, reopening', () => {
  const due = { at: at('2026-08-22 00:00') };

  test('the first is the centre’s, the second the superior’s, a third nobody’s', () => {
    expect([0, 1, 2].map(extensionApprover)).toEqual(['dispatcher', 'district', null]);
  });

  test('more time is asked for before the due date and twice at most', () => {
    expect(() => assertMayAskExtension(due, 0, at('2026-08-21 23:59'))).not.toThrow();
    expect(() => assertMayAskExtension(due, 1, at('2026-08-21 23:59'))).not.toThrow();
    expect(() => assertMayAskExtension(due, 2, at('2026-08-21 23:59'))).toThrow(/两次/);
    expect(() => assertMayAskExtension(due, 0, at('2026-08-22 00:00'))).toThrow(/时限/);
  });

  test.each([
    [null, '2026-08-21 23:59', false],
    [null, '2026-08-22 00:00', true],
    ['2026-08-22 09:00', '2026-08-23 10:00', false],
    ['2026-08-22 09:00', '2026-08-24 00:00', true],
    ['2026-08-24 09:00', '2026-08-24 18:00', false],
    ['2026-08-24 09:00', '2026-08-25 00:01', true],
  ])('pressed last at %s, may press again at %s: %s', (last, now, may) =>
    expect(mayRemind(cal, due, last === null ? null : at(last), at(now))).toBe(may),
  );

  test('30 days to reopen, the last instant included', () => {
    const closed = at('2026-08-01 10:00');
    expect(mayReopen(closed, at('2026-08-31 10:00'))).toBe(true);
    expect(mayReopen(closed, new Date(at('2026-08-31 10:00').getTime() + 1))).toBe(false);
    expect(mayReopen(closed, at('2026-08-09 10:00'), 7)).toBe(false);
  });
});

test('hops of a case: one for each change of state, the last one open', () => {
  expect(
    stays([
      { to: 'filed', at: at('2026-08-14 10:00') },
      { to: 'filed', at: at('2026-08-14 11:00') },
      { to: 'accepted', at: at('2026-08-14 12:00') },
      { to: 'dispatched', at: at('2026-08-14 13:00') },
    ]),
  ).toEqual([
    { state: 'filed', from: at('2026-08-14 10:00'), to: at('2026-08-14 12:00') },
    { state: 'accepted', from: at('2026-08-14 12:00'), to: at('2026-08-14 13:00') },
    { state: 'dispatched', from: at('2026-08-14 13:00'), to: null },
  ]);
  expect(stays([])).toEqual([]);
});

test('every category and circumstance has its words', () => {
  for (const category of CATEGORIES) {
    const { label, hint, opens, closes } = CATEGORY_INFO[category];
    expect(Math.min(label.length, hint.length, opens.length, closes.length)).toBeGreaterThan(0);
  }
  expect(CATEGORIES.filter((category) => CATEGORY_INFO[category].publicPlace)).toEqual([
    'MANHOLE',
    'FACILITY',
    'DRAIN',
    'GREEN',
  ]);
  for (const flag of CASE_FLAGS) expect(FLAG_LABEL[flag]).toBeTruthy();
});
