import type { View } from './render.ts';

const VIEW = /(?:^|;\s*)view=(elder|contrast)\s*(?:;|$)/;
// What browsers resolve or encode themselves. It would give one page many addresses.
const ODD = /\\|#|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** The path of an address that may carry a query. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

/** The chosen way of showing pages: the one thing that a public page depends on besides its address. */
export function viewOf(cookie: string | undefined): View {
  if (cookie === undefined || !cookie.includes('view=')) return 'standard';
  const view = VIEW.exec(cookie)?.[1];
  return view === 'elder' || view === 'contrast' ? view : 'standard';
}

/**
 * Path and query of a request target; programs may send one of our whole addresses. `null`: an address of someone else,
 * or one that no browser sends.
 */
export function targetOf(target: string, origins: ReadonlySet<string>): string | null {
  const origin = target.startsWith('/') ? '' : [...origins].find((one) => target.startsWith(`${one}/`));
  if (origin === undefined) return null;
  const url = target.slice(origin.length);
  return ODD.test(pathOf(url)) ? null : url;
}
