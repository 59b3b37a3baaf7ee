const FULL_WIDTH = /[！-～]/g;

/** What people type, with full-width letters and digits made plain, spaces and every kind of dash taken out. */
function compact(typed: string): string {
  return typed
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b-\u200d\ufeff‐-―−—_.·-]/g, '')
    .toUpperCase();
}

const [MOST_ISSUERS, MOST_A_YEAR] = [10_000, 100_000];

/** A notice's number, `ZYYYY-UUUU-NNNNN`: the year, its issuer and the issuer's own count, which restarts each Beijing year. */
export function noticeNumber(year: number, issuer: number, sequence: number): string {
  if (issuer >= MOST_ISSUERS || sequence >= MOST_A_YEAR)
    throw new RangeError('the series of notices is full');
  return `Z${year}-${String(issuer).padStart(4, '0')}-${String(sequence).padStart(5, '0')}`;
}

/** A notice's number as somebody typed it, in its true form; null for what cannot be one. */
export function parseNoticeNumber(typed: string): string | null {
  const match = /^Z?(20\d{2})(\d{4})(\d{5})$/.exec(compact(typed));
  return match ? noticeNumber(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** The six digits printed on copy B, made from the HMAC of the notice's number. */
export function accessCode(hmac: Uint8Array): string {
  if (hmac.length < 6) throw new RangeError('an access code needs 6 bytes at least');
  // 48 bits taken modulo a million: no digit is favoured by more than one part in a hundred million.
  const value = hmac.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % 1_000_000).padStart(6, '0');
}
