import { beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import { lastDay } from '#domains/calendar/rules.ts';
import { type DueRate, type MonthRate, monthRates, rateOf } from './rules.ts';
import * as store from './store.ts';

export interface NoticeFigures {
  year: number;
  /** The years of which there are figures, the newest first. */
  years: number[];
  /** Counted at this instant: what falls due later is not in it. */
  at: Date;
  whole: DueRate;
  months: MonthRate[];
}

const yearOf = (at: Date): number => Number(beijingDay(at).slice(0, 4));

/** The rate of rectification (整改率) of a year and its months, counted now; the present year where none is asked for. */
export async function noticeFigures(asked: number | null): Promise<NoticeFigures> {
  const at = now();
  const thisYear = yearOf(at);
  const first = yearOf((await store.firstDueEver(reader)) ?? at);
  const years = Array.from({ length: Math.max(1, thisYear - first + 1) }, (_, i) => thisYear - i);
  const year = asked !== null && years.includes(asked) ? asked : thisYear;
  // A due instant is the 00:00 after the due day, so that the last day of a year ends in the next.
  const from = new Date(startOfBeijingDay(`${year}-01-01`).getTime() + 1);
  const end = startOfBeijingDay(`${year + 1}-01-01`);
  const to = new Date(Math.min(end.getTime(), at.getTime()));
  const rows = await store.listFirstDue(reader, from, to);
  const due = rows.flatMap(({ state, firstDueAt }) =>
    firstDueAt ? [{ state, month: lastDay({ at: firstDueAt }).slice(0, 7) }] : [],
  );
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
  return { year, years, at, whole: rateOf(due), months: monthRates(due, months) };
}
