import type { Browser, BrowserContext, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, type Visitor, visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { demoAccount } from '../support/sign-in.ts';

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

const picture = async (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1800, height: 1200, channels: 3, background: '#2E6B4F' } })
    .jpeg()
    .toBuffer(),
});

/** A colleague at the desk, signed in. */
async function colleague(
  role: string,
  how: Visitor = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const { username, password } = demoAccount(server.dataDir, role);
  const at = await visit(browser, server.origin, how);
  await at.page.goto('/staff/sign-in');
  await at.page.fill('[name=username]', username);
  await at.page.fill('[name=password]', password);
  await at.page.click('main form button');
  await at.page.waitForURL((url) => !url.pathname.includes('sign-in'));
  return at;
}

async function begin(page: Page, title: string): Promise<string> {
  await page.goto('/staff/news/new');
  await page.selectOption('[name=columnId]', 'headlines');
  await page.fill('[name=title]', title);
  await page.click('main form button');
  await page.waitForURL('**/edit');
  return new URL(page.url()).pathname.replace('/edit', '/');
}

const everywhere = async (title: string): Promise<Record<string, boolean>> => {
  const paths = {
    home: '/',
    column: '/news/headlines/',
    feed: '/feeds/headlines.xml',
    search: `/search?q=${encodeURIComponent(title)}`,
    // The site map holds no titles: an article is there or not by its count.
  };
  const found = Object.entries(paths).map(async ([name, path]) => {
    const text = (await (await fetch(server.origin + path)).text()).replaceAll(/<\/?mark>/g, '');
    return [name, text.replace(/value="[^"]*"/g, '').includes(title)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
};

const NOWHERE = { home: false, column: false, feed: false, search: false };
const EVERYWHERE = { home: true, column: true, feed: true, search: true };

describe('an article from the first word to the front page', () => {
  test('written with the rich editor, kept while typing, published by another person', async () => {
    const title = '三百盏楼道灯重新亮起';
    const { page, complaints } = await colleague('editor');
    const here = await begin(page, title);
    const text = page.locator('.ProseMirror');
    await text.click();
    await page.keyboard.type('入冬以来，市路灯所逐栋登记。');
    await page.keyboard.press('Enter');
    await page.click('.editor-bar >> text="标题"');
    await page.keyboard.type('先登记，再动手');
    await page.keyboard.press('Enter');
    await page.click('.editor-bar >> text="图片"');
    await page.setInputFiles('.editor-panel input[type=file]', await picture('灯.jpg'));
    await page.click('.editor-panel >> text="插入图片"');
    await expect(page.textContent('.editor-panel .problem')).resolves.toBe('请写图片说明。');
    await page.fill('#panel-alt', '夜里亮着的楼道灯');
    await page.click('.editor-panel >> text="插入图片"');
    await text.locator('img').waitFor();
    await page.waitForFunction(
      () => document.querySelector('[data-autosave]')?.textContent?.includes('已自动保存'),
      null,
      { timeout: 30_000 },
    );

    // The browser is closed without a word: what was typed is offered again.
    await page.reload();
    await expect(page.textContent('main')).resolves.toMatch(/自动保存的内容/);
    await text.locator('img').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.click('text="保存并提交审核"');
    await page.waitForURL(`**${here}`);
    expect(await everywhere(title)).toEqual(NOWHERE);
    expect(await page.locator('button:has-text("发布")').count()).toBe(0);
    expect(complaints).toEqual([]);

    const other = await colleague('approver');
    await other.page.goto('/staff/news/review');
    await other.page.click(`text=${title}`);
    expect(await axeFaults(other.page)).toEqual([]);
    await other.page.click('.decision >> button:has-text("发布")');
    await other.page.waitForURL('**?ok=published');
    expect(await everywhere(title)).toEqual(EVERYWHERE);

    const reader = await visit(browser, server.origin, { scripts: false });
    await reader.page.goto('/');
    await reader.page.click(`text=${title}`);
    const address = reader.page.url();
    const src = await reader.page.getAttribute('.prose img', 'src');
    const image = await fetch(server.origin + src);
    expect(image.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(image.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");

    await other.page.fill('[name=reason]', '数字有误');
    await other.page.click('.decision >> button:has-text("撤下")');
    await other.page.waitForURL('**?ok=withdrawn');
    expect(await everywhere(title)).toEqual(NOWHERE);
    const gone = await fetch(address);
    expect(gone.status).toBe(410);
    await expect(gone.text()).resolves.toContain('数字有误');
    const hidden = await fetch(server.origin + src, { redirect: 'manual' });
    expect(hidden.status).toBe(303);
    await Promise.all([page.context().close(), other.context.close(), reader.context.close()]);
  }, 120_000);

  test('written, illustrated and handed in without scripts, on a phone', async () => {
    const title = '没有脚本也能发稿';
    const { page, context } = await colleague('editor', { scripts: false, width: 360 });
    const here = await begin(page, title);
    await page.fill('[name=bodyHtml]', '第一段，平实的文字。\n\n第二段，带一个 < 号。');
    await page.click('button[name=step][value=save]');
    await page.waitForURL('**?saved=1');
    await expect(page.inputValue('[name=bodyHtml]')).resolves.toBe(
      '<p>第一段，平实的文字。</p>\n<p>第二段，带一个 &lt; 号。</p>',
    );
    await page.setInputFiles('[name=cover]', {
      name: '画.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    });
    await page.fill('#cover-alt', '街景');
    await page.click('button:has-text("保存封面")');
    await expect(page.textContent('.error-summary')).resolves.toMatch(/JPG、PNG 或 WebP/);
    await expect(page.inputValue('#cover-alt')).resolves.toBe('街景');
    await page.setInputFiles('[name=cover]', await picture('街.jpg'));
    await page.click('button:has-text("保存封面")');
    await page.waitForURL('**?saved=1');
    await page.setInputFiles('[name=files]', [
      { name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from('序号,姓名\n1,甲\n') },
      { name: '程序.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\0') },
    ]);
    await page.click('button:has-text("上传附件")');
    await expect(page.textContent('.error-summary')).resolves.toMatch(/程序\.pdf/);
    await page.click('button:has-text("上传附件")');
    await expect(page.textContent('main .rows')).resolves.toMatch(/名单\.csv/);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.click('button[name=step][value=submit]');
    await page.waitForURL(`**${here}`);
    await expect(page.textContent('.page-head')).resolves.toMatch(/待审核/);
    await context.close();
  });

  test('one sent back by two at once is told so; what was typed stays', async () => {
    const { page, context } = await colleague('editor', { scripts: false });
    const here = await begin(page, '两个窗口');
    const second = await context.newPage();
    await second.goto(`${here}edit`);
    await second.fill('[name=title]', '第二个窗口先存');
    await second.click('button[name=step][value=save]');
    await second.waitForURL('**?saved=1');
    await page.fill('[name=title]', '第一个窗口后存');
    await page.click('button[name=step][value=save]');
    await expect(page.textContent('.error-summary')).resolves.toMatch(/改过/);
    await expect(page.inputValue('[name=title]')).resolves.toBe('第一个窗口后存');
    await context.close();
  });
});
