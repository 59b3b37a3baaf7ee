import { timingSafeEqual } from 'node:crypto';
import { hmac } from '#core/secrets.ts';
import { accessCode } from '../numbers.ts';

/** The code of copy B. It is computed each time and stands nowhere but on paper. */
export const accessCodeOf = (number: string): string => accessCode(hmac('notice-code', number));

/** Whether `code` opens the notice `number`; takes as long whatever is wrong. */
export function isAccessCodeOf(number: string, code: string): boolean {
  const right = Buffer.from(accessCodeOf(number));
  const given = Buffer.from(code);
  return given.length === right.length && timingSafeEqual(given, right);
}

export const PARTY_PAGE = '/notice/';

/** Where the picture on copy B leads: the party's page with both of what it asks for filled in. */
export function partyAddress(origin: string, number: string): string {
  const query = new URLSearchParams({ number, code: accessCodeOf(number) });
  return `${origin}${PARTY_PAGE}?${query}`;
}
