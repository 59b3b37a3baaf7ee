import { timingSafeEqual } from 'node:crypto';
import { hmac } from '#core/secrets.ts';

const mark = (address: string): Buffer => hmac('leaving', address).subarray(0, 12);

/** The way out to a foreign address, past the page that says so. The mark keeps others from using it as a redirect. */
export function leavePath(address: string): string {
  return `/leave?to=${Buffer.from(address).toString('base64url')}.${mark(address).toString('base64url')}`;
}

/** The address that a link of ours leads to; `null` for one that we did not make. */
export function leavingTo(token: string): string | null {
  const [encoded = '', signed = ''] = token.split('.');
  const address = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(signed, 'base64url');
  const right = mark(address);
  return given.length === right.length && timingSafeEqual(given, right) ? address : null;
}
