import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beijingDay, addDays as shiftDay, startOfBeijingDay } from '#core/clock.ts';
import { nationalCalendar } from '#domains/calendar/library.ts';
import type { Due, Limit } from '#domains/calendar/rules.ts';
import {
  addDays,
  addHours,
  addLimit,
  addMonths,
  addWorkdays,
  cardTimes,
  describeDay,
  describeDue,
  extendDue,
  lastDay,
  laterDue,
  makeCalendar,
  movePaused,
  workdaysBetween,
} from '#domains/calendar/rules.ts';

const cal = makeCalendar([], nationalCalendar);
const at = (text: string): Date =>
  new Date(`${text.replace(' ', 'T')}${text.length > 10 ? ':00' : 'T09:00:00'}+08:00`);
const wd = (n: number): Limit => ({ n, unit: 'workday' });
const due = (text: string): Due => ({ at: at(text), provisional: false });

const eachDay = (year: number): string[] => {
  const days: string[] = [];
  for (let day = `${year}-01-01`; day < `${year + 1}`; day = shiftDay(day, 1)) days.push(day);
  return days;
};
const weekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

describe('the national notices', () => {
  test.each([
    [
      2025,
      '01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08',
      '01-26 02-08 04-27 09-28 10-11',
    ],
    [
      2026,
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07',
      '01-04 02-14 02-28 05-09 09-20 10-10',
    ],
  ])('%i: weekdays off and weekend days worked', (year, off, worked) => {
    const short = (days: string[]): string => days.map((day) => day.slice(5)).join(' ');
    expect(short(eachDay(year).filter((day) => !weekend(day) && !cal.isWorkday(day)))).toBe(off);
    expect(short(eachDay(year).filter((day) => weekend(day) && cal.isWorkday(day)))).toBe(worked);
  });

  test('every year called known has holidays of its own; the next one has none and is not known', () => {
    for (let year = 2004; year <= 2026; year++) {
      expect(nationalCalendar.isKnown(year)).toBe(true);
      expect(eachDay(year).filter((day) => !weekend(day) && !cal.isWorkday(day)).length).toBeGreaterThan(6);
    }
    expect(cal.isKnown(2027)).toBe(false);
    expect(cal.isWorkday('2027-01-01')).toBe(true);
    expect(cal.isKnown(2003)).toBe(false);
  });

  test.each(['America/Sao_Paulo', 'Pacific/Auckland', 'UTC'])('the server may stand in %s', (zone) => {
    const before = process.env.TZ;
    process.env.TZ = zone;
    try {
      expect(cal.isWorkday('2026-02-14')).toBe(true);
      expect(cal.isWorkday('2026-02-16')).toBe(false);
      expect(cal.isWorkday('2026-01-01')).toBe(false);
      expect(cal.isWorkday('2026-12-31')).toBe(true);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('working days', () => {
  test.each([
    ['2026-08-14', 5, '2026-08-21'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-11', 5, '2026-02-25'],
    ['2026-09-09', 15, '2026-09-30'],
    ['2026-04-29', 5, '2026-05-09'],
    ['2026-02-18', 10, '2026-03-06'],
    ['2026-09-21', 5, '2026-09-29'],
    ['2026-10-03 23:59', 1, '2026-10-08'],
    ['2026-08-15', 1, '2026-08-17'],
    ['2026-08-14 23:59', 1, '2026-08-17'],
    ['2026-08-15 00:00', 1, '2026-08-17'],
    ['2025-01-24', 1, '2025-01-26'],
    ['2025-01-24', 3, '2025-02-05'],
    ['2026-08-14', 0, '2026-08-14'],
  ])('filed %s, %i working days: due %s', (filed, n, last) => {
    const end = addWorkdays(cal, at(filed), n);
    expect(lastDay(end)).toBe(last);
    expect(end.at).toEqual(startOfBeijingDay(shiftDay(last, 1)));
    expect(end.provisional).toBe(false);
  });

  test('the Beijing day counts, whatever the zone of the instant', () => {
    expect(lastDay(addWorkdays(cal, new Date('2026-08-13T16:00:00Z'), 1))).toBe('2026-08-17');
    expect(lastDay(addWorkdays(cal, new Date('2026-08-13T15:59:59Z'), 1))).toBe('2026-08-14');
  });

  test.each([
    ['2026-12-28', 3, '2026-12-31', false],
    ['2026-12-28', 4, '2027-01-01', true],
    ['2026-12-31', 1, '2027-01-01', true],
    ['2027-03-05', 5, '2027-03-12', true],
  ])('filed %s, %i working days: %s, provisional %s', (filed, n, last, provisional) => {
    const end = addWorkdays(cal, at(filed), n);
    expect([lastDay(end), end.provisional]).toEqual([last, provisional]);
  });

  test('a year whose notice was entered is no longer provisional', () => {
    const entered = makeCalendar(
      [{ date: '2027-01-01', kind: 'off', name: '元旦' }],
      nationalCalendar,
      [2027],
    );
    const end = addWorkdays(entered, at('2026-12-28'), 4);
    expect([lastDay(end), end.provisional]).toEqual(['2027-01-04', false]);
  });

  test('one entry in an unknown year is obeyed, but the year stays provisional', () => {
    const half = makeCalendar([{ date: '2027-01-01', kind: 'off', name: '元旦' }], nationalCalendar);
    const end = addWorkdays(half, at('2026-12-28'), 4);
    expect([lastDay(end), end.provisional]).toEqual(['2027-01-04', true]);
  });

  test('staff entries win over the library, both ways', () => {
    const changed = makeCalendar(
      [
        { date: '2026-08-17', kind: 'off', name: '台风停工' },
        { date: '2026-08-22', kind: 'work', name: '补班' },
        { date: '2026-02-14', kind: 'off', name: '改期' },
      ],
      nationalCalendar,
    );
    expect(lastDay(addWorkdays(changed, at('2026-08-14'), 1))).toBe('2026-08-18');
    expect(lastDay(addWorkdays(changed, at('2026-08-21'), 1))).toBe('2026-08-22');
    expect(lastDay(addWorkdays(changed, at('2026-02-13'), 1))).toBe('2026-02-24');
  });

  test('a calendar without working days is refused, not waited for', () => {
    const never = { isKnown: () => true, isWorkday: () => false };
    expect(() => addWorkdays(never, at('2026-08-14'), 1)).toThrow(RangeError);
  });

  test.each([
    ['2026-08-14', '2026-08-14', 0],
    ['2026-08-14', '2026-08-17', 1],
    ['2026-08-15', '2026-08-16', 0],
    ['2026-02-11', '2026-02-25', 5],
    ['2026-02-25', '2026-02-11', -5],
  ])('between %s and %s lie %i', (from, to, n) => expect(workdaysBetween(cal, at(from), at(to))).toBe(n));
});

describe('other clocks', () => {
  test('hours run round the clock and through holidays', () => {
    expect(addHours(at('2026-10-01 22:30'), 4)).toEqual(due('2026-10-02 02:30'));
    expect(addLimit(cal, at('2026-02-15 10:00'), { n: 24, unit: 'hour' })).toEqual(due('2026-02-16 10:00'));
  });

  test.each([
    ['2026-08-05', 60, '2026-10-08'],
    ['2026-08-05', 15, '2026-08-20'],
    ['2026-08-07', 1, '2026-08-10'],
    ['2026-09-21', 7, '2026-09-28'],
  ])('%s, %i calendar days: ends %s', (from, n, last) =>
    expect(lastDay(addDays(cal, at(from), n))).toBe(last),
  );

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-07-15', 1, '2026-08-17'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-11-30', 3, '2027-03-01'],
    ['2024-11-30', 3, '2025-02-28'],
  ])('%s, %i months: ends %s', (from, n, last) => expect(lastDay(addMonths(cal, at(from), n))).toBe(last));

  test('an end in an unknown year is provisional', () => {
    expect(addMonths(cal, at('2026-11-30'), 3).provisional).toBe(true);
    expect(addDays(cal, at('2026-12-20'), 11).provisional).toBe(false);
    expect(addDays(cal, at('2026-12-20'), 12).provisional).toBe(true);
  });

  test('a notice of 7 days and at least 5 working days takes the later end', () => {
    const posted = at('2026-09-21');
    expect(lastDay(laterDue(addDays(cal, posted, 7), addWorkdays(cal, posted, 5)))).toBe('2026-09-29');
  });
});

describe('extension, pause, cards', () => {
  test.each([
    ['2026-04-28 00:00', 7, '2026-05-09'],
    ['2026-04-27 14:30', 7, '2026-05-09'],
    ['2026-08-22 00:00', 7, '2026-09-01'],
  ])('due %s, +%i working days from the old due day: %s', (old, n, last) =>
    expect(lastDay(extendDue(cal, due(old), wd(n)))).toBe(last),
  );

  test('an extension of a provisional date stays provisional', () => {
    expect(extendDue(cal, { at: at('2026-08-22 00:00'), provisional: true }, wd(1)).provisional).toBe(true);
    expect(extendDue(cal, due('2026-12-31 00:00'), wd(2)).provisional).toBe(true);
  });

  test.each([
    [
      'Monday morning to Wednesday morning: Tuesday and Wednesday are lost',
      '2026-08-17 10:00',
      '2026-08-19 10:00',
      '2026-08-25',
    ],
    ['within one day: nothing is lost', '2026-08-17 10:00', '2026-08-17 18:00', '2026-08-21'],
    ['over a weekend: nothing is lost', '2026-08-14 18:00', '2026-08-16 23:00', '2026-08-21'],
    ['from midnight: that whole day is lost', '2026-08-17 00:00', '2026-08-17 09:00', '2026-08-24'],
    ['until midnight: the day that begins is not', '2026-08-17 10:00', '2026-08-18 00:00', '2026-08-21'],
  ])('a pause %s', (_name, from, to, last) =>
    expect(lastDay(movePaused(cal, wd(5), due('2026-08-22 00:00'), at(from), at(to)))).toBe(last),
  );

  test('clocks in hours and calendar days move by what was paused', () => {
    expect(
      movePaused(
        cal,
        { n: 4, unit: 'hour' },
        due('2026-08-17 14:00'),
        at('2026-08-17 11:00'),
        at('2026-08-17 12:30'),
      ),
    ).toEqual(due('2026-08-17 15:30'));
    expect(
      lastDay(
        movePaused(
          cal,
          { n: 60, unit: 'day' },
          due('2026-08-22 00:00'),
          at('2026-08-12 11:00'),
          at('2026-08-15 11:00'),
        ),
      ),
    ).toBe('2026-08-24');
  });

  test.each([
    [wd(5), '2026-08-22 00:00', '2026-08-20 00:00', '2026-08-22 00:00'],
    [wd(1), '2026-08-18 00:00', '2026-08-17 00:00', '2026-08-18 00:00'],
    [wd(0), '2026-08-18 00:00', '2026-08-17 00:00', '2026-08-18 00:00'],
    [wd(2), '2026-02-25 00:00', '2026-02-14 00:00', '2026-02-25 00:00'],
    [{ n: 60, unit: 'day' }, '2026-10-09 00:00', '2026-09-30 00:00', '2026-10-09 00:00'],
    [{ n: 1, unit: 'month' }, '2026-08-18 00:00', '2026-08-14 00:00', '2026-08-18 00:00'],
    [{ n: 4, unit: 'hour' }, '2026-08-17 14:00', '2026-08-17 13:00', '2026-08-17 14:00'],
    [{ n: 24, unit: 'hour' }, '2026-08-17 14:00', '2026-08-17 08:00', '2026-08-17 14:00'],
  ] satisfies [Limit, string, string, string][])(
    'limit %j, due %s: yellow %s, red %s',
    (limit, end, yellow, red) =>
      expect(cardTimes(cal, limit, due(end))).toEqual({ yellow: at(yellow), red: at(red) }),
  );
});

describe('words', () => {
  const friday = due('2026-11-28 00:00');
  test.each([
    ['2026-11-25 09:00', '11月27日（周五）前', '还剩 2 个工作日', false],
    ['2026-11-27 23:59', '11月27日（周五）前', '今天到期', false],
    ['2026-11-28 00:00', '11月27日（周五）前', '已超期', true],
    ['2026-11-29 12:00', '11月27日（周五）前', '已超期', true],
    ['2026-11-30 08:00', '11月27日（周五）前', '已超期 1 个工作日', true],
    ['2027-01-04 08:00', '2026年11月27日（周五）前', '已超期 26 个工作日', true],
  ])('seen at %s', (now, by, left, overdue) =>
    expect(describeDue(cal, friday, at(now))).toEqual({ by, left, overdue, provisional: '' }),
  );

  test.each([
    ['2026-08-17 11:10', '还剩 2 小时', false],
    ['2026-08-17 13:35', '还剩 25 分钟', false],
    ['2026-08-17 14:00', '刚刚超期', true],
    ['2026-08-17 14:25', '已超期 25 分钟', true],
    ['2026-08-18 13:00', '已超期 23 小时', true],
    ['2026-08-19 14:00', '已超期 2 个工作日', true],
  ])('a clock in hours seen at %s', (now, left, overdue) =>
    expect(describeDue(cal, due('2026-08-17 14:00'), at(now))).toEqual({
      by: '8月17日（周一）14:00前',
      left,
      overdue,
      provisional: '',
    }),
  );

  test('a provisional date says so, and another year is named', () => {
    expect(describeDue(cal, addWorkdays(cal, at('2026-12-28'), 5), at('2026-12-28'))).toEqual({
      by: '2027年1月4日（周一）前',
      left: '还剩 5 个工作日',
      overdue: false,
      provisional: '暂定',
    });
    expect(describeDay('2026-03-08', at('2026-01-01'))).toBe('3月8日（周日）');
  });

  test('a due day that was made a rest day afterwards is still told sensibly', () => {
    expect(describeDue(cal, due('2026-08-17 00:00'), at('2026-08-15 09:00')).left).toBe('即将到期');
  });
});

describe('properties', () => {
  const instant = fc
    .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 9, 1) })
    .map((ms) => new Date(ms));
  const count = fc.integer({ min: 1, max: 40 });

  test('the due day is a working day, exactly n after the day of filing, and ends at midnight in Beijing', () => {
    fc.assert(
      fc.property(instant, count, (start, n) => {
        const end = addWorkdays(cal, start, n);
        expect(cal.isWorkday(lastDay(end))).toBe(true);
        expect(workdaysBetween(cal, start, startOfBeijingDay(lastDay(end)))).toBe(n);
        expect((end.at.getTime() + 8 * 3_600_000) % 86_400_000).toBe(0);
        expect(end.at.getTime()).toBeGreaterThan(start.getTime());
      }),
    );
  });

  test('later filing never falls due earlier, a longer limit never either', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 30 * 86_400_000 }),
        count,
        count,
        (start, wait, n, more) => {
          const later = new Date(start.getTime() + wait);
          expect(addWorkdays(cal, later, n).at.getTime()).toBeGreaterThanOrEqual(
            addWorkdays(cal, start, n).at.getTime(),
          );
          expect(addWorkdays(cal, start, n + more).at.getTime()).toBeGreaterThan(
            addWorkdays(cal, start, n).at.getTime(),
          );
        },
      ),
    );
  });

  test('an extension equals counting on: n, then m, is n + m', () => {
    fc.assert(
      fc.property(instant, count, count, (start, n, m) => {
        expect(extendDue(cal, addWorkdays(cal, start, n), wd(m)).at).toEqual(
          addWorkdays(cal, start, n + m).at,
        );
      }),
    );
  });

  test('calendar-day and month clocks never end on a rest day, nor before their own date', () => {
    fc.assert(
      fc.property(instant, count, (start, n) => {
        for (const end of [addDays(cal, start, n), addMonths(cal, start, (n % 12) + 1)]) {
          expect(cal.isWorkday(lastDay(end))).toBe(true);
        }
        expect(lastDay(addDays(cal, start, n)) >= shiftDay(beijingDay(start), n)).toBe(true);
      }),
    );
  });

  test('cards come in order: yellow before red, red when the time is up', () => {
    fc.assert(
      fc.property(instant, count, fc.constantFrom('hour', 'workday', 'day', 'month'), (start, n, unit) => {
        const limit: Limit = { n, unit };
        const end = addLimit(cal, start, limit);
        const cards = cardTimes(cal, limit, end);
        expect(cards.red).toEqual(end.at);
        expect(cards.yellow.getTime()).toBeLessThan(cards.red.getTime());
      }),
    );
  });

  test('a pause never shortens a limit, and one pause moves as much as its halves', () => {
    const pause = fc.integer({ min: 0, max: 20 * 86_400_000 });
    fc.assert(
      fc.property(
        instant,
        count,
        pause,
        pause,
        fc.constantFrom('hour', 'workday'),
        (start, n, one, two, unit) => {
          const limit: Limit = { n, unit };
          const end = addLimit(cal, start, limit);
          const middle = new Date(start.getTime() + one);
          const stop = new Date(middle.getTime() + two);
          const whole = movePaused(cal, limit, end, start, stop);
          expect(whole.at.getTime()).toBeGreaterThanOrEqual(end.at.getTime());
          expect(movePaused(cal, limit, movePaused(cal, limit, end, start, middle), middle, stop).at).toEqual(
            whole.at,
          );
        },
      ),
    );
  });

  test('words never fail, and say overdue exactly when the time is up', () => {
    fc.assert(
      fc.property(instant, instant, count, fc.constantFrom('hour', 'workday'), (start, now, n, unit) => {
        const end = addLimit(cal, start, { n, unit });
        const words = describeDue(cal, end, now);
        expect(words.overdue).toBe(now.getTime() >= end.at.getTime());
        expect(words.left).toMatch(words.overdue ? /超期/ : /还剩|到期/);
        expect(words.left).not.toMatch(/NaN|undefined|-/);
      }),
    );
  });
});
