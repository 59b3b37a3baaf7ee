import type { APIRoute } from 'astro';
import { cachePublic } from '#core/answer.ts';
import { siteSettings } from '#domains/settings/service.ts';

// What is one person's, or has no end, is not for robots; a demonstration is not for them at all.
const CLOSED = ['/staff/', '/account/', '/search', '/leave', '/hotline/track', '/hotline/receipt', '/view'];

export const GET: APIRoute = async (context) => {
  const { demo, origin } = await siteSettings();
  const rules = demo ? ['Disallow: /'] : CLOSED.map((path) => `Disallow: ${path}`);
  const text = ['User-agent: *', ...rules, '', `Sitemap: ${origin}/sitemap.xml`, ''].join('\n');
  cachePublic(context, { tags: [] });
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
};
