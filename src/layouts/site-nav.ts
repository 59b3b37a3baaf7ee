/** The doors of the site, in the order of the masthead. */
export const SITE_NAV = [
  { href: '/', label: '首页' },
  { href: '/news/', label: '要闻' },
  { href: '/notices/', label: '公告公示' },
  { href: '/hotline/', label: '诉求热线' },
  { href: '/volunteers/', label: '志愿服务' },
  { href: '/honors/', label: '好人榜' },
  { href: '/communities/', label: '社区' },
  { href: '/search', label: '搜索' },
] as const;

/** Stands where a city has not named its site yet. */
export const PRODUCT = '邻声';

/** Whether a page lies behind this door. */
export function isBehind(href: string, path: string): boolean {
  if (href === '/') return path === '/';
  return path === href || path.startsWith(href.endsWith('/') ? href : `${href}/`) || `${path}/` === href;
}

/** Columns that lie under 要闻 by their address, and behind another door by what they tell. */
const LENT = [{ column: '/news/volunteering/', door: '/volunteers/' }] as const;

/** The door behind which a page lies: by the columns it stands in, else by its own address. */
export function doorOf(path: string, crumbs: readonly { href?: string }[] = []): string | undefined {
  const way = [...crumbs.flatMap(({ href }) => href ?? []), path];
  const lent = LENT.find(({ column }) => way.some((step) => isBehind(column, step)));
  if (lent) return lent.door;
  if (way.some((step) => isBehind('/notices/', step))) return '/notices/';
  return SITE_NAV.find(({ href }) => isBehind(href, path))?.href;
}
