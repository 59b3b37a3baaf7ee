import { beijingTime, startOfBeijingDay } from '#core/clock.ts';
import type { State } from '#db/schema/hotline.values.ts';
import { type Calendar, type Due, lastDay, workdaysBetween } from '#domains/calendar/rules.ts';
import { isOpen } from '../rules.ts';

/** How a case's clock stands, in whole units; `clock` components say it in words. */
export interface ClockFace {
  state: 'running' | 'soon' | 'overdue' | 'paused' | 'met' | 'missed';
  count?: number;
  unit?: 'workday' | 'hour' | 'minute';
  due: Date | null;
  provisional: boolean;
}

/** The columns of a case that its clock is read from. */
export interface Clocked {
  state: State;
  dueAt: Date | null;
  dueProvisional: boolean;
  wasOverdue: boolean | null;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Clocks in working days end at midnight; only those in hours end in the middle of a day. */
const wholeDays = (due: Date): boolean =>
  due.getTime() % MINUTE_MS === 0 && beijingTime(due).endsWith('00:00');

function amount(cal: Calendar, due: Due, now: Date): Pick<ClockFace, 'count' | 'unit'> {
  const late = now.getTime() >= due.at.getTime();
  if (!wholeDays(due.at)) {
    const ms = Math.abs(due.at.getTime() - now.getTime());
    return ms < HOUR_MS
      ? { count: Math.floor(ms / MINUTE_MS), unit: 'minute' }
      : { count: Math.floor(ms / HOUR_MS), unit: 'hour' };
  }
  const last = startOfBeijingDay(lastDay(due));
  return { count: late ? workdaysBetween(cal, last, now) : workdaysBetween(cal, now, last), unit: 'workday' };
}

const DONE: readonly State[] = ['follow_up', 'closed', 'signed_off'];

/** The clock of a case at `now`; null where none runs or ever ran (refused, referred, ended, imported). */
export function clockFace(cal: Calendar, c: Clocked, now: Date): ClockFace | null {
  if (c.dueAt === null) return null;
  const due: Due = { at: c.dueAt, provisional: c.dueProvisional };
  const face = { due: due.at, provisional: due.provisional };
  if (DONE.includes(c.state)) {
    return c.wasOverdue === null ? null : { ...face, state: c.wasOverdue ? 'missed' : 'met' };
  }
  if (!isOpen(c.state)) return null;
  if (c.state === 'needs_info') return { ...face, state: 'paused' };
  if (now.getTime() >= due.at.getTime()) return { ...face, state: 'overdue', ...amount(cal, due, now) };
  // One rule for every limit, so that a colour means the same in each line: what is due by the next working day.
  const soon = workdaysBetween(cal, now, startOfBeijingDay(lastDay(due))) <= 1;
  return { ...face, state: soon ? 'soon' : 'running', ...amount(cal, due, now) };
}
