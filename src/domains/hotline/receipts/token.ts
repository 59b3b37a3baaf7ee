import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { hmac, seal, unseal } from '#core/secrets.ts';

/** What a receipt's token says. It is sealed: neither number nor code can be read from an address or a log. */
const Token = z.object({ number: z.string(), at: z.number() });
export type ReceiptToken = z.output<typeof Token>;

const RECEIPT_PAGE = '/hotline/receipt';
export const RECEIPT_COOKIE = '__Host-receipt';

/** For how long the address alone opens the receipt: for browsers that take no cookie. */
const BARE_MS = 5 * 60_000;
/** How many receipts one browser may hold at a time. */
const MOST = 5;

/** The address of a receipt. A sending repeated is led to the same one. */
export function receiptLocation(number: string, at: Date): string {
  return `${RECEIPT_PAGE}?r=${encodeURIComponent(seal(JSON.stringify({ number, at: at.getTime() })))}`;
}

/** Reads a token; `null` for anything that is not ours. */
export function readToken(sealed: string): ReceiptToken | null {
  try {
    return Token.parse(JSON.parse(unseal(sealed)));
  } catch {
    return null;
  }
}

const proofOf = (sealed: string): string => hmac('receipt', sealed).subarray(0, 18).toString('base64url');

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const COOKIE_SECONDS = 7200;

/**
 * The `Set-Cookie` that marks a browser which was led to `location`, beside the receipts it already holds; null where that is
 * no receipt. A sending repeated gets the mark too: only its sender knows the form's one-time id.
 */
export function receiptCookie(location: string, before = ''): string | null {
  const [page, sealed] = location.split('?r=');
  if (page !== RECEIPT_PAGE || sealed === undefined) return null;
  const proof = proofOf(decodeURIComponent(sealed));
  const others = before.split('.').filter((value) => value !== '' && value !== proof);
  const value = [proof, ...others].slice(0, MOST).join('.');
  return `${RECEIPT_COOKIE}=${value}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; Secure; SameSite=Lax`;
}

/** Whether this browser may see the receipt: it filed the complaint, or the complaint is minutes old. */
export function mayOpenReceipt(sealed: string, token: ReceiptToken, cookie: string, at: Date): boolean {
  if (at.getTime() - token.at < BARE_MS) return true;
  const proof = proofOf(sealed);
  return cookie.split('.').some((value) => same(value, proof));
}
