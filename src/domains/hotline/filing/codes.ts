import { timingSafeEqual } from 'node:crypto';
import { randomDigits } from '#core/ids.ts';
import { hmac } from '#core/secrets.ts';
import { complaintNumber, queryCode } from '../numbers.ts';

/** A number for a complaint filed at `at`: random, so that it tells nobody how many there are. */
export const newComplaintNumber = (at: Date): string => complaintNumber(at, Number(randomDigits(6)));

/** The query code of a complaint. It is computed each time and stands nowhere. */
export const queryCodeOf = (number: string): string => queryCode(hmac('query-code', number));

/** Whether `code` opens the complaint `number`; takes as long whatever is wrong. */
export function isQueryCodeOf(number: string, code: string): boolean {
  const right = Buffer.from(queryCodeOf(number));
  const given = Buffer.from(code);
  return given.length === right.length && timingSafeEqual(given, right);
}
