let source: (() => Date) | null = null;

/** The present instant. */
export function now(): Date {
  return source ? source() : new Date();
}

/** Replaces the clock in tests; `null` puts the real one back. */
export function setClock(replacement: (() => Date) | null): void {
  source = replacement;
}

const OFFSET = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

// China has kept +08:00 without daylight saving since 1991: an offset serves, and costs less than Intl on hot paths.
const shifted = (at: Date): string => new Date(at.getTime() + OFFSET).toISOString();

/** The Beijing calendar day of an instant, `YYYY-MM-DD`. */
export function beijingDay(at: Date): string {
  return shifted(at).slice(0, 10);
}

/** The Beijing wall time of an instant, `YYYY-MM-DD HH:mm`, 24 hours. */
export function beijingTime(at: Date): string {
  return shifted(at).slice(0, 16).replace('T', ' ');
}

/** 00:00 Beijing time of a `YYYY-MM-DD` day. */
export function startOfBeijingDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The calendar day `days` after (or before) `day`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
