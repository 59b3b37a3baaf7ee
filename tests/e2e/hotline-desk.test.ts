import type { Browser, BrowserContext, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#db/schema/accounts.values.ts';
import { axeFaults, launchBrowser, sidewaysScroll, type Visitor, visit } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { startServer, type TestServer } from '../support/server.ts';

const BODY = '我叫荀子墨，电话13800135000。东门公交站旁3号楼前的路灯坏了三天，晚上看不见路。';

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

const photo = async (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: '#486' } })
    .jpeg()
    .toBuffer(),
});

const main = async (page: Page) => (await page.locator('main').textContent()) ?? '';

/** Files a complaint as anyone would, with scripts off, and gives its number. */
async function file(body = BODY): Promise<string> {
  const { context, page } = await visit(browser, server.origin, { scripts: false });
  await page.goto('/hotline/new');
  await page.fill('[name=body]', body);
  await page.selectOption('[name=place]', { index: 2 });
  await page.fill('[name=address]', '东门公交站旁');
  await page.fill('[name=name]', '荀子墨');
  await page.fill('[name=phone]', '13800135000');
  await page.setInputFiles('[name=photos]', [await photo('灯.jpg')]);
  await page.check('[name=agree]');
  await page.click('button[name=step][value=submit]');
  await page.waitForURL('**/hotline/receipt?r=**');
  const number = (await page.locator('.receipt dd').first().textContent()) ?? '';
  await context.close();
  return number;
}

/** Opens the case of a complaint from the list, as the centre finds it by the number on a receipt. */
async function openCase(page: Page, number: string, basket: string): Promise<string> {
  await page.goto(`/staff/hotline/?b=${basket}&q=${number}`);
  await page.click('.case-table tbody a');
  await page.waitForURL('**/staff/hotline/cases/**');
  return /cases\/(A\d{4}-\d+)/.exec(page.url())?.[1] ?? '';
}

/** Presses the button of one of the page's forms and waits for what it says. */
async function press(page: Page, form: string, button: string): Promise<string> {
  await page.click(`#step-${form} button:has-text("${button}")`);
  await page.waitForLoadState();
  return main(page);
}

async function accept(page: Page): Promise<void> {
  await page.selectOption('#step-accept [name=category]', 'FACILITY');
  expect(await press(page, 'accept', '受理')).toContain('已受理');
}

describe('the way of a complaint through three roles, with scripts switched off', () => {
  const desks: Partial<Record<Role, { context: BrowserContext; page: Page }>> = {};
  const at = (role: Role): Page => desks[role]!.page;
  let number = '';
  let caseNumber = '';
  const fileOf = (role: Role) => at(role).goto(`/staff/hotline/cases/${caseNumber}`);

  beforeAll(async () => {
    for (const role of ['dispatcher', 'handler', 'operator'] as const) {
      desks[role] = await openDesk(browser, server, role, { scripts: false });
    }
    number = await file();
  });
  afterAll(async () => {
    for (const desk of Object.values(desks)) await desk.context.close();
  });

  test('the centre accepts it, after seeing when it will be due, and gives it to a unit', async () => {
    const page = at('dispatcher');
    caseNumber = await openCase(page, number, 'intake');
    expect(caseNumber).toMatch(/^A\d{4}-\d{5}$/);
    expect(await main(page)).not.toMatch(/荀子墨|13800135000/);

    await page.selectOption('#step-accept [name=category]', 'FACILITY');
    await page.fill('#step-accept [name=internalText]', '看过照片');
    const tried = await press(page, 'accept', '先看期限');
    expect(tried).toContain('从提交时起算，5 个工作日');
    expect(await page.inputValue('#step-accept [name=internalText]')).toBe('看过照片');
    expect(await press(page, 'accept', '受理')).toContain('已受理');

    await page.selectOption('#step-dispatch [name=unit]', { label: '云汀市市政设施管护中心' });
    await page.fill('#step-dispatch [name=internalText]', '先断电再检修');
    const given = await press(page, 'dispatch', '派单');
    expect(given).toContain('已派单');
    expect(given).toContain('云汀市市政设施管护中心');
  });

  test('the unit signs for it and answers with a picture, never learning who complained', async () => {
    const page = at('handler');
    await page.goto('/staff/hotline/?b=sign');
    await page.click(`.case-table a[href*="${caseNumber}"]`);
    await page.waitForURL('**/staff/hotline/cases/**');
    const seen = await page.content();
    expect(/荀子墨|13800135000/.test(seen)).toBe(false);
    expect(seen.includes(number)).toBe(false);
    expect(seen.includes('先断电再检修')).toBe(true);
    expect(seen.includes('3号楼')).toBe(true);
    expect(await press(page, 'sign', '签收')).toContain('已签收');

    await page.fill('#step-answer [name=answer]', '太短');
    await page.setInputFiles('#step-answer [name=photos]', [await photo('修好.jpg')]);
    const wrong = await press(page, 'answer', '提交答复');
    expect(wrong).toContain('请选择办理结果');
    expect(await page.inputValue('#step-answer [name=answer]')).toBe('太短');
    expect(wrong).toContain('修好.jpg');

    await page.fill(
      '#step-answer [name=answer]',
      '经查，灯杆内保险烧断，已更换并试亮。再有问题请打 88001234。',
    );
    await page.check('#step-answer [name=outcome][value=fixed]');
    expect(await press(page, 'answer', '提交答复')).toContain('答复已提交');
  });

  test('the centre approves the answer and puts the case before the public, piece by piece', async () => {
    const page = at('dispatcher');
    await fileOf('dispatcher');
    expect(await main(page)).toContain('办理后');
    expect(await press(page, 'approve', '审核通过')).toContain('答复已通过');
    await page.goto(`/staff/hotline/cases/${caseNumber}?b=publish`);
    const review = page.locator('#step-review');
    await review.locator('[name=publicTitle]').fill('东门公交站旁路灯不亮');
    const after = review.locator('.photo-choices li', { hasText: '办理后的照片' });
    // The filer has not verified his phone: neither words nor pictures of his are offered.
    expect(await review.locator('[name=showWords]').count()).toBe(0);
    expect(await review.locator('[name=shown]').count()).toBe(1);
    await after.locator('[name=shown]').check();
    expect(await press(page, 'review', '公开')).toContain('请写这张照片的说明');
    expect(await page.inputValue('#step-review [name=publicTitle]')).toBe('东门公交站旁路灯不亮');
    await after.locator('[name=alt]').fill('路灯已经亮了');
    expect(await press(page, 'review', '公开')).toContain('公开页已更新');
  });

  test('the operator calls, and the case is closed', async () => {
    const page = at('operator');
    await page.goto('/staff/hotline/?b=followup');
    await page.click(`.case-table a[href*="${caseNumber}"]`);
    await page.waitForURL('**/staff/hotline/cases/**');
    await page.click('#step-reveal summary');
    await page.fill('#step-reveal [name=reason]', '回访');
    const shown = await press(page, 'reveal', '查看');
    expect(shown).toContain('13800135000');
    expect(shown).toContain('荀子墨');
    await page.reload();
    await page.goto(`/staff/hotline/cases/${caseNumber}?b=followup`);
    expect(await main(page)).not.toContain('13800135000');
    await page.check('#step-followUp [name=result][value=settled]');
    expect(await press(page, 'followUp', '登记回访')).toContain('已办结');
  });

  test('its public page shows every step, and nothing of the filer', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false });
    await page.goto(`/hotline/cases/${caseNumber}`);
    const text = await main(page);
    expect(text).toContain('东门公交站旁路灯不亮');
    for (const step of ['已提交', '已受理', '已派给承办单位', '已签收', '已答复', '办结']) {
      expect(text, step).toContain(step);
    }
    expect(text).toContain('灯杆内保险烧断');
    expect(text).toContain('88001234');
    expect(/荀子墨|13800135000|先断电再检修/.test(await page.content())).toBe(false);
    expect(await page.locator('img[alt="路灯已经亮了"]').count()).toBe(1);
    await context.close();
  });
});

describe('two people on one case', () => {
  test('the slower one is told who did what, and keeps what he typed', async () => {
    const number = await file('楼道里的消防门关不上，请派人来看。');
    const first = await openDesk(browser, server, 'dispatcher', { scripts: false });
    const second = await openDesk(browser, server, 'dispatcher', { scripts: false });
    await openCase(first.page, number, 'intake');
    await openCase(second.page, number, 'intake');

    await first.page.click('#step-ask summary');
    await first.page.fill('#step-ask [name=publicText]', '请补充是哪一栋。');
    expect(await press(first.page, 'ask', '请诉求人补充')).toContain('已请诉求人补充');

    await second.page.fill('#step-accept [name=internalText]', '已电话核实位置，三号门东侧');
    const [answer] = await Promise.all([
      second.page.waitForResponse((r) => r.request().method() === 'POST'),
      press(second.page, 'accept', '受理'),
    ]);
    expect(answer.status()).toBe(409);
    const told = await main(second.page);
    expect(told).toContain('您填写期间，这张工单有了变化');
    expect(told).toContain('热线 路遥知：请补充');
    expect(told).toContain('这一步现在不能做了');
    expect(await second.page.inputValue('#step-accept [name=internalText]')).toBe(
      '已电话核实位置，三号门东侧',
    );
    await first.context.close();
    await second.context.close();
  });

  test('where the step is still possible, it is sent once more as of the newest state', async () => {
    const number = await file('小区门口的车挡坏了。');
    const one = await openDesk(browser, server, 'dispatcher', { scripts: false });
    const other = await openDesk(browser, server, 'operator', { scripts: false });
    const caseNumber = await openCase(one.page, number, 'intake');
    await other.page.goto(`/staff/hotline/cases/${caseNumber}`);
    await other.page.click('#step-contact summary');
    await other.page.fill('#step-contact [name=words]', '已回电，说是西门');
    expect(await press(other.page, 'contact', '记下')).toContain('已记下');

    await one.page.selectOption('#step-accept [name=category]', 'FACILITY');
    expect(await press(one.page, 'accept', '受理')).toContain('热线 简宁：联系诉求人');
    expect(await one.page.inputValue('#step-accept [name=category]')).toBe('FACILITY');
    expect(await press(one.page, 'accept', '受理')).toContain('已受理');
    await one.context.close();
    await other.context.close();
  });
});

test('who takes a matter down for a caller reads out its number, and does not give it to a unit', async () => {
  const { context, page } = await openDesk(browser, server, 'operator', { scripts: false });
  await page.goto('/staff/hotline/file');
  await page.fill('[name=body]', '楼下早餐店油烟太大，开窗就呛。');
  await page.click('main button:has-text("登记")');
  expect(await main(page)).toContain('请选择所在社区');
  await page.selectOption('[name=place]', 'unknown');
  await page.fill('[name=name]', '阮宁馨');
  await page.check('[name=agree]');
  await page.click('main button:has-text("登记")');
  await page.waitForURL('**/staff/hotline/filed?n=**');
  const [number = '', code = ''] = await page.locator('.receipt dd').allTextContents();
  expect(number).toMatch(/^\d{8}-\d{6}$/);
  expect(code).toMatch(/^\d{6}$/);
  await page.click('main a:has-text("查看工单")');
  await page.waitForURL('**/staff/hotline/cases/**');
  const seen = await main(page);
  expect(seen).toContain('电话，简宁登记');
  expect(seen).not.toContain('阮宁馨');
  expect(await page.locator('#step-dispatch, #step-accept').count()).toBe(0);
  // Nobody else reads the receipt.
  const other = await openDesk(browser, server, 'dispatcher', { scripts: false });
  expect((await other.page.goto(`/staff/hotline/filed?n=${number}`))?.status()).toBe(403);
  await context.close();
  await other.context.close();
});

test('the unit’s whole work is done by keyboard', async () => {
  const number = await file('健身器材的螺丝松了，孩子在上面玩。');
  const centre = await openDesk(browser, server, 'dispatcher', { scripts: false });
  const caseNumber = await openCase(centre.page, number, 'intake');
  await accept(centre.page);
  await centre.page.selectOption('#step-dispatch [name=unit]', { label: '云汀市市政设施管护中心' });
  await press(centre.page, 'dispatch', '派单');
  await centre.context.close();

  const { context, page, complaints } = await openDesk(browser, server, 'handler');
  await page.goto('/staff/hotline/?b=sign');
  const key = (name: string, times = 1) =>
    Array.from({ length: times }).reduce<Promise<void>>(
      (before) => before.then(() => page.keyboard.press(name)),
      Promise.resolve(),
    );
  const focused = () =>
    page.evaluate(() => {
      const on = document.activeElement;
      return on
        ? `${on.getAttribute('href') ?? ''} ${on.getAttribute('name') ?? ''} ${on.textContent?.trim() ?? ''}`
        : '';
    });
  const tabTo = async (what: RegExp): Promise<void> => {
    for (let i = 0; i < 80; i++) {
      await key('Tab');
      if (what.test(await focused())) return;
    }
    throw new Error(`the keyboard never came to ${what}`);
  };
  await tabTo(new RegExp(`cases/${caseNumber}`));
  await key('Enter');
  await page.waitForURL('**/staff/hotline/cases/**');
  await tabTo(/#do/);
  await key('Enter');
  await tabTo(/签收，开始办理$/);
  await key('Enter');
  await page.waitForURL('**ok=sign**');
  await tabTo(/ answer /);
  await page.keyboard.type('已把松动的螺丝全部紧固，并检查了其余器材。');
  await tabTo(/ outcome /);
  await key('Space');
  await tabTo(/ action /);
  await page.keyboard.type('紧固 6 处');
  await tabTo(/提交答复$/);
  await key('Enter');
  await page.waitForURL('**ok=answer**');
  expect(await main(page)).toContain('答复待审核');
  expect(complaints).toEqual([]);
  await context.close();
});

describe('queue and case file', () => {
  const DESKS: (Visitor & { role: Role })[] = [
    { role: 'dispatcher', view: 'standard', width: 1280 },
    { role: 'dispatcher', view: 'elder', width: 360 },
    { role: 'handler', view: 'standard', width: 360 },
    { role: 'handler', view: 'contrast', width: 768 },
    { role: 'operator', view: 'elder', width: 1280 },
    { role: 'community', view: 'standard', width: 360 },
  ];

  test.each(DESKS)(
    'are accessible and fit the screen: $role, $view, $width px',
    async ({ role, ...visitor }) => {
      const { context, page, complaints } = await openDesk(browser, server, role, visitor);
      await page.goto('/staff/hotline/?b=all');
      const first = await page.locator('.case-table tbody a').first().getAttribute('href');
      const paths = ['/staff/hotline/', '/staff/hotline/?b=open&q=没有这样的工单', first ?? ''];
      if (role === 'operator') paths.push('/staff/hotline/file');
      for (const path of paths) {
        await page.goto(path);
        await page.evaluate(() => {
          for (const each of document.querySelectorAll('details')) each.open = true;
        });
        expect(await axeFaults(page), path).toEqual([]);
        expect(await sidewaysScroll(page), path).toBe(0);
        expect(/\sstyle="/.test(await page.content()), path).toBe(false);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test('show nothing to whom they do not belong', async () => {
    const { context, page } = await openDesk(browser, server, 'editor', { scripts: false });
    expect((await page.goto('/staff/hotline/'))?.status()).toBe(403);
    expect((await page.goto('/staff/hotline/export'))?.status()).toBe(403);
    await context.close();
    const stranger = await visit(browser, server.origin, { scripts: false });
    await stranger.page.goto('/staff/hotline/');
    expect(stranger.page.url()).toContain('/staff/sign-in');
    await stranger.context.close();
  });

  test('can be taken away as a table that no spreadsheet is attacked by', async () => {
    await file('=HYPERLINK("http://evil.example") 门口的井盖响');
    const { context, page } = await openDesk(browser, server, 'dispatcher', { scripts: false });
    await page.goto('/staff/hotline/?b=all');
    const href = await page.locator('a[download]', { hasText: 'CSV' }).getAttribute('href');
    const answer = await page.request.get(href ?? '');
    expect(answer.headers()['content-type']).toContain('text/csv');
    const text = await answer.text();
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.includes("'=HYPERLINK")).toBe(true);
    expect(/13800135000|荀子墨/.test(text)).toBe(false);
    const xlsx = await page.request.get(`${href?.replace('format=csv', 'format=xlsx')}`);
    expect((await xlsx.body()).subarray(0, 2).toString()).toBe('PK');
    await context.close();
  });

  test('print without forms', async () => {
    const { context, page } = await openDesk(browser, server, 'dispatcher');
    await page.goto('/staff/hotline/?b=open');
    await page.click('.case-table tbody a');
    await page.waitForURL('**/staff/hotline/cases/**');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#do').isVisible()).toBe(false);
    expect(await page.locator('.desk-nav').isVisible()).toBe(false);
    expect(await page.locator('#log').isVisible()).toBe(true);
    await context.close();
  });
});
