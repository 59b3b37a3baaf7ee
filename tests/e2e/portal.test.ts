import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { load } from 'cheerio';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let articles: string[];

const get = (path: string) => fetch(server.origin + path, { redirect: 'manual' });
const textOf = async (path: string) => (await get(path)).text();

beforeAll(async () => {
  server = await startServer({ kind: 'demo' });
  browser = await launchBrowser();
  articles = [...(await textOf('/sitemap.xml')).matchAll(/(\/news\/\d{8}\/\d+)</g)].map(([, path]) => path!);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('addresses', () => {
  test('an article asked for under another day leads to its own for good', async () => {
    const id = articles[0]!.split('/').at(-1);
    const answer = await get(`/news/20000101/${id}`);
    expect([answer.status, new URL(answer.headers.get('location') ?? '', server.origin).pathname]).toEqual([
      301,
      articles[0],
    ]);
    expect((await get('/news/notices/')).status).toBe(301);
  });

  test.each([
    '/news/20000101/999999',
    '/news/20000101/1e3',
    '/news/none/',
    '/honors/999999',
    '/media/x/480',
    '/feeds/none.xml',
  ])('%s is not there', async (path) => expect((await get(path)).status).toBe(404));

  test.each(['/news/?page=999', '/news/?page=0', '/news/?page=abc', '/news/headlines/?page=-1'])(
    '%s leads to a page that is',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(302);
      expect((await get(answer.headers.get('location') ?? '')).status).toBe(200);
    },
  );

  test('the way out is open to links of ours alone', async () => {
    expect((await get('/leave?to=aHR0cHM6Ly9ldmlsLmV4YW1wbGU.AAAAAAAAAAAAAAAA')).status).toBe(400);
    expect((await get('/leave')).status).toBe(400);
  });
});

describe('an article', () => {
  test('says the same in its text, its tags and its feed; times are those of Beijing', async () => {
    const $ = load(await textOf(articles[0]!));
    const meta = (name: string) => $(`meta[name="${name}"]`).attr('content');
    const shown = $('.article-meta time').text().trim();
    expect(meta('ArticleTitle')).toBe($('h1').text().trim());
    expect(meta('PubDate')).toBe(shown);
    expect(shown).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);
    expect(meta('ContentSource')).toBeTruthy();
    expect(meta('Url')).toBe($('link[rel=canonical]').attr('href'));
    const feed = load(await textOf('/feeds/all.xml'), { xml: true });
    const item = feed('item').filter((_, one) => feed(one).find('link').text() === meta('Url'));
    expect(new Date(item.find('pubDate').text()).getTime()).toBe(new Date(`${shown}:00+08:00`).getTime());
  });

  test('says how often people have read it, once anybody has', async () => {
    const path = articles[2]!;
    const store = createClient({ url: pathToFileURL(`${server.dataDir}/linsheng.db`).href, timeout: 5000 });
    await store.execute({
      sql: 'INSERT INTO page_reads (key, path, day, people, bots) VALUES (?, ?, ?, 4, 9)',
      args: [`2020-01-01 ${path}`, path, '2020-01-01'],
    });
    store.close();
    expect(load(await textOf(path))('.article-meta').text()).toContain('浏览 4 次');
  });

  test('has its furniture', async () => {
    const $ = load(await textOf(articles[1]!));
    expect($('.crumbs').text()).toMatch(/您所在的位置：\s*首页/);
    expect($('.reading').text()).toMatch(/大.*中.*小.*打印/s);
    expect($('.siblings').text()).toMatch(/上一篇|下一篇/);
    expect($('.signed').text()).toContain('责任编辑');
    expect($('.article-meta').text()).toMatch(/来源：.+\d{4}-\d\d-\d\d.+作者：/s);
  });
});

describe('feeds and maps', () => {
  test.each(['/feeds/all.xml', '/feeds/notices.xml', '/feeds/bulletin.xml'])(
    '%s is a feed of absolute addresses',
    async (path) => {
      const answer = await get(path);
      expect(answer.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
      const $ = load(await answer.text(), { xml: true });
      expect($('item').length).toBeGreaterThan(0);
      for (const link of $('item > link').toArray())
        expect($(link).text()).toMatch(/^https?:\/\/[^/]+\/news\/\d{8}\/\d+$/);
      expect($('content\\:encoded').text()).not.toMatch(/(src|href)="\//);
    },
  );

  test('the site map knows every article with its last change; a demonstration is closed to robots', async () => {
    const $ = load(await textOf('/sitemap.xml'), { xml: true });
    expect($('url').length).toBeGreaterThan(180);
    expect($('lastmod').length).toBeGreaterThan(140);
    expect(await textOf('/robots.txt')).toMatch(/^User-agent: \*\nDisallow: \/\n/);
  });
});

describe('search', () => {
  test('works without scripts: facets, order, marks, and a title finds itself first', async () => {
    const { page, context } = await visit(browser, server.origin, { scripts: false });
    await page.goto(articles[5]!);
    const title = (await page.textContent('h1'))?.trim() ?? '';
    await page.fill('#site-search', title);
    await page.click('.nameplate .search button');
    expect(await page.title()).not.toContain(title);
    await expect(page.locator('.hits h2').first().textContent()).resolves.toBe(title);
    expect(await page.locator('.hits mark').count()).toBeGreaterThan(0);
    await page.fill('#q', '路灯');
    await page.click('.search-page .search button');
    const all = await page.locator('.hits > li').count();
    await page.click('.facets a:has-text("公告公示")');
    expect(await page.locator('.hits > li').count()).toBeLessThan(all);
    await page.click('.facets a:has-text("按时间")');
    const days = await page.locator('.hits time').allTextContents();
    expect(days).toEqual([...days].sort().reverse());
    await expect(page.getAttribute('meta[name=robots]', 'content')).resolves.toBe('noindex');
    await context.close();
  });

  test.each(['" OR *', '<script>alert(1)</script>', '路'.repeat(500), '%00', '\u202e灯'])(
    '%j is only words',
    async (q) => {
      const answer = await get(`/search?q=${encodeURIComponent(q)}`);
      expect(answer.status).toBe(200);
      expect(load(await answer.text())('script').text()).toBe('');
    },
  );

  test('where nothing is found, it helps', async () => {
    const text = await textOf(`/search?q=${encodeURIComponent('路登')}`);
    expect(text).toContain('没有找到');
    expect(text).toContain('您是不是要找');
  });
});

describe('look', () => {
  const PAGES = [
    '/news/headlines/',
    '/news/photo-news/',
    '/news/bulletin/',
    '/notices/',
    '/search?q=%E8%B7%AF%E7%81%AF',
    '/honors/',
    '/honors/1',
    '/sitemap',
    '/about/',
    '/about/integrity',
    '/feeds/',
  ];

  const KINDS = ['/news/headlines/', '/search?q=%E8%B7%AF%E7%81%AF', '/honors/1'];

  test.each([
    { view: 'standard', width: 1280, pages: PAGES },
    { view: 'elder', width: 360, pages: KINDS },
    { view: 'contrast', width: 768, pages: KINDS },
  ] as const)(
    '$view at $width: axe finds nothing, nothing scrolls sideways, nothing complains',
    async ({ pages, ...how }) => {
      const { page, context, complaints } = await visit(browser, server.origin, how);
      const faults: string[] = [];
      for (const path of [...pages, articles[0]!]) {
        await page.goto(path);
        faults.push(...(await axeFaults(page)).map((fault) => `${path} ${fault}`));
        if ((await sidewaysScroll(page)) > 0) faults.push(`${path} scrolls sideways`);
      }
      expect([...faults, ...complaints]).toEqual([]);
      await context.close();
    },
  );
});
