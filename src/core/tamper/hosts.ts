/** Official hosts that an article may link to without a notice. Each stands for itself and everything under it. */
const OFFICIAL = [
  'gov.cn',
  'wenming.cn',
  'people.com.cn',
  'people.cn',
  'xinhuanet.com',
  'news.cn',
  'cctv.com',
  'gmw.cn',
  'youth.cn',
  '12371.cn',
  'xuexi.cn',
  'ccdi.gov.cn',
  'npc.gov.cn',
  'chinavolunteer.mca.gov.cn',
] as const;

/** Whether a host is on the official list, or is one of `own`, or lies under one of them. */
export function isOfficialHost(host: string, own: readonly string[] = []): boolean {
  const name = host.toLowerCase().replace(/\.$/u, '');
  return (
    name.endsWith('.政务') ||
    [...OFFICIAL, ...own].some((known) => name === known || name.endsWith(`.${known}`))
  );
}

/** The host of an address, or null where it stays on its own site (relative, fragment) or is no web address. */
export function hostOf(address: string): string | null {
  const trimmed = address.trim();
  if (!/^(?:https?:)?\/\//iu.test(trimmed)) return null;
  return URL.parse(trimmed.startsWith('//') ? `http:${trimmed}` : trimmed)?.hostname ?? null;
}
