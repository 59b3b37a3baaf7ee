import { DAY_MS } from '#core/clock.ts';
import { one, type Problems } from './arguments.ts';

/** An instant as W3C date-time with its zone, to the second. */
export const w3c = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

// A plus sign that a client did not encode arrives as a space.
const W3C = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+\- ]?\d\d:?\d\d)?)?$/i;

/** A moment as a client wrote it. */
export interface Moment {
  at: Date;
  /** Only the day was given: `at` is its beginning. */
  wholeDay: boolean;
}

/** Reads a W3C date or date-time. Without a zone it is Beijing time. Null for what is none. */
export function parseMoment(text: string): Moment | null {
  const [, day, time, zone = ''] = W3C.exec(text.trim()) ?? [];
  if (day === undefined || !new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)) return null;
  const digits = zone.replace(/\D/g, '');
  const sign = zone.startsWith('-') ? '-' : '+';
  const offset = digits === '' ? '+08:00' : `${sign}${digits.slice(0, 2)}:${digits.slice(2)}`;
  const at = new Date(`${day}T${time ?? '00:00'}${/^z$/i.test(zone) ? 'Z' : offset}`);
  return Number.isNaN(at.getTime()) ? null : { at, wholeDay: time === undefined };
}

/** The longest span that one call may ask for, in days. */
export const MOST_DAYS = 90;
const MOST_MS = MOST_DAYS * DAY_MS;

export interface Span {
  from: Date;
  to: Date;
}

/**
 * The span of `start_date` and `end_date`, both included. Where one is missing it lies 90 days from the other; without either, the
 * last 90 days. A wider one is a problem, so is one that runs backwards.
 */
export function readSpan(fields: URLSearchParams, now: Date, problems: Problems): Span {
  const read = (name: string): Moment | null => {
    const text = one(fields, name);
    const moment = text === null ? null : parseMoment(text);
    if (text !== null && moment === null) {
      problems.add(name, '应为 W3C 日期时间，例如 2026-03-05T09:30:00+08:00');
    }
    return moment;
  };
  const [start, end] = [read('start_date'), read('end_date')];
  const until = end?.at ?? (start ? new Date(start.at.getTime() + MOST_MS) : now);
  const from = start?.at ?? new Date(until.getTime() - MOST_MS);
  if (until < from) problems.add('end_date', '不能早于 start_date');
  if (until.getTime() - from.getTime() > MOST_MS) {
    problems.add('start_date', `start_date 到 end_date 最多 ${MOST_DAYS} 天`);
  }
  const to = end?.wholeDay ? new Date(until.getTime() + DAY_MS - 1) : until;
  return { from, to };
}
