import { addDays, beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import type { StatisticsQuery } from './input.ts';
import { elapsedDays, type Figures, figuresOfYear, median, percent, SMALL_CELL, yearOf } from './rules.ts';
import * as store from './store.ts';

export interface YearFigures extends Figures {
  year: number;
  /** The years that hold filings, the newest first. */
  years: number[];
  /** Women's and children's rights, by year alone: 「少于 5」 where fewer; null under a channel. */
  rights: string | null;
  /** When these figures were counted. */
  at: Date;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => last - i);

/** The figures of a year, the latest with filings where none is asked for. They equal a plain recount of complaints and cases. */
export async function yearFigures(query: StatisticsQuery): Promise<YearFigures> {
  const at = now();
  const span = await store.filedSpan(reader);
  const years = span ? range(yearOf(span.first), yearOf(span.last)) : [yearOf(at)];
  const year = query.year !== null && years.includes(query.year) ? query.year : (years[0] ?? yearOf(at));
  const figures = figuresOfYear(await store.listHandled(reader, year, query.channel), year);
  const rights = query.channel === null ? await store.countRights(reader, year) : null;
  const words =
    rights === null ? null : rights > 0 && rights < SMALL_CELL ? `少于 ${SMALL_CELL}` : String(rights);
  return { ...figures, year, years, rights: words, at };
}

/** The figures that the hotline promises by, over the last 90 days; each with what it was made of. */
export interface PromiseFigures {
  days: number;
  received: number;
  answered: number;
  medianDays: number | null;
  /** Approved answers that came by their due date, of all approved answers; 「—」 while there are none. */
  onTime: string;
}

const DAYS = 90;

export async function promiseFigures(): Promise<PromiseFigures> {
  const since = startOfBeijingDay(addDays(beijingDay(now()), -DAYS));
  const handled = await store.listHandledSince(reader, since);
  const days = handled.flatMap(({ filedAt, answeredAt }) =>
    answeredAt ? [elapsedDays(filedAt, answeredAt)] : [],
  );
  const punctual = await store.countPunctual(reader, since);
  return {
    days: DAYS,
    received: handled.length,
    answered: days.length,
    medianDays: median(days),
    onTime: percent({ numerator: punctual.onTime, denominator: punctual.answered }),
  };
}
