import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, visit } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
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

interface Demo {
  username: string;
  password: string;
  role: string;
  totpSecret: string;
}
const accountOf = (role: string): Demo => {
  const file = readFileSync(join(server.dataDir, 'demo-accounts.json'), 'utf8');
  return (JSON.parse(file) as { accounts: Demo[] }).accounts.find((one) => one.role === role)!;
};
const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead });

/** Goes on with Tab until a field of that name has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`no way to ${selector} by keyboard`);
}

async function signIn(page: Page, role: string): Promise<void> {
  const { username, password, totpSecret } = accountOf(role);
  await page.goto('/staff/sign-in');
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('main button');
  if (totpSecret) {
    await page.waitForURL('**/sign-in/code**');
    await page.fill('[name=code]', codeOf(totpSecret));
    await page.click('main button');
  }
  await page.waitForURL('**/staff/');
}

async function whole(page: Page): Promise<void> {
  expect(await axeFaults(page), page.url()).toEqual([]);
  expect(await sidewaysScroll(page), page.url()).toBe(0);
}

describe('staff', () => {
  test('sign in by keyboard alone, without scripts, with a second factor, and out again', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false });
    const { username, password, totpSecret } = accountOf('auditor');
    await page.goto('/staff/audit');
    expect(page.url()).toContain('/staff/sign-in?back=%2Fstaff%2Faudit');
    const focus = async (selector: string) => {
      // Without scripts nothing can be asked of the page: the driver looks which element has the focus.
      for (let i = 0; i < 40; i += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      }
      throw new Error(`no way to ${selector}`);
    };
    await focus('[name=username]');
    await page.keyboard.type(username);
    await focus('[name=password]');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/code**');
    await focus('[name=code]');
    await page.keyboard.type(codeOf(totpSecret));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/staff/audit');
    expect(await page.textContent('h1')).toBe('操作日志');
    await focus('form[action="/staff/sign-out"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/staff/sign-in?ok=out');
    await page.goto('/staff/audit');
    expect(page.url()).toContain('/staff/sign-in');
    await context.close();
  });

  test('a wrong password is said beside the field, in words, and the focus is on what is wrong', async () => {
    const { context, page } = await visit(browser, server.origin, { width: 360 });
    await page.goto('/staff/sign-in');
    await tabTo(page, '[name=username]');
    await page.keyboard.type('nobody');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    const [answer] = await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(answer?.status()).toBe(422);
    expect(await page.textContent('form:has([name=password]) .error')).toContain('用户名或密码不对');
    expect(await page.inputValue('[name=username]')).toBe('nobody');
    expect(await page.inputValue('[name=password]')).toBe('');
    await whole(page);
    await context.close();
  });

  test('a new administrator: made by another, own password, authenticator, desk', async () => {
    const desk = await visit(browser, server.origin);
    await signIn(desk.page, 'sysAdmin');
    await desk.page.goto('/staff/accounts/new');
    await whole(desk.page);
    await desk.page.fill('[name=name]', '新审计');
    await desk.page.fill('[name=username]', 'New.Auditor');
    await desk.page.selectOption('[name=role]', 'auditor');
    await desk.page.selectOption('[name=placeId]', { label: '云汀市' });
    await desk.page.click('main form button:has-text("建账号")');
    const password = (await desk.page.textContent('.enrol-secret'))!.trim();
    await desk.context.close();

    const { context, page } = await visit(browser, server.origin, { width: 360, view: 'elder' });
    await page.goto('/staff/sign-in');
    await page.fill('[name=username]', 'new.auditor');
    await page.fill('[name=password]', password);
    await page.click('main button');
    await page.waitForURL('**/sign-in/password**');
    await whole(page);
    await page.fill('[name=password]', '槐树下说事 第二个周四晚');
    await page.fill('[name=again]', '槐树下说事 第二个周四晚');
    await page.click('main button');
    await page.waitForURL('**/sign-in/enrol**');
    await whole(page);
    const secret = (await page.textContent('.enrol-secret'))!.replace(/\s/g, '');
    expect(await page.locator('.enrol-picture svg').isVisible()).toBe(true);
    await page.fill('[name=code]', codeOf(secret));
    await page.click('main form:has([name=code]) button');
    await page.waitForURL('**/staff/');
    await page.goto('/staff/accounts/');
    expect(await page.textContent('h1')).toBe('没有权限');
    await context.close();
  });
});

describe('residents', () => {
  test('sign in with phone and code, call a community theirs, and sign out; without scripts', async () => {
    const { context, page } = await visit(browser, server.origin, { width: 360, scripts: false });
    await page.goto('/account/');
    expect(page.url()).toContain('/account/sign-in');
    await page.fill('[name=phone]', '138 0013 8000');
    await page.click('main form button');
    await page.waitForURL('**/sign-in?step=code**');
    expect(await page.textContent('main')).toContain('138****8000');
    expect(page.url()).not.toContain('8000');

    const desk = await openDesk(browser, server, 'operator');
    await desk.page.goto('/staff/outbox?template=code');
    const words = (await desk.page.textContent('main tbody tr'))!;
    expect(words).toContain('138****8000');
    const code = /验证码(\d{6})/.exec(words)![1]!;
    await desk.context.close();

    await page.fill('[name=code]', '000000');
    await page.click('main form:has([name=code]) button');
    expect(await page.textContent('form:has([name=code]) .error')).toContain('还可以试 4 次');
    await page.fill('[name=code]', code);
    await page.check('[name=publicComputer]');
    await page.click('main form:has([name=code]) button');
    await page.waitForURL('**/account/');
    expect(await page.textContent('.lede')).toContain('138****8000');
    await page.selectOption('[name=community]', { label: '槐荫社区' });
    await page.click('form:has([name=community]) button');
    await page.waitForURL('**/account/?ok=community**');
    await page.goto('/hotline/new');
    expect(await page.locator('[name=place] option:checked').textContent()).toBe('槐荫社区');
    await page.goto('/account/');
    await page.click('form[action="/account/sign-out"] button');
    await page.waitForURL('**/account/sign-in?ok=out');
    await context.close();
  });

  test('a community is called one’s own without signing in, and the complaint form begins with it', async () => {
    const { context, page } = await visit(browser, server.origin, { width: 360, scripts: false });
    await page.goto('/communities/?q=盐仓');
    await page.click('main a:has-text("盐仓社区")');
    expect(await page.textContent('h1')).toBe('盐仓社区');
    await page.click('button:has-text("设为我的社区")');
    await page.waitForURL('**/mine-saved');
    await page.click('main a:has-text("提交诉求")');
    expect(await page.locator('[name=place] option:checked').textContent()).toBe('盐仓社区');
    await context.close();
  });
});

describe('the pages of people and places', () => {
  test.each([
    [
      'sysAdmin',
      [
        '/staff/',
        '/staff/accounts/',
        '/staff/accounts/2',
        '/staff/accounts/import',
        '/staff/places/',
        '/staff/places/4',
        '/staff/places/new?under=4',
        '/staff/places/import',
        '/staff/places/duties/',
        '/staff/places/duties/4',
        '/staff/units/',
        '/staff/units/new',
        '/staff/units/3',
        '/staff/outbox',
        '/staff/me/',
        '/staff/me/password',
        '/staff/me/totp',
        '/staff/setup',
      ],
    ],
    [
      'secAdmin',
      [
        '/staff/',
        '/staff/settings/',
        '/staff/settings/site',
        '/staff/settings/privacy',
        '/staff/settings/hotline',
        '/staff/settings/accounts',
        '/staff/settings/calendar/',
        '/staff/settings/calendar/import',
        '/staff/settings/categories/',
        '/staff/settings/categories/MANHOLE',
      ],
    ],
    ['auditor', ['/staff/', '/staff/audit', '/staff/audit/sign-ins']],
  ])(
    'of the %s are accessible in large type on a phone, and hold together when wide',
    async (role, paths) => {
      const { context, page, complaints } = await visit(browser, server.origin, {
        width: 360,
        view: 'elder',
      });
      await signIn(page, role);
      for (const path of paths) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
        await whole(page);
        await page.setViewportSize({ width: 1280, height: 800 });
        expect(await sidewaysScroll(page), path).toBe(0);
        await page.setViewportSize({ width: 360, height: 640 });
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
    180_000,
  );

  test('public ones too, in every view', async () => {
    for (const visitor of [
      { width: 1280 },
      { width: 360, view: 'elder' as const },
      { width: 768, view: 'contrast' as const },
    ]) {
      const { context, page, complaints } = await visit(browser, server.origin, visitor);
      for (const path of [
        '/communities/',
        '/communities/4/',
        '/communities/4/mine-saved',
        '/account/sign-in',
        '/staff/sign-in',
      ]) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
        await whole(page);
      }
      expect(complaints).toEqual([]);
      await context.close();
    }
  }, 120_000);
});
