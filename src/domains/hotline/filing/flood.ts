import { AppError } from '#core/errors.ts';
import { fingerprint } from '#core/secrets.ts';

const WINDOW_MS = 10 * 60_000;
const SLICE_MS = 30_000;
const SLICES = WINDOW_MS / SLICE_MS;
const MOST_ADDRESSES = 50_000;

interface Counted {
  /** Number of the newest slice counted in. */
  slice: number;
  counts: number[];
}

/** Filings by address in the last ten minutes, in memory: a restart forgives. Addresses are kept as fingerprints. */
const seen = new Map<string, Counted>();

function advance(entry: Counted, slice: number): void {
  const gone = Math.min(SLICES, slice - entry.slice);
  for (let i = 1; i <= gone; i++) entry.counts[(entry.slice + i) % SLICES] = 0;
  entry.slice = slice;
}

/** Forgets addresses that filed nothing within the window. */
function sweep(slice: number): void {
  for (const [key, entry] of seen) if (slice - entry.slice >= SLICES) seen.delete(key);
}

/**
 * Counts one filing from an address. Throws `rate_limited`, with the wait in seconds, past `limit` in ten minutes: a flood, since
 * thousands of phones may share one address.
 */
export function countFiling(address: string, limit: number, at: Date): void {
  const slice = Math.floor(at.getTime() / SLICE_MS);
  const key = fingerprint(address);
  let entry = seen.get(key);
  if (!entry) {
    if (seen.size >= MOST_ADDRESSES) sweep(slice);
    entry = { slice, counts: new Array<number>(SLICES).fill(0) };
    seen.set(key, entry);
  }
  if (slice > entry.slice) advance(entry, slice);
  const total = entry.counts.reduce((sum, n) => sum + n, 0);
  if (total >= limit) {
    throw new AppError(
      'rate_limited',
      '这个网络在短时间内提交得太多，刚才的没有提交成功。您填写的内容都在，请过几分钟再提交，或直接拨打热线电话。',
      {},
      120,
    );
  }
  entry.counts[slice % SLICES] = (entry.counts[slice % SLICES] ?? 0) + 1;
}
