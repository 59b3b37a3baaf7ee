import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A trusted proxy that is neither an address nor a range: one Chinese sentence for the person who started the program. */
export class ProxySettingError extends Error {
  override readonly name = 'ProxySettingError';
}

function parse(text: string): Address | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function parseRange(text: string): [Address, number] {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const single = parse(text);
  if (!single) {
    throw new ProxySettingError(`设置 TRUSTED_PROXIES 中的「${text}」不是地址或网段，请改正后再启动。`);
  }
  return [single, single.kind() === 'ipv4' ? 32 : 128];
}

const within = (address: Address, [range, bits]: [Address, number]): boolean =>
  address.kind() === range.kind() && address.match(range, bits);

/**
 * Finds who is really asking. `X-Forwarded-For` is read from right to left and believed only as far as the configured proxies
 * reach: what the client itself wrote into it is never looked at. Throws `ProxySettingError`.
 */
export function addressReader(
  trustedProxies: readonly string[],
): (peer: string | undefined, forwardedFor: string | undefined) => string {
  const ranges = trustedProxies.map(parseRange);
  const trusted = (address: Address): boolean => ranges.some((range) => within(address, range));
  return (peer, forwardedFor) => {
    let address = parse(peer ?? '');
    if (!address) return '0.0.0.0';
    const hops = forwardedFor?.split(',') ?? [];
    while (trusted(address)) {
      const next = parse(hops.pop() ?? '');
      if (!next) break;
      address = next;
    }
    return address.toString();
  };
}
