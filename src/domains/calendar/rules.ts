import { beijingDay, beijingTime, addDays as shiftDay, startOfBeijingDay } from '#core/clock.ts';
import type { LimitUnit, OverrideKind } from '#db/schema/calendar.values.ts';

/** Which days are worked. Days are Beijing dates, `YYYY-MM-DD`. */
export interface Calendar {
  isWorkday(day: string): boolean;
  /** Whether the year's holiday notice is known. In other years weekends alone are rest days, and dates provisional. */
  isKnown(year: number): boolean;
}

export interface Override {
  date: string;
  kind: OverrideKind;
  name: string;
}

/** A length of time as rules state it. */
export interface Limit {
  n: number;
  unit: LimitUnit;
}

/** An end of a period. `at` is exclusive: the next 00:00 in Beijing, or the instant for clocks in hours. */
export interface Due {
  at: Date;
  /** True where a year without a holiday notice was counted through: the date may still move. */
  provisional: boolean;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const isWeekend = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
const yearOf = (day: string): number => Number(day.slice(0, 4));

/**
 * The calendar that everything counts by: staff entries first, then the library's known years, then weekends alone.
 * `announced` names years whose notice staff have entered in full; their dates are no longer provisional.
 */
export function makeCalendar(
  overrides: readonly Override[],
  library: Calendar,
  announced: readonly number[] = [],
): Calendar {
  const kinds = new Map(overrides.map((entry) => [entry.date, entry.kind]));
  const years = new Set(announced);
  return {
    isKnown: (year) => years.has(year) || library.isKnown(year),
    isWorkday(day) {
      const kind = kinds.get(day);
      if (kind) return kind === 'work';
      return library.isKnown(yearOf(day)) ? library.isWorkday(day) : !isWeekend(day);
    },
  };
}

const MOST_DAYS = 4000;

/** The same calendar with its answers kept: clocks ask for the same few days again and again. */
export function remembering(calendar: Calendar): Calendar {
  const known = new Map<string, boolean>();
  return {
    isKnown: (year) => calendar.isKnown(year),
    isWorkday(day) {
      let worked = known.get(day);
      if (worked === undefined) {
        worked = calendar.isWorkday(day);
        if (known.size >= MOST_DAYS) known.clear();
        known.set(day, worked);
      }
      return worked;
    },
  };
}

/**
 * The years whose notice staff have entered: those with a rest day in January or February (元旦, 春节) and one in October
 * (国庆). A single entry, such as a day off for a storm, announces nothing.
 */
export function announcedYears(entries: readonly Pick<Override, 'date' | 'kind'>[]): number[] {
  const rests = entries.filter((entry) => entry.kind === 'off').map((entry) => entry.date);
  const spring = rests.filter((date) => /-0[12]-/.test(date)).map(yearOf);
  const autumn = new Set(rests.filter((date) => date.includes('-10-')).map(yearOf));
  return [...new Set(spring)].filter((year) => autumn.has(year));
}

/** The next 00:00 after a day: what is due on it may still be done until then. */
const endOf = (day: string): Date => startOfBeijingDay(shiftDay(day, 1));

/** The last Beijing day on which the matter is still in time. */
export function lastDay(due: Pick<Due, 'at'>): string {
  return beijingDay(new Date(due.at.getTime() - 1));
}

// The longest national holiday is 9 days; a calendar that rests for a year is broken data, not a long wait.
const LONGEST_REST = 366;

function nextWorkday(cal: Calendar, day: string, step: 1 | -1): { day: string; provisional: boolean } {
  let provisional = false;
  let at = day;
  for (let i = 0; i < LONGEST_REST; i++) {
    at = shiftDay(at, step);
    provisional ||= !cal.isKnown(yearOf(at));
    if (cal.isWorkday(at)) return { day: at, provisional };
  }
  throw new RangeError(`no working day within a year of ${day}`);
}

function countWorkdays(cal: Calendar, from: string, n: number): Due {
  let day = from;
  let provisional = n === 0 && !cal.isKnown(yearOf(from));
  for (let i = 0; i < n; i++) {
    const next = nextWorkday(cal, day, 1);
    day = next.day;
    provisional ||= next.provisional;
  }
  return { at: endOf(day), provisional };
}

/** `n` working days from `at`: its own day is not counted, the n-th ends at 24:00. 0 means the end of the same day. */
export function addWorkdays(cal: Calendar, at: Date, n: number): Due {
  return countWorkdays(cal, beijingDay(at), n);
}

/** `n` hours from `at`, round the clock, rest days included. */
export function addHours(at: Date, n: number): Due {
  return { at: new Date(at.getTime() + n * HOUR_MS), provisional: false };
}

/** A period that ends on a rest day ends on the next working day instead. */
function offRestDays(cal: Calendar, day: string): Due {
  const provisional = !cal.isKnown(yearOf(day));
  if (cal.isWorkday(day)) return { at: endOf(day), provisional };
  const next = nextWorkday(cal, day, 1);
  return { at: endOf(next.day), provisional: provisional || next.provisional };
}

/** `n` calendar days from `at`: its own day is not counted; an end on a rest day moves to the next working day. */
export function addDays(cal: Calendar, at: Date, n: number): Due {
  return offRestDays(cal, shiftDay(beijingDay(at), n));
}

/** The same date `n` months later, or that month's last day; an end on a rest day moves to the next working day. */
export function addMonths(cal: Calendar, at: Date, n: number): Due {
  const [year = 0, month = 1, date = 1] = beijingDay(at).split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + n, 1));
  const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
  target.setUTCDate(Math.min(date, last));
  return offRestDays(cal, target.toISOString().slice(0, 10));
}

/** The end of a limit that begins at `at`. */
export function addLimit(cal: Calendar, at: Date, limit: Limit): Due {
  switch (limit.unit) {
    case 'hour':
      return addHours(at, limit.n);
    case 'workday':
      return addWorkdays(cal, at, limit.n);
    case 'day':
      return addDays(cal, at, limit.n);
    case 'month':
      return addMonths(cal, at, limit.n);
  }
}

/** A further limit granted on a due date: it counts from the old due day, not from the day of the decision. */
export function extendDue(cal: Calendar, due: Due, limit: Limit): Due {
  const from = limit.unit === 'hour' ? due.at : new Date(due.at.getTime() - 1);
  const extended = addLimit(cal, from, limit);
  return { at: extended.at, provisional: due.provisional || extended.provisional };
}

/** The later of two ends. */
export function laterDue(a: Due, b: Due): Due {
  return { at: a.at.getTime() >= b.at.getTime() ? a.at : b.at, provisional: a.provisional || b.provisional };
}

const daysBegun = (from: Date, to: Date): string[] => {
  const days: string[] = [];
  let day = beijingDay(from);
  if (startOfBeijingDay(day).getTime() < from.getTime()) day = shiftDay(day, 1);
  for (; startOfBeijingDay(day).getTime() < to.getTime(); day = shiftDay(day, 1)) days.push(day);
  return days;
};

/**
 * The due date after a pause from `from` to `to`: clocks in hours move by the paused time, clocks in working days by the
 * working days that began while paused, clocks in calendar days or months by the days that began.
 */
export function movePaused(cal: Calendar, limit: Limit, due: Due, from: Date, to: Date): Due {
  if (limit.unit === 'hour') {
    return {
      at: new Date(due.at.getTime() + Math.max(0, to.getTime() - from.getTime())),
      provisional: due.provisional,
    };
  }
  const days = daysBegun(from, to);
  const lost = limit.unit === 'workday' ? days.filter((day) => cal.isWorkday(day)).length : days.length;
  return lost === 0
    ? due
    : extendDue(cal, due, { n: lost, unit: limit.unit === 'workday' ? 'workday' : 'day' });
}

/**
 * When a yellow and a red card fall due. Yellow: 00:00 of the working day before the due day, or of the due day itself
 * for limits of one day and less; three quarters of the way for limits in hours. Red: the first overdue instant.
 */
export function cardTimes(cal: Calendar, limit: Limit, due: Due): { yellow: Date; red: Date } {
  if (limit.unit === 'hour') {
    return { yellow: new Date(due.at.getTime() - (limit.n * HOUR_MS) / 4), red: due.at };
  }
  const last = lastDay(due);
  const short = limit.unit !== 'month' && limit.n <= 1;
  return { yellow: startOfBeijingDay(short ? last : nextWorkday(cal, last, -1).day), red: due.at };
}

/** Working days after the day of `from`, up to and including the day of `to`; negative when `to` comes first. */
export function workdaysBetween(cal: Calendar, from: Date, to: Date): number {
  if (to.getTime() < from.getTime()) return 0 - workdaysBetween(cal, to, from);
  const end = beijingDay(to);
  let count = 0;
  for (let day = shiftDay(beijingDay(from), 1); day <= end; day = shiftDay(day, 1)) {
    if (cal.isWorkday(day)) count++;
  }
  return count;
}

/** A due date in words: 「11月27日（周五）前」 and 「还剩 2 个工作日」. */
export interface DueWords {
  by: string;
  left: string;
  overdue: boolean;
  /** 「暂定」, or empty once the year's notice is known. */
  provisional: string;
}

const WEEKDAYS = '日一二三四五六';

/** A day in words, 「11月27日（周五）」; with its year where that is not the year of `now`. */
export function describeDay(day: string, now: Date): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const weekday = WEEKDAYS.charAt(new Date(`${day}T00:00:00Z`).getUTCDay());
  const prefix = year === yearOf(beijingDay(now)) ? '' : `${year}年`;
  return `${prefix}${month}月${date}日（周${weekday}）`;
}

function span(ms: number): string {
  return ms < HOUR_MS ? `${Math.floor(ms / MINUTE_MS)} 分钟` : `${Math.floor(ms / HOUR_MS)} 小时`;
}

function remaining(cal: Calendar, due: Due, now: Date, wholeDays: boolean): string {
  const today = beijingDay(now);
  const last = lastDay(due);
  if (!wholeDays) return `还剩 ${span(due.at.getTime() - now.getTime())}`;
  if (today === last) return '今天到期';
  const days = workdaysBetween(cal, now, startOfBeijingDay(last));
  return days > 0 ? `还剩 ${days} 个工作日` : '即将到期';
}

function exceeded(cal: Calendar, due: Due, now: Date, wholeDays: boolean): string {
  const ms = now.getTime() - due.at.getTime();
  if (!wholeDays && ms < 24 * HOUR_MS) return ms < MINUTE_MS ? '刚刚超期' : `已超期 ${span(ms)}`;
  const days = workdaysBetween(cal, startOfBeijingDay(lastDay(due)), now);
  return days > 0 ? `已超期 ${days} 个工作日` : '已超期';
}

/** Until when somebody need wait, 「最晚 11月27日（周五）当天」: the minute of a promise tells residents nothing. */
export const latestDay = (due: Due, now: Date): string => `最晚 ${describeDay(lastDay(due), now)}当天`;

/** How a due date and the time left are told to people. */
export function describeDue(cal: Calendar, due: Due, now: Date): DueWords {
  const wholeDays = beijingTime(due.at).endsWith('00:00') && due.at.getTime() % MINUTE_MS === 0;
  const day = describeDay(wholeDays ? lastDay(due) : beijingDay(due.at), now);
  const overdue = now.getTime() >= due.at.getTime();
  return {
    by: `${day}${wholeDays ? '' : beijingTime(due.at).slice(11)}前`,
    left: (overdue ? exceeded : remaining)(cal, due, now, wholeDays),
    overdue,
    provisional: due.provisional ? '暂定' : '',
  };
}
