/** Header names and values in turn: the form that `writeHead` takes without further work. */
export type Head = readonly string[];

const YEARS_2 = 63_072_000;

const policy = (scripts: string, styles: string): string =>
  [
    `default-src 'self'`,
    `script-src 'self'${scripts}`,
    `style-src 'self'${styles}`,
    `img-src 'self' data: blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'self'`,
  ].join('; ');

/** The policy of a page that holds one inline style sheet of the door's own. */
export const policyWithStyle = (hash: string): string => policy('', ` ${hash}`);

const hashesOf = (header: string, directive: string): string => {
  const words = header
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === directive);
  const hashes = (words ?? []).filter((word) => /^'sha(256|384|512)-[A-Za-z0-9+/=_-]+'$/.test(word));
  return hashes.map((hash) => ` ${hash}`).join('');
};

const INLINE_SCRIPT = /<script(?![^>]*\bsrc=)/i;

/**
 * The policy that goes out. From what a page asks for, only its hashes are taken over, and only where the page holds something
 * that needs them (Astro lists those of every island on every page). A policy that forbids everything (downloads and pictures
 * that people sent) stays as it is.
 */
export function contentPolicy(fromPage?: string, body: Buffer = Buffer.of()): string {
  if (fromPage === undefined) return policy('', '');
  if (/^\s*default-src\s+'none'\s*(;|$)/.test(fromPage)) return fromPage;
  const html = body.toString('latin1');
  return policy(
    INLINE_SCRIPT.test(html) ? hashesOf(fromPage, 'script-src') : '',
    html.includes('<style') ? hashesOf(fromPage, 'style-src') : '',
  );
}

/** What stands on every answer, whoever gives it. */
export function securityHeaders(site: URL): Head {
  const always = [
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'strict-origin-when-cross-origin',
    'Permissions-Policy',
    'camera=(self), geolocation=(self), microphone=(), payment=()',
  ];
  return site.protocol === 'https:' ? [...always, 'Strict-Transport-Security', `max-age=${YEARS_2}`] : always;
}
