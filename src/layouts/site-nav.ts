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
