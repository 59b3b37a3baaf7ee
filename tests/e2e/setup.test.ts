import { execFileSync } from 'node:child_process';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults, launchBrowser, visit } from '../support/browser.ts';
import { settings, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ kind: 'empty', env: { DEMO: '0' } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const OWN = '邻里之间有话好好说 别吵架';

/** The command that makes the first administrators, as somebody types it while the site runs. */
const adminCreate = (): string =>
  execFileSync(process.execPath, ['db/admin-create.ts'], {
    env: settings({ DATA_DIR: server.dataDir, DEMO: '0', PORT: String(server.port) }),
    encoding: 'utf8',
  });

/** The first sign-in of an administrator: own password, authenticator. */
async function firstSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/staff/sign-in');
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('main button');
  await page.waitForURL('**/sign-in/password**');
  await page.fill('[name=password]', OWN);
  await page.fill('[name=again]', OWN);
  await page.click('main button');
  await page.waitForURL('**/sign-in/enrol**');
  const secret = (await page.textContent('.enrol-secret'))!.replace(/\s/g, '');
  await page.fill('[name=code]', new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await page.click('main form:has([name=code]) button');
  await page.waitForURL('**/staff/');
}

async function importTable(page: Page, path: string, rows: string[]): Promise<void> {
  await page.goto(path);
  const buffer = Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`);
  await page.setInputFiles('[name=file]', { name: 'table.csv', mimeType: 'text/csv', buffer });
  await page.click('button:has-text("上传并预览")');
  await page.waitForSelector('text=预览，还没有导入');
  expect(await page.textContent('main')).toContain('全部无误');
  expect(await axeFaults(page)).toEqual([]);
  await page.click('button:has-text("导入这")');
}

const lacking = async (page: Page): Promise<string[]> => {
  await page.goto('/staff/setup');
  const rows = page.locator('main table').first().locator('tbody tr', { hasText: '还缺' }).locator('th');
  return rows.allTextContents();
};

test('an empty city is set up at the desk, by hand and by table, and then takes complaints in', async () => {
  const printed = adminCreate();
  const password = (username: string) => new RegExp(`${username}\\s+初始密码 (\\S+)`).exec(printed)![1]!;
  expect(adminCreate()).toContain('没有新建');
  const sec = await visit(browser, server.origin);
  const sys = await visit(browser, server.origin);
  await firstSignIn(sec.page, 'secadmin', password('secadmin'));
  await firstSignIn(sys.page, 'sysadmin', password('sysadmin'));

  expect(await lacking(sys.page)).toEqual([
    '网站名称',
    '热线电话',
    '个人信息保存期限',
    '地域',
    '承办单位',
    '工作人员',
  ]);
  const anyone = await visit(browser, server.origin, { width: 360, scripts: false });
  await anyone.page.goto('/hotline/new');
  expect(await anyone.page.locator('[name=body]').count()).toBe(0);

  await sec.page.goto('/staff/settings/site');
  await sec.page.fill('[name=name]', '文明新城');
  await sec.page.fill('[name=hotlineNumber]', '0591-12345');
  await sec.page.fill('[name=idCode]', '123');
  await sec.page.click('button:has-text("保存")');
  expect(await sec.page.textContent('.error-summary')).toContain('网站标识码是 10 位数字');
  expect(await sec.page.inputValue('[name=name]')).toBe('文明新城');
  await sec.page.fill('[name=idCode]', '3501000001');
  await sec.page.click('button:has-text("保存")');
  await sec.page.waitForURL('**/staff/settings/?ok=saved');
  await sec.page.goto('/staff/settings/retention');
  await sec.page.check('[name=confirmed]');
  await sec.page.click('button:has-text("保存")');
  await sec.page.waitForURL('**/staff/settings/?ok=saved');

  await importTable(sys.page, '/staff/places/import', [
    '层级,编码,名称,上级编码',
    '市,350100,新城市,',
    '区,350102,东区,350100',
    '街道,350102001,一街道,350102',
    '社区,350102001001,一社区,350102001',
  ]);
  await sys.page.waitForURL('**/staff/places/?ok=imported');
  expect(await sys.page.textContent('main')).toContain('一社区');
  await importTable(sys.page, '/staff/units/import', [
    '编码,类型,名称,所属地域编码',
    'U1,部门,市政局,350100',
  ]);
  await sys.page.waitForURL('**/staff/units/?ok=imported');
  expect(await lacking(sys.page)).toEqual(['工作人员']);
  await importTable(sys.page, '/staff/accounts/import', [
    '用户名,姓名,单位编号,角色,地域编号,事项编号',
    'paidan,路遥,,派单员,350100,',
    'chengban,桑川,U1,承办员,350100,',
  ]);
  await sys.page.waitForSelector('text=初始密码只显示这一次');
  expect(await sys.page.locator('tbody tr').count()).toBe(2);
  expect(await lacking(sys.page)).toEqual([]);

  await anyone.page.goto('/hotline/new');
  expect(await anyone.page.locator('[name=body]').count()).toBe(1);
  expect(await anyone.page.title()).toContain('文明新城');
  await anyone.page.goto('/communities/');
  expect(await anyone.page.textContent('main')).toContain('一社区');
  expect(await anyone.page.locator('meta[name=SiteIDCode]').getAttribute('content')).toBe('3501000001');
  expect(await anyone.page.textContent('body')).not.toContain('演示站点');
  for (const { context, complaints } of [sec, sys, anyone]) {
    expect(complaints).toEqual([]);
    await context.close();
  }
}, 180_000);
