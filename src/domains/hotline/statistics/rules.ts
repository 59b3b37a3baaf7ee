import { beijingDay, DAY_MS } from '#core/clock.ts';

/** A rate as it is published: always with what it was made of, so that anyone can recount it. */
export interface Rate {
  numerator: number;
  denominator: number;
}

/** How often something is true of the items; `of` keeps only those that count in the denominator. */
export function rate<T>(
  items: readonly T[],
  is: (item: T) => boolean,
  of: (item: T) => boolean = () => true,
): Rate {
  const counted = items.filter(of);
  return { numerator: counted.filter(is).length, denominator: counted.length };
}

/** A rate in per cent with one decimal, rounded half up: 「98.6%」; 「—」 where there was nothing to count. */
export function percent({ numerator, denominator }: Rate): string {
  // Whole tenths of a per cent first: 98.65 as a binary fraction would print as 98.6.
  return denominator === 0
    ? '—'
    : `${(Math.floor((numerator * 2000 + denominator) / (2 * denominator)) / 10).toFixed(1)}%`;
}

/** Elapsed days with one decimal, cut and not rounded: 1.9 days are never told as 2. */
export function elapsedDays(from: Date, to: Date): number {
  return Math.floor(((to.getTime() - from.getTime()) * 10) / DAY_MS) / 10;
}

/**
 * The nearest-rank percentile: the smallest value that at least `p` per cent of the values do not exceed. It is always one
 * of the values themselves. Null for no values.
 */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((p * sorted.length) / 100)) - 1] ?? null;
}

/** Half of the values are not greater: the nearest-rank 50th percentile, so the lower middle one of an even number. */
export const median = (values: readonly number[]): number | null => percentile(values, 50);

/** The arithmetic mean with one decimal; null for no values. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
}

/** The Beijing month of an instant, `YYYY-MM`. */
export const monthOf = (at: Date): string => beijingDay(at).slice(0, 7);
/** The Beijing year of an instant. */
export const yearOf = (at: Date): number => Number(beijingDay(at).slice(0, 4));

/** The months of a year in order, `2026-01` to `2026-12`. */
export function monthsOfYear(year: number): string[] {
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
}

/** The items by key, in the order in which keys first appear; `keys` come first, also where they hold nothing. */
export function groupBy<T, K extends string | number>(
  items: readonly T[],
  key: (item: T) => K,
  keys: readonly K[] = [],
): Map<K, T[]> {
  const groups = new Map<K, T[]>(keys.map((k) => [k, []]));
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** What the figures of a period are made of. */
export interface Handled {
  filedAt: Date;
  /** When the answer that was approved came; null while there is none. */
  answeredAt: Date | null;
}

export interface MonthRow {
  month: string;
  received: number;
  /** Of those received in the month, however late. */
  answered: number;
  medianDays: number | null;
  p90Days: number | null;
}

export interface Figures {
  received: number;
  answered: number;
  medianDays: number | null;
  p90Days: number | null;
  months: MonthRow[];
}

const figuresOf = (items: readonly Handled[]): Omit<Figures, 'months'> => {
  const days = items.flatMap(({ filedAt, answeredAt }) =>
    answeredAt ? [elapsedDays(filedAt, answeredAt)] : [],
  );
  return {
    received: items.length,
    answered: days.length,
    medianDays: median(days),
    p90Days: percentile(days, 90),
  };
};

/**
 * What a year's filings came to, by Beijing month of filing. An answer belongs to the month in which its matter was filed, so
 * that received and answered count the same matters.
 */
export function figuresOfYear(items: readonly Handled[], year: number): Figures {
  const months = monthsOfYear(year);
  const inYear = items.filter(({ filedAt }) => yearOf(filedAt) === year);
  const groups = groupBy(inYear, ({ filedAt }) => monthOf(filedAt), months);
  return {
    ...figuresOf(inYear),
    months: months.map((month) => ({ month, ...figuresOf(groups.get(month) ?? []) })),
  };
}

/** Below this a public cell would point at persons. */
export const SMALL_CELL = 5;
export const OTHERS = '其他';

export interface Count {
  label: string;
  n: number;
}

/**
 * Counts whose small ones (under `least`, not 0) are joined under 其他. Where 其他 would itself stay small, the next
 * smallest joins too, so that no hidden figure can be reckoned from the total. Order is kept; 其他 stands last.
 */
export function joinSmall(counts: readonly Count[], least: number = SMALL_CELL): Count[] {
  const shown = counts.filter(({ label, n }) => n > 0 && label !== OTHERS);
  const joined = new Set(shown.filter(({ n }) => n < least));
  let others = counts.filter(({ label }) => label === OTHERS).reduce((sum, { n }) => sum + n, 0);
  for (const { n } of joined) others += n;
  while (others > 0 && others < least) {
    const rest = shown.filter((count) => !joined.has(count));
    const smallest = rest.reduce<Count | null>((a, b) => (a === null || b.n < a.n ? b : a), null);
    if (smallest === null) break;
    joined.add(smallest);
    others += smallest.n;
  }
  const kept = shown.filter((count) => !joined.has(count));
  return others > 0 ? [...kept, { label: OTHERS, n: others }] : kept;
}

/**
 * A table of counts with its small cells hidden (null): those from 1 to `least` − 1, and where a row or a column has a single
 * hidden cell, its smallest other one as well, since the difference to the total would give it away. Zeros stay.
 */
export function hideSmallCells(
  table: readonly (readonly number[])[],
  least: number = SMALL_CELL,
): (number | null)[][] {
  const columns = (table[0] ?? []).map((_, c) => c);
  const rows = table.map((_, r) => r);
  const hidden = table.map((row) => row.map((n) => n > 0 && n < least));
  const hiddenInRow = (r: number): number => columns.filter((c) => hidden[r]?.[c]).length;
  const hiddenInColumn = (c: number): number => rows.filter((r) => hidden[r]?.[c]).length;
  /** Hides the best of the shown cells: not a zero, which hides nothing; where the crossing line needs company; the smallest. */
  const hideOne = (cells: readonly { r: number; c: number; crossing: number }[]): boolean => {
    const cost = ({ r, c, crossing }: { r: number; c: number; crossing: number }): number => {
      const n = table[r]?.[c] ?? 0;
      return (n === 0 ? 2e12 : 0) + (crossing > 0 ? 0 : 1e12) + n;
    };
    const [best] = cells.filter(({ r, c }) => !hidden[r]?.[c]).sort((a, b) => cost(a) - cost(b));
    const row = best && hidden[best.r];
    if (!row) return false;
    row[best.c] = true;
    return true;
  };
  // Each pass hides at least one more cell, so this ends.
  for (let changed = true; changed; ) {
    changed = false;
    for (const r of rows) {
      if (hiddenInRow(r) !== 1) continue;
      changed = hideOne(columns.map((c) => ({ r, c, crossing: hiddenInColumn(c) }))) || changed;
    }
    for (const c of columns) {
      if (hiddenInColumn(c) !== 1) continue;
      changed = hideOne(rows.map((r) => ({ r, c, crossing: hiddenInRow(r) }))) || changed;
    }
  }
  return table.map((row, r) => row.map((n, c) => (hidden[r]?.[c] ? null : n)));
}
