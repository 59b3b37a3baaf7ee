import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, visit } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

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

const picture = (name: string) => fileURLToPath(new URL(`../../public/scenes/${name}.png`, import.meta.url));

/** A member of staff at his desk, without scripts. */
async function atDesk(role: string, width = 1280): Promise<Page> {
  const { accounts } = JSON.parse(readFileSync(`${server.dataDir}/demo-accounts.json`, 'utf8')) as {
    accounts: { username: string; password: string; role: string }[];
  };
  const account = accounts.find((one) => one.role === role);
  if (!account) throw new Error(`no account for ${role}`);
  const { page } = await visit(browser, server.origin, { scripts: false, width });
  page.setDefaultTimeout(8000);
  await page.goto('/staff/sign-in');
  await page.locator('input[name=username]').fill(account.username);
  await page.locator('input[name=password]').fill(account.password);
  await page.getByRole('button', { name: '登录' }).click();
  return page;
}

async function fillNotice(page: Page): Promise<void> {
  await page.getByLabel('事项').selectOption('PILE');
  const community = page.getByLabel('所在社区');
  await community.selectOption(
    await community.locator('option', { hasText: '槐荫社区' }).first().getAttribute('value'),
  );
  await page.getByLabel('点位').fill('槐荫里 3 号楼一单元楼道');
  await page.getByLabel('问题描述').fill('楼道堆放纸箱和旧家具，通道只剩半米宽。');
  await page.getByLabel('整改前照片').setInputFiles(picture('corridor-before'));
  await page.getByLabel('依据').fill('门前三包责任书');
  await page.getByLabel('条款').fill('第三条 不占用公共楼道');
  await page.getByLabel('整改要求').fill('清空楼道，恢复通道。');
  await page.getByLabel('名称或姓名').fill('槐荫杂货店');
  await page.getByLabel('地址').fill('槐荫里 3 号楼底商');
}

/** What every page of the way is held to; measured with scripts, in a browser that holds the same cookies. */
async function sound(of: Page, path = of.url()): Promise<void> {
  const { width = 1280, height = 800 } = of.viewportSize() ?? {};
  const context = await browser.newContext({
    storageState: await of.context().storageState(),
    viewport: { width, height },
    locale: 'zh-CN',
  });
  const page = await context.newPage();
  await page.goto(new URL(path, server.origin).href);
  expect(await axeFaults(page), path).toEqual([]);
  expect(await sidewaysScroll(page), path).toBe(0);
  await context.close();
}

test('a notice is issued, printed as two copies on one sheet, answered by its party without scripts, signed off by another', {
  timeout: 150_000,
}, async () => {
  const desk = await atDesk('handler');
  await desk.goto('/staff/rectification/');
  expect(await desk.locator('main').textContent()).toContain('还没有整改通知单');
  await desk.goto('/staff/rectification/new');
  // What is missing is said beside its field, and the rest stays as typed.
  await fillNotice(desk);
  await desk.getByLabel('条款').fill('');
  await desk.getByRole('button', { name: '开具', exact: true }).click();
  expect(await desk.locator('#f-clause-error').textContent()).toContain('条款');
  expect(await desk.getByLabel('点位').inputValue()).toBe('槐荫里 3 号楼一单元楼道');
  await sound(desk);
  await desk.getByLabel('条款').fill('第三条 不占用公共楼道');
  await desk.getByRole('button', { name: '开具', exact: true }).click();
  const heading = (await desk.locator('h1').textContent()) ?? '';
  const number = /Z\d{4}-\d{4}-\d{5}/.exec(heading)?.[0] ?? '';
  expect(number).toMatch(/-00001$/);
  const notice = new URL(desk.url()).pathname;
  await sound(desk);

  await desk.getByRole('link', { name: '打印两联' }).click();
  expect(await desk.locator('.copy').count()).toBe(2);
  expect(await desk.locator('.copy svg').count()).toBe(2);
  const [copyA, copyB] = [desk.getByLabel('甲联', { exact: true }), desk.getByLabel('乙联', { exact: true })];
  const code = /\d{6}/.exec((await copyB.locator('.copy-code').textContent()) ?? '')?.[0] ?? '';
  expect(await copyA.textContent()).not.toContain(code);
  for (const copy of [copyA, copyB]) expect(await copy.textContent()).toContain(number);
  const sheet = await desk.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await sound(desk);

  const shop = (await visit(browser, server.origin, { scripts: false, width: 360 })).page;
  await shop.goto(`/notice/?number=${number}&code=999999`);
  await shop.getByRole('button', { name: '打开' }).click();
  expect(await shop.locator('main').textContent()).toContain('编号或查看码不对');
  await shop.goto(`/notice/?${new URLSearchParams({ number, code })}`);
  await sound(shop);
  await shop.getByRole('button', { name: '打开' }).click();
  expect(await shop.locator('main').textContent()).toContain('清空楼道，恢复通道。');
  expect(
    await shop
      .locator('.pair img')
      .evaluateAll((all: HTMLImageElement[]) => all.map((one) => one.src.includes('/notice/photo/'))),
  ).toEqual([true]);
  await sound(shop);
  await shop.getByLabel('签收人姓名').fill('何店主');
  await shop.getByRole('button', { name: '确认收到' }).click();
  await shop.getByLabel('整改情况').fill('纸箱和旧家具都清走了，通道已经恢复。');
  await shop.getByRole('button', { name: '提交整改结果' }).click();
  expect(await shop.locator('main').textContent()).toContain('请选择整改后的照片');
  expect(await shop.getByLabel('整改情况').inputValue()).toContain('通道已经恢复');
  await sound(shop);
  await shop.getByLabel('整改后的照片').setInputFiles(picture('corridor-after'));
  await shop.getByRole('button', { name: '提交整改结果' }).click();
  expect(await shop.locator('main').textContent()).toContain('整改结果已提交');
  const photo = await shop.locator('.pair img').first().getAttribute('src');
  expect((await shop.request.get(photo ?? '')).status()).toBe(200);
  const stranger = (await visit(browser, server.origin, { scripts: false })).page;
  expect((await stranger.request.get(photo ?? '')).status()).toBe(404);

  await desk.goto(notice);
  expect(await desk.getByRole('button', { name: '提交复查结果' }).count()).toBe(0);
  const inspector = await atDesk('inspector', 360);
  await inspector.goto(notice);
  const pair = inspector.locator('.pair img');
  expect(await pair.count()).toBe(2);
  for (const one of await pair.all()) {
    expect((await inspector.request.get((await one.getAttribute('src')) ?? '')).status()).toBe(200);
  }
  await sound(inspector);
  await inspector.getByLabel('通过，销号').check();
  await inspector.getByRole('button', { name: '提交复查结果' }).click();
  expect(await inspector.locator('main').textContent()).toContain('复查通过，已销号');
  expect(await inspector.locator('main').textContent()).toContain('第 3 次');
  await sound(inspector);

  await shop.goto('/notice/');
  expect(await shop.locator('main').textContent()).toContain('复查通过，已经销号');
  await shop.getByRole('button', { name: /关闭/ }).click();
  await shop.goto('/notice/');
  expect(await shop.getByRole('button', { name: '打开' }).count()).toBe(1);

  const csv = await desk.request.get('/staff/rectification/export?format=csv');
  expect(await csv.text()).toContain(number);
  for (const path of [
    '/staff/rectification/',
    '/staff/rectification/?q=nothing',
    '/staff/rectification/new',
    '/staff/',
  ]) {
    await sound(desk, path);
  }
  await inspector.goto('/staff/rectification/today');
  expect(await inspector.locator('main').textContent()).toContain('今天没有要回头看的点位');
  await shop.goto('/notice/statistics');
  expect(await shop.locator('main').textContent()).toContain('整改率＝');
  await sound(shop);
});

test('as much as may be written still stands on one sheet', { timeout: 120_000 }, async () => {
  const desk = await atDesk('inspector');
  await desk.goto('/staff/rectification/new');
  await fillNotice(desk);
  const fill = async (label: string, text: string): Promise<void> => {
    const field = desk.getByLabel(label);
    const most = Number(await field.getAttribute('maxlength'));
    await field.fill(text.repeat(most).slice(0, most));
  };
  await fill('点位', '槐荫里三号楼');
  await fill('问题描述', '楼道堆放纸箱和旧家具，');
  await fill('依据', '门前三包责任书');
  await fill('条款', '不占用公共楼道');
  await fill('整改要求', '清空楼道恢复通道，');
  await fill('名称或姓名', '槐荫杂货店');
  await fill('地址', '槐荫里三号楼底商');
  await desk.getByLabel('开具单位').selectOption({ index: 1 });
  await desk.getByRole('button', { name: '开具', exact: true }).click();
  await desk.getByRole('link', { name: '打印两联' }).click();
  const sheet = await desk.pdf({ preferCSSPageSize: true });
  expect(sheet.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
