import ipaddr from 'ipaddr.js';

const MB = 1024 * 1024;

/** The largest body that a route takes; the first prefix that fits decides. */
const BODY_LIMITS: readonly (readonly [prefix: string, bytes: number])[] = [
  ['/hotline/new', 80 * MB],
  ['/hotline/track', 80 * MB],
  ['/open311', 80 * MB],
  ['/notice', 80 * MB],
  ['/staff/rectification', 80 * MB],
  ['/staff/media', 80 * MB],
  ['/staff/news', 80 * MB],
  ['/staff', 20 * MB],
];
const DEFAULT_BODY_LIMIT = MB;

export const LIMITS = {
  /** Renders for readers at one time; more are told to come back. */
  renders: 64,
  /** Requests with a body at one time: they stay long, and must not keep readers out. */
  uploads: 256,
  /** Milliseconds that a page may take. */
  renderTime: 15_000,
  /** Milliseconds that a form may take after the last byte of its body. */
  formTime: 60_000,
  /** Milliseconds without a byte after which a body is given up. */
  bodyStall: 30_000,
  /** Rendered requests of one address in one window; cached pages and files are not counted. */
  flood: 600,
  floodWindow: 10_000,
  /** Bytes of kept pages. */
  pageBudget: 48 * MB,
  /** Bytes of static files kept in memory. */
  fileBudget: 16 * MB,
} as const;

export type Limits = { readonly [name in keyof typeof LIMITS]: number };

/** The largest body, in bytes, that a path takes. */
export function bodyLimit(path: string): number {
  const row = BODY_LIMITS.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  return row?.[1] ?? DEFAULT_BODY_LIMIT;
}

const MOST_ADDRESSES = 50_000;

/** Counts requests per address in windows of fixed length. */
export class FloodGauge {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  readonly #window: number;
  #ends = 0;

  constructor(most: number, window: number) {
    this.#most = most;
    this.#window = window;
  }

  /** Counts one request. `false`: the address has had its share of this window. */
  admit(address: string, now: number): boolean {
    if (now >= this.#ends || this.#counts.size >= MOST_ADDRESSES) {
      this.#counts.clear();
      this.#ends = now + this.#window;
    }
    const key = household(address);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= this.#most;
  }
}

/** One line's addresses are counted together: a whole /64 of IPv6 belongs to one. */
function household(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address;
  return ipaddr.IPv6.parse(address).parts.slice(0, 4).join(':');
}
