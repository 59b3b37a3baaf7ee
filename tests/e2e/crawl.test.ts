import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Crawled, crawl } from '../support/crawl.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let pages: Crawled[];

beforeAll(async () => {
  server = await startServer({ kind: 'demo', env: { LOG_LEVEL: 'error', TRUSTED_PROXIES: '127.0.0.1' } });
  pages = (await crawl(server.origin, ['/', '/sitemap.xml', '/robots.txt'], /^\/(staff|account)\//)).filter(
    (page) => !page.path.startsWith('/staff') && !page.path.startsWith('/account'),
  );
}, 180_000);
afterAll(() => server?.stop());

const html = () => pages.filter((page) => page.status === 200 && page.html);
const wrong = (test: (page: Crawled) => string | false | null): string[] =>
  html().flatMap((page) => {
    const fault = test(page);
    return fault ? [`${page.path}: ${fault}`] : [];
  });
const meta = (page: Crawled, name: string): string[] => {
  const $ = load(page.html);
  return $(`meta[name="${name}"]`)
    .toArray()
    .map((element) => $(element).attr('content') ?? '');
};

describe('the public site', () => {
  test('has no dead link and no page that fails', () => {
    expect(pages.length).toBeGreaterThan(200);
    const dead = pages
      .filter(({ status }) => status >= 400)
      .map(({ path, status, from }) => `${status} ${path} (from ${from})`);
    expect(dead).toEqual([]);
  });

  test('carries the site’s tags once on every page, and nothing that stands for a missing value', () => {
    expect(
      wrong((page) => {
        const [name, domain] = [meta(page, 'SiteName'), meta(page, 'SiteDomain')];
        if (name.length !== 1 || !name[0]) return 'SiteName';
        if (domain.length !== 1 || domain[0]?.includes('://')) return 'SiteDomain';
        if (/content="(null|undefined|\{\}|\[object Object\])"/.test(page.html))
          return 'a value that is none';
        return meta(page, 'SiteIDCode').length > 0 && 'an id code in a demonstration';
      }),
    ).toEqual([]);
  });

  test('ends every title with the configured name and roots every breadcrumb at 首页', () => {
    const name = meta(pages[0] as Crawled, 'SiteName')[0] ?? '?';
    expect(
      wrong((page) => {
        const $ = load(page.html);
        if (!$('title').text().endsWith(name)) return `title ${$('title').text()}`;
        const root = $('[aria-label="您所在的位置"] a, .crumbs a').first().text().trim();
        return root !== '' && root !== '首页' && `breadcrumb ${root}`;
      }),
    ).toEqual([]);
  });

  test('says everywhere that it is a demonstration, and asks not to be indexed', () => {
    expect(
      wrong((page) => {
        if (!page.html.includes('演示站点 · 内容均为虚构')) return 'ribbon';
        return !meta(page, 'robots').some((value) => value.includes('noindex')) && 'noindex';
      }),
    ).toEqual([]);
  });

  test('has one main heading, a language and a way past the menu on every page', () => {
    expect(
      wrong((page) => {
        const $ = load(page.html);
        if ($('html').attr('lang') !== 'zh-CN') return 'language';
        if ($('h1').length !== 1) return `${$('h1').length} main headings`;
        return $('body a').first().attr('href') !== '#main' && 'skip link';
      }),
    ).toEqual([]);
  });

  test('keeps to its own policy: no inline style, no handler, no foreign script', () => {
    expect(
      wrong((page) => {
        const $ = load(page.html);
        if ($('[style]').length > 0) return `style=… on ${$('[style]').first().prop('tagName')}`;
        if (/<[^>]+\son[a-z]+\s*=/i.test(page.html.replace(/<script[\s\S]*?<\/script>/g, '')))
          return 'a handler';
        const foreign = $('script[src]')
          .toArray()
          .find((s) => !($(s).attr('src') ?? '').startsWith('/'));
        return foreign ? 'a foreign script' : null;
      }),
    ).toEqual([]);
  });

  test('shows no telephone number, ID number or plate of anyone', () => {
    expect(
      wrong((page) => {
        const text = load(page.html)('main').text();
        // Duty holders who agreed to it show theirs on their community's page.
        const phone = /(?<!\d)1[3-9]\d{9}(?!\d)/.exec(text)?.[0];
        if (phone && !page.path.startsWith('/communities/')) return `phone ${phone}`;
        return /(?<!\d)\d{17}[\dXx](?!\d)/.exec(text)?.[0] ?? null;
      }),
    ).toEqual([]);
  });
});
