const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export interface Site {
  /** The address that the site is known by: protocol and host of every link it writes. */
  readonly url: URL;
  /** Where the door listens. */
  readonly listens: { readonly host: string; readonly port: number };
  readonly trustedProxies: readonly string[];
}

export interface Hosts {
  /** Values of `Host` that are answered; everything else gets 421. */
  readonly accepted: ReadonlySet<string>;
  /** Values of `Origin` that a change may come from. */
  readonly origins: ReadonlySet<string>;
}

/** Whether nobody but this machine can reach an address to listen on. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The hosts and origins that the site answers to: its own, and this machine's names while only this machine can connect. */
export function hostsOf(site: Site): Hosts {
  const defaultPort = site.url.protocol === 'https:' ? 443 : 80;
  const accepted = new Set([site.url.host]);
  if (site.url.port === '') accepted.add(`${site.url.host}:${defaultPort}`);
  const origins = new Set([site.url.origin]);
  if (isLoopback(site.listens.host)) {
    for (const name of LOOPBACK_NAMES) {
      const host = site.listens.port === 80 ? name : `${name}:${site.listens.port}`;
      accepted.add(host);
      origins.add(`http://${host}`);
    }
  }
  return { accepted, origins };
}

interface Sender {
  origin: string | undefined;
  secFetchSite: string | undefined;
  cookie: string | undefined;
}

/**
 * Whether a change comes from a page of this site, or from a program that carries nobody's cookie.
 * Browsers that are current send `Origin` with every POST; older ones at least one of the two headers.
 */
export function mayChange(sender: Sender, origins: ReadonlySet<string>): boolean {
  const { origin, secFetchSite, cookie } = sender;
  if (origin !== undefined) return origins.has(origin);
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none';
  return cookie === undefined;
}
