import type { APIRoute } from 'astro';
import { Feed } from 'feed';
import { cachePublic } from '#core/answer.ts';
import { columnPath } from '#domains/news/addresses.ts';
import { feedOf, getColumn } from '#domains/news/service.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { PRODUCT } from '../../layouts/site-nav.ts';

const ALL = { id: null, name: '全部文章', description: '全站最新发布的文章。', path: '/news/' };

async function subject(id: string) {
  if (id === 'all') return ALL;
  const { name, description } = await getColumn(id);
  return { id, name, description, path: columnPath(id) };
}

/** The newest articles of a column, or of all, as RSS. */
export const GET: APIRoute = async (context) => {
  const { id, name, description, path } = await subject(context.params.column ?? '');
  const items = await feedOf(id);
  const site = await siteSettings();
  const siteName = site.name || PRODUCT;
  const absolute = (address: string): string => new URL(address, site.origin).href;
  const feed = new Feed({
    id: absolute(path),
    link: absolute(path),
    title: `${name} - ${siteName}`,
    description,
    language: 'zh-CN',
    favicon: absolute('/favicon.ico'),
    copyright: site.copyright || siteName,
    ...(items[0] ? { updated: items[0].at } : {}),
    feedLinks: { rss: absolute(context.url.pathname) },
  });
  for (const item of items) {
    feed.addItem({
      id: absolute(item.path),
      link: absolute(item.path),
      title: item.title,
      description: item.summary,
      content: item.body.replace(/ (src|href)="\//g, ` $1="${site.origin}/`).replace(/ srcset="[^"]*"/g, ''),
      category: [{ name: item.column }],
      date: item.at,
      ...(item.author ? { author: [{ name: item.author }] } : {}),
    });
  }
  cachePublic(context, { tags: [id === null ? 'news' : `column:${id}`, 'columns'] });
  return new Response(feed.rss2(), { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
