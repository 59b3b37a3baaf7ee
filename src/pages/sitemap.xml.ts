import type { APIRoute } from 'astro';
import { cachePublic } from '#core/answer.ts';
import { honorLandmarks } from '#domains/honors/service.ts';
import { landmarks } from '#domains/news/service.ts';
import { listCommunities } from '#domains/places/service.ts';
import { findable } from '#domains/search/service.ts';
import { siteSettings } from '#domains/settings/service.ts';

const STANDING = [
  '/',
  '/news/',
  '/honors/',
  '/hotline/',
  '/hotline/cases',
  '/hotline/statistics',
  '/communities/',
  '/feeds/',
  '/sitemap',
  '/about/',
  '/about/contact',
  '/about/privacy',
  '/about/accessibility',
  '/about/integrity',
];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Every public page, with the time of its last change where it is known. */
export const GET: APIRoute = async (context) => {
  const { origin } = await siteSettings();
  const communities = await listCommunities();
  const pages = [
    ...STANDING.map((path) => ({ path, changedAt: null })),
    ...communities.map(({ id }) => ({ path: `/communities/${id}/`, changedAt: null })),
    ...(await landmarks()),
    ...(await honorLandmarks()),
    ...(await findable('case')),
  ];
  const urls = pages.map(({ path, changedAt }) => {
    const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : '';
    return `<url><loc>${escaped(origin + path)}</loc>${changed}</url>`;
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`;
  cachePublic(context, { tags: ['news', 'columns', 'honors', 'places', 'cases'] });
  return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
};
