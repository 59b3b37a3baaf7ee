import type { NoticeState } from '#db/schema/rectification.values.ts';

/** What one notice contributes to the figures: when it was first due, and how it stands. */
export interface DueNotice {
  /** Beijing month of the first due day, `YYYY-MM`. */
  month: string;
  state: NoticeState;
}

/** The rate of one period (整改率), with what it was made of. */
export interface DueRate {
  /** Signed off. */
  numerator: number;
  /** Due in the period; what cannot be fixed stays in it, what is void does not. */
  denominator: number;
  cannotFix: number;
  /** Left out, and said so. */
  voided: number;
}

/** Counts the notices of a period. */
export function rateOf(rows: readonly DueNotice[]): DueRate {
  const count = (state: NoticeState): number => rows.filter((row) => row.state === state).length;
  const voided = count('void');
  return {
    numerator: count('signed_off'),
    denominator: rows.length - voided,
    cannotFix: count('cannot_fix'),
    voided,
  };
}

/** In per cent with one decimal, rounded half up; 「—」 where nothing was due. */
export function percentOf({ numerator, denominator }: Pick<DueRate, 'numerator' | 'denominator'>): string {
  // Whole tenths of a per cent first: 98.65 as a binary fraction would print as 98.6.
  return denominator === 0
    ? '—'
    : `${(Math.floor((numerator * 2000 + denominator) / (2 * denominator)) / 10).toFixed(1)}%`;
}

/** A month with fewer is not told by itself: too few to say nothing of one shop. */
export const SMALLEST_SHOWN = 5;

export interface MonthRate extends DueRate {
  month: string;
  hidden: boolean;
}

/**
 * Month by month. Small months are hidden, and where only one would be, the next smallest with it: else it could be computed
 * from the sum.
 */
export function monthRates(rows: readonly DueNotice[], months: readonly string[]): MonthRate[] {
  const rates = months.map((month) => ({
    month,
    ...rateOf(rows.filter((row) => row.month === month)),
  }));
  const shown = rates.filter(({ denominator }) => denominator > 0);
  const small = new Set(
    shown.filter(({ denominator }) => denominator < SMALLEST_SHOWN).map(({ month }) => month),
  );
  if (small.size === 1) {
    const next = shown
      .filter(({ month }) => !small.has(month))
      .sort((a, b) => a.denominator - b.denominator)[0];
    if (next) small.add(next.month);
  }
  return rates.map((rate) => ({ ...rate, hidden: small.has(rate.month) }));
}
