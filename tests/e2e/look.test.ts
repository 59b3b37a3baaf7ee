import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, type Visitor, visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PAGES = [
  '/staff/style',
  '/staff/style/home',
  '/staff/style/article',
  '/staff/style/desk',
  '/nothing-here',
];
const VISITORS: Visitor[] = [
  { view: 'standard', width: 1280 },
  { view: 'standard', width: 360 },
  { view: 'elder', width: 1280 },
  { view: 'elder', width: 360 },
  { view: 'contrast', width: 768 },
];

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ kind: 'demo' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('every component and layout', () => {
  test.each(VISITORS)('is accessible and keeps to the policy: $view, $width px', async (visitor) => {
    const { context, page, complaints } = await visit(browser, server.origin, visitor);
    for (const path of PAGES) {
      await page.goto(path);
      expect(await axeFaults(page), path).toEqual([]);
      expect(await sidewaysScroll(page), path).toBe(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each([
    ['320 px wide', 320, 1],
    ['360 px wide with doubled text', 360, 2],
    ['1280 px wide with doubled text', 1280, 2],
  ])('needs no sideways scrolling when %s', async (_, width, factor) => {
    const { context, page } = await visit(browser, server.origin, { width });
    for (const path of PAGES) {
      await page.goto(path);
      await page.evaluate(
        (size) => {
          document.documentElement.style.fontSize = size;
        },
        `${106.25 * factor}%`,
      );
      expect(await sidewaysScroll(page), path).toBe(0);
    }
    await context.close();
  });

  test('carries no style attribute, no inline script, nothing of another host', async () => {
    for (const path of PAGES) {
      const html = await (await fetch(server.origin + path)).text();
      expect(html, path).not.toMatch(/\sstyle="/);
      expect(html, path).not.toMatch(/<script(?![^>]*\bsrc="\/)/);
    }
  });
});

describe('关怀版', () => {
  test('is chosen and left with scripts off, and stays on the page and on the next ones', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false });
    await page.goto('/staff/style/article');
    await page.getByRole('button', { name: '关怀版' }).click();
    expect(new URL(page.url()).pathname).toBe('/staff/style/article');
    await page.goto('/staff/style/home');
    expect(await page.locator('html').getAttribute('data-view')).toBe('elder');
    await page.getByRole('button', { name: '退出关怀版' }).click();
    expect(await page.locator('html').getAttribute('data-view')).toBe('standard');
    await context.close();
  });

  test('has letters of 18 px and more, and targets of 60 px', async () => {
    const { context, page } = await visit(browser, server.origin, { view: 'elder', width: 360 });
    for (const path of PAGES) {
      await page.goto(path);
      const found = await page.evaluate(() => {
        const seen = [...document.querySelectorAll<HTMLElement>('body *')].filter(
          (one) =>
            one.offsetParent !== null &&
            [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
        );
        const targets =
          '.btn, .tile, .nav a, .views button, .input:not([type=file]), .pager a, .reading button, .search button, .choice label';
        return {
          letters: seen
            .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 18)
            .map((one) => one.className),
          lines: seen
            .filter((one) => {
              const { lineHeight, fontSize } = getComputedStyle(one);
              return (
                !one.closest('svg, .seal, button') &&
                Number.parseFloat(lineHeight) < 1.29 * Number.parseFloat(fontSize)
              );
            })
            .map((one) => one.className),
          targets: [...document.querySelectorAll<HTMLElement>(targets)]
            .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 59.5)
            .map((one) => `${one.className} ${one.textContent}`),
        };
      });
      expect(found, path).toEqual({ letters: [], lines: [], targets: [] });
    }
    await context.close();
  });
});

describe('reading', () => {
  test('by keyboard: the skip link comes first and leads into the text, the focus is seen', async () => {
    const { context, page } = await visit(browser, server.origin);
    await page.goto('/staff/style/article');
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    expect(await skip.textContent()).toBe('跳到正文');
    expect(await skip.evaluate((one: HTMLElement) => getComputedStyle(one).outlineWidth)).toBe('3px');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').evaluate((one: HTMLElement) => one.closest('main') !== null)).toBe(
      true,
    );
    await context.close();
  });

  test('the size of the text is chosen, and kept for the next article', async () => {
    const { context, page } = await visit(browser, server.origin);
    await page.goto('/staff/style/article');
    const size = () =>
      page
        .locator('.prose')
        .evaluate((one: HTMLElement) => Number.parseFloat(getComputedStyle(one).fontSize));
    const before = await size();
    await page.getByRole('button', { name: '大', exact: true }).click();
    expect(await size()).toBeGreaterThan(before);
    await page.reload();
    expect(await size()).toBeGreaterThan(before);
    await context.close();
  });

  test('printed, an article is text alone, black on white, also from the high-contrast view', async () => {
    const { context, page } = await visit(browser, server.origin, { view: 'contrast' });
    await page.goto('/staff/style/article');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.nav', '.strip', '.crumbs', '.reading', '.colophon', '.siblings', '.ribbon']) {
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    }
    const ink = await page
      .locator('.prose p')
      .first()
      .evaluate((one: HTMLElement) => getComputedStyle(one).color);
    expect(ink).toBe('rgb(0, 0, 0)');
    await context.close();
  });

  test('an article is set by the book: two cells of indent, lines of 1.7 to 2', async () => {
    const { context, page } = await visit(browser, server.origin);
    await page.goto('/staff/style/article');
    const set = await page
      .locator('.prose p')
      .first()
      .evaluate((one: HTMLElement) => {
        const { fontSize, lineHeight, textIndent } = getComputedStyle(one);
        const size = Number.parseFloat(fontSize);
        return { indent: Number.parseFloat(textIndent) / size, line: Number.parseFloat(lineHeight) / size };
      });
    expect(set.indent).toBeCloseTo(2);
    expect(set.line).toBeGreaterThanOrEqual(1.7);
    expect(set.line).toBeLessThanOrEqual(2);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await context.close();
  });
});

describe('weight', () => {
  const built = new URL('../../dist/client/_astro/', import.meta.url);
  const compressed = (name: string) => brotliCompressSync(readFileSync(new URL(name, built))).length;

  test('all style sheets together stay under 12 KB, the script of a reading page under 2 KB', async () => {
    const sheets = readdirSync(built).filter((name) => name.endsWith('.css'));
    expect(sheets.reduce((sum, name) => sum + compressed(name), 0)).toBeLessThan(12 * 1024);
    const html = await (await fetch(`${server.origin}/staff/style/article`)).text();
    const entries = [...html.matchAll(/<script[^>]*src="\/_astro\/([^"]+)"/g)].map(([, name]) => name!);
    const inner = entries.flatMap((name) =>
      [...readFileSync(new URL(name, built), 'utf8').matchAll(/["']\.\/([^"']+\.js)["']/g)].map(
        ([, file]) => file!,
      ),
    );
    const scripts = [...new Set([...entries, ...inner])];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, name) => sum + compressed(name), 0)).toBeLessThan(2 * 1024);
  });

  test('no rule in them needs a browser younger than Chrome 74 and Safari 13', () => {
    const sheets = readdirSync(built).filter((name) => name.endsWith('.css'));
    const css = sheets.map((name) => readFileSync(new URL(name, built), 'utf8')).join('\n');
    const young =
      /(?<![\w-])(?:inset|aspect-ratio|gap|row-gap|column-gap|(?:margin|padding)-(?:inline|block)\w*):|:(?:is|where|has)\(|(?<![\w-])(?:clamp|min|max)\(|@container|@layer|&/g;
    expect([...css.matchAll(young)].map(([found]) => found)).toEqual([]);
  });
});
