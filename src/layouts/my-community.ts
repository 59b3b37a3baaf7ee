import type { AstroCookies } from 'astro';

/** Holds the id of the community that a reader called his own. Only form pages read it: public pages are the same for all. */
export const MY_COMMUNITY = 'community';

const YEAR = 365 * 24 * 3600;

export function rememberCommunity(cookies: AstroCookies, id: number | null): void {
  if (id === null) cookies.delete(MY_COMMUNITY, { path: '/' });
  else cookies.set(MY_COMMUNITY, String(id), { path: '/', maxAge: YEAR, sameSite: 'lax', httpOnly: true });
}
