import { beijingDay } from '#core/clock.ts';

const FULL_WIDTH = /[！-～]/g;

/** What people type, with full-width letters and digits made plain, spaces and every kind of dash taken out. */
function compact(typed: string): string {
  return typed
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b-\u200d\ufeff‐-―−—_.·-]/g, '')
    .toUpperCase();
}

/** A complaint's number, `YYYYMMDD-NNNNNN`: the Beijing day of filing and six digits drawn at random. */
export function complaintNumber(filedAt: Date, random: number): string {
  return `${beijingDay(filedAt).replace(/-/g, '')}-${String(random % 1_000_000).padStart(6, '0')}`;
}

/** A complaint's number as somebody typed it, in its true form; null for what cannot be one. */
export function parseComplaintNumber(typed: string): string | null {
  const match = /^((?:20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(\d{6})$/.exec(compact(typed));
  return match ? `${match[1]}-${match[2]}` : null;
}

/** A case's number, `AYYYY-NNNNN`: the only one that stands on public pages. Restarts each Beijing year. */
export function caseNumber(year: number, sequence: number): string {
  return `A${year}-${String(sequence).padStart(5, '0')}`;
}

/** A case's number as somebody typed it, with year and sequence; null for what cannot be one. */
export function parseCaseNumber(typed: string): { number: string; year: number; sequence: number } | null {
  const match = /^A?(20\d{2})(\d{5,})$/.exec(compact(typed));
  if (!match) return null;
  const [year, sequence] = [Number(match[1]), Number(match[2])];
  return sequence > 0 && sequence < 1_000_000 ? { number: caseNumber(year, sequence), year, sequence } : null;
}

/** The six digits that open a complaint together with its number, made from the HMAC of that number. */
export function queryCode(hmac: Uint8Array): string {
  if (hmac.length < 6) throw new RangeError('a query code needs 6 bytes at least');
  // 48 bits taken modulo a million: no digit is favoured by more than one part in a hundred million.
  const value = hmac.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % 1_000_000).padStart(6, '0');
}

/** A query code as somebody typed it; null for what cannot be one. */
export function parseQueryCode(typed: string): string | null {
  const digits = compact(typed);
  return /^\d{6}$/.test(digits) ? digits : null;
}

const TITLE_LENGTH = 40;

/** A title for a complaint filed without one: the beginning of its text, its first sentence; of a long one the clauses that fit whole. */
export function titleFrom(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  const sentence = line.split(/[。！？!?；;]/, 1)[0]?.trim() ?? '';
  const characters = [...(sentence === '' ? line : sentence)];
  if (characters.length <= TITLE_LENGTH) return characters.join('');
  const fitting = characters.slice(0, TITLE_LENGTH).join('');
  const clauses = /^(.{6,})[，,、：:]/su.exec(fitting)?.[1];
  return `${clauses ?? fitting}…`;
}
