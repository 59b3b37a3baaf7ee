const HERE = 'http://local.invalid';

/** The path if it stays on this site, else `/`: what a form sends must never lead people elsewhere. */
export function localPath(wanted: string | null): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, HERE)) return '/';
  const url = new URL(wanted, HERE);
  // `/.//elsewhere` keeps our origin, yet its path would be read as another host's.
  return url.origin === HERE && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
