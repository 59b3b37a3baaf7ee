import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, launchBrowser, sidewaysScroll, visit } from '../support/browser.ts';
import { dataFolder, startServer, type TestServer } from '../support/server.ts';
import { hiddenFields, Visitor } from '../support/visitor.ts';

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

const photo = (name: string, width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: '#6a8' } })
    .jpeg()
    .toBuffer()
    .then((buffer) => ({ name, mimeType: 'image/jpeg', buffer }));

const BODY = '东门公交站旁的路灯坏了三天，晚上看不见路，希望尽快修好。';

async function fillIn(page: Page, body = BODY): Promise<void> {
  await page.goto('/hotline/new');
  await page.fill('[name=body]', body);
  await page.selectOption('[name=place]', { index: 2 });
  await page.check('[name=agree]');
}

const submit = (page: Page) => page.click('button[name=step][value=submit]');

/** Number and code as the receipt shows them. */
async function receiptOf(page: Page): Promise<{ number: string; code: string }> {
  await page.waitForURL('**/hotline/receipt?r=**');
  const [number = '', code = ''] = await page.locator('.receipt dd').allTextContents();
  expect(number).toMatch(/^\d{8}-\d{6}$/);
  expect(code).toMatch(/^\d{6}$/);
  return { number, code };
}

describe('with scripts switched off', () => {
  test('a complaint is filed with pictures, its receipt read, its progress followed and added to', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false, width: 360 });
    await fillIn(page);
    await page.fill('[name=phone]', '138 0013 8000');
    await page.setInputFiles('[name=photos]', [await photo('一.jpg'), await photo('二.jpg')]);
    await submit(page);
    const { number, code } = await receiptOf(page);
    await expect(page.locator('.steps-ahead').textContent()).resolves.toMatch(/当天，热线告诉您是否受理/);
    expect(await page.content()).not.toContain('13800138000');
    expect(await sidewaysScroll(page)).toBe(0);

    await page.goto('/hotline/track');
    await page.fill('[name=number]', number.replace('-', ' '));
    await page.fill('[name=code]', code);
    await page.click('main button:has-text("查询")');
    await expect(page.locator('h1').textContent()).resolves.toContain('东门公交站旁');
    await expect(page.locator('.facts').textContent()).resolves.toContain('已收到 2 张');

    await page.fill('[name=words]', '补充：是站牌左边那一盏。');
    await page.setInputFiles('[name=photos]', [await photo('三.jpg')]);
    await page.click('button:has-text("补充")');
    await page.waitForURL('**/hotline/track?ok=added#steps');
    await expect(page.locator('.timeline').textContent()).resolves.toContain('站牌左边那一盏');
    await expect(page.locator('.facts').textContent()).resolves.toContain('已收到 3 张');

    await page.check('[name=sure]');
    await page.click('button:has-text("撤回")');
    await page.waitForURL('**/hotline/track?ok=withdrawn');
    await expect(page.locator('.page-head').textContent()).resolves.toContain('已撤回');
    await page.click('button:has-text("退出查询")');
    await expect(page.locator('[name=number]').count()).resolves.toBe(1);
    await context.close();
  });

  test('the preview shows what the public will see, hints at personal data, and keeps the pictures', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false });
    await fillIn(page, '我电话13812345678，东门路灯坏了三天。');
    await page.uncheck('[name=agree]');
    await page.setInputFiles('[name=photos]', [await photo('灯.jpg')]);
    await page.click('button[value=preview]');
    const sheet = page.locator('#preview');
    await expect(sheet.textContent()).resolves.toContain('138****5678');
    await expect(sheet.textContent()).resolves.toContain('电话号码：13812345678');
    await expect(page.locator('[name=_kept]').count()).resolves.toBe(1);
    await page.check('[name=agree]');
    await submit(page);
    await receiptOf(page);
    await context.close();
  });

  test('what is wrong is said at once beside the fields, with everything typed and every good picture kept', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false, width: 360 });
    await page.goto('/hotline/new');
    await page.fill('[name=phone]', '12345');
    await page.fill('[name=title]', '路灯');
    await page.setInputFiles('[name=photos]', [
      await photo('好.jpg'),
      {
        name: '图.jpg',
        mimeType: 'image/jpeg',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      },
      { name: '大.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(11 * 1024 * 1024, 1) },
    ]);
    const [answer] = await Promise.all([
      page.waitForResponse((r) => r.request().method() === 'POST'),
      submit(page),
    ]);
    expect(answer.status()).toBe(422);
    const summary = await page.locator('.error-summary').textContent();
    for (const said of [
      '请填写要反映的事情',
      '请选择所在社区',
      '11 位手机号',
      '请先阅读并勾选',
      '“图.jpg”',
      '超过 10 MB',
    ]) {
      expect(summary).toContain(said);
    }
    await expect(page.inputValue('[name=title]')).resolves.toBe('路灯');
    await expect(page.inputValue('[name=phone]')).resolves.toBe('12345');
    await expect(page.locator('label[for^=kept-]').allTextContents()).resolves.toEqual(['好.jpg']);
    await expect(page.locator('#f-photos').getAttribute('aria-invalid')).resolves.toBe('true');
    await page.fill('[name=body]', BODY);
    await page.fill('[name=phone]', '');
    await page.selectOption('[name=place]', 'unknown');
    await page.check('[name=agree]');
    await submit(page);
    await receiptOf(page);
    await context.close();
  });

  test('a matter of rights is answered discreetly: nothing of it stays in the browser', async () => {
    const { context, page } = await visit(browser, server.origin, { scripts: false });
    await fillIn(page, '需要帮助，请联系我。');
    await page.selectOption('[name=category]', 'RIGHTS');
    await submit(page);
    const { number, code } = await receiptOf(page);
    await expect(page.locator('main').textContent()).resolves.toContain('12338');
    await page.goto('/hotline/track');
    await page.fill('[name=number]', number);
    await page.fill('[name=code]', code);
    await page.click('main button:has-text("查询")');
    await expect(page.locator('main').textContent()).resolves.toContain('快速离开');
    expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain('__Host-case');
    await page.click('text=快速离开');
    await page.waitForURL(`${server.origin}/`);
    expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain('__Host-receipt');
    await context.close();
  });
});

/** The form as its page gave it out, filled in by hand. */
const filled = async (visitor: Visitor, fields: Record<string, string> = {}) => {
  const { text } = await visitor.get('/hotline/new');
  return {
    ...hiddenFields(text, 'name="body"'),
    body: BODY,
    place: 'unknown',
    agree: 'on',
    step: 'submit',
    ...fields,
  };
};

describe('sent by hand', () => {
  test('the same form twenty times is one complaint, and all are led to its receipt', async () => {
    const visitor = new Visitor(server.origin, '');
    const fields = await filled(visitor);
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.post('/hotline/new', fields)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303]));
    expect(new Set(answers.map((answer) => answer.location)).size).toBe(1);
    const receipt = await visitor.get(answers[0]?.location ?? '');
    expect(receipt.text).toMatch(/\d{8}-\d{6}/);
  });

  test.each([
    ['NUL', { body: 'a\0路灯坏了' }],
    ['broken Unicode', { body: '路灯\ufffd坏了' }],
    ['a text too long', { body: '长'.repeat(4001) }],
    ['a title too long', { title: '长'.repeat(61) }],
    ['an e-mail address as title', { title: 'a@b.example' }],
    ['a place of the wrong type', { place: 'x' }],
    ['a place that does not exist', { place: '999999' }],
    ['an unknown category', { category: 'NOPE' }],
    ['an unknown secrecy', { secrecy: 'half' }],
    ['a call-back without a telephone', { callBack: 'on' }],
    ['missing consent', { agree: null }],
    ['a foreign form id', { _form: 'x.y.z' }],
  ])('%s comes back with a 422 and the form filled', async (_, change) => {
    const visitor = new Visitor(server.origin, '');
    const fields: Record<string, string> = { ...(await filled(visitor)), name: '留着我' };
    for (const [name, value] of Object.entries(change)) {
      if (value === null) delete fields[name];
      else fields[name] = value;
    }
    const answer = await visitor.post('/hotline/new', fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="留着我"');
    expect(answer.text).toContain('error-summary');
  });

  test('a JSON body is refused, not crashed on', async () => {
    const answer = await fetch(`${server.origin}/hotline/new`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: server.origin },
      body: '{}',
    });
    expect(answer.status).toBeLessThan(500);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  test('unknown number and wrong code are told the same', async () => {
    const visitor = new Visitor(server.origin, '');
    const said = async (number: string) => {
      const { text } = await visitor.get('/hotline/track');
      const answer = await visitor.post('/hotline/track', {
        ...hiddenFields(text, 'name="number"'),
        number,
        code: '000000',
      });
      return [answer.status, /class="error-summary"[\s\S]*?<\/div>/.exec(answer.text)?.[0]];
    };
    const fields = await filled(visitor);
    const { location } = await visitor.post('/hotline/new', fields);
    const [number = ''] = /\d{8}-\d{6}/.exec((await visitor.get(location)).text) ?? [];
    expect(await said(number)).toEqual(await said('20260101-000000'));
  });
});

describe('with the islands', () => {
  test('the form, its errors, its preview, the receipt and the case are accessible on a phone and in elder view', async () => {
    const { context, page, complaints } = await visit(browser, server.origin, { width: 360, view: 'elder' });
    const check = async (): Promise<void> => {
      await page.waitForTimeout(300);
      expect(await axeFaults(page), page.url()).toEqual([]);
      expect(await sidewaysScroll(page), page.url()).toBe(0);
    };
    await page.goto('/hotline/new');
    await submit(page);
    await page.locator('.error-summary').waitFor();
    await check();
    await fillIn(page);
    await page.fill('[name=phone]', '13800138000');
    await page.click('button[value=preview]');
    await page.locator('#preview').waitFor();
    await check();
    await submit(page);
    const { number, code } = await receiptOf(page);
    await check();
    await page.goto('/hotline/track');
    await check();
    await page.fill('[name=number]', number);
    await page.fill('[name=code]', code);
    await page.click('main button:has-text("查询")');
    await page.locator('.timeline').waitFor();
    await check();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a draft is kept on the device without who writes it, offered again, and gone after filing', async () => {
    const { context, page, complaints } = await visit(browser, server.origin, { width: 360 });
    await page.goto('/hotline/new');
    await page.waitForTimeout(500);
    await page.fill('[name=body]', BODY);
    await page.fill('[name=name]', '王小明');
    await page.fill('[name=phone]', '13800138000');
    await page.locator('text=草稿已存在这台设备上').waitFor();
    await expect(page.locator('text=还可以写').textContent()).resolves.toContain(
      `已写 ${[...BODY].length} 字`,
    );
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('路灯');
    expect(kept).not.toMatch(/13800138000|王小明/);
    await page.goto('/hotline/');
    await page.goto('/hotline/new');
    await page.click('text=接着写');
    await expect(page.inputValue('[name=body]')).resolves.toBe(BODY);
    await expect(page.inputValue('[name=phone]')).resolves.toBe('');
    expect(await axeFaults(page)).toEqual([]);
    await page.selectOption('[name=place]', 'unknown');
    await page.check('[name=agree]');
    await submit(page);
    await receiptOf(page);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a draft of a matter of rights is never kept, and Esc twice leaves', async () => {
    const { context, page } = await visit(browser, server.origin);
    await page.goto('/hotline/new');
    await page.waitForTimeout(500);
    await page.selectOption('[name=category]', 'RIGHTS');
    await page.fill('[name=body]', BODY);
    await page.waitForTimeout(1200);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForURL(`${server.origin}/`);
    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain('/hotline/new');
    await context.close();
  });

  test('pictures are shown, made smaller, and can be taken out before they are sent', async () => {
    const { context, page, complaints } = await visit(browser, server.origin);
    await fillIn(page);
    await page.waitForTimeout(500);
    const noisy = await sharp({
      create: {
        width: 3000,
        height: 2000,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    await page.setInputFiles('[name=photos]', [
      { name: '大.jpg', mimeType: 'image/jpeg', buffer: noisy },
      await photo('小.jpg'),
    ]);
    await page.locator('.thumb').nth(1).waitFor();
    const sizes = () =>
      page.evaluate(() =>
        [...(document.querySelector<HTMLInputElement>('#f-photos')?.files ?? [])].map((f) => f.size),
      );
    expect((await sizes())[0]).toBeLessThan(noisy.length / 2);
    await page.locator('.thumb button').nth(1).click();
    expect(await sizes()).toHaveLength(1);
    await submit(page);
    const { number, code } = await receiptOf(page);
    await page.goto('/hotline/track');
    await page.fill('[name=number]', number);
    await page.fill('[name=code]', code);
    await page.click('main button:has-text("查询")');
    await expect(page.locator('.facts').textContent()).resolves.toContain('已收到 1 张');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('the place is taken only when asked for, and can be taken out again', async () => {
    const { context, page } = await visit(browser, server.origin);
    await context.grantPermissions(['geolocation'], { origin: server.origin });
    await context.setGeolocation({ latitude: 26.08, longitude: 119.3 });
    await fillIn(page);
    await page.click('text=使用我的位置');
    await page.locator('text=已记下位置').waitFor();
    await expect(page.inputValue('#f-lat')).resolves.toBe('26.08000');
    await page.click('text=去掉位置');
    await expect(page.inputValue('#f-lat')).resolves.toBe('');
    await context.close();
  });

  test('what the form loads before its first use is at most 20 KB compressed', async () => {
    const { context, page } = await visit(browser, server.origin);
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('.js')) sizes.push(request.sizes().then((size) => size.responseBodySize));
    });
    await page.goto('/hotline/new');
    await page.locator('text=使用我的位置').waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(5000);
    expect(bytes).toBeLessThan(20 * 1024);
    await context.close();
  });
});

test('kill -9 in a stream of filings loses no number that was shown', async () => {
  const dataDir = dataFolder('demo');
  const doomed = await startServer({ kind: 'demo', dataDir });
  const shown: string[] = [];
  let alive = true;
  const stream = async (): Promise<void> => {
    while (alive) {
      try {
        const visitor = new Visitor(doomed.origin, '');
        const { text } = await visitor.get('/hotline/new');
        const fields = {
          ...hiddenFields(text, 'name="body"'),
          body: BODY,
          place: 'unknown',
          agree: 'on',
          step: 'submit',
        };
        const { location } = await visitor.post('/hotline/new', fields);
        const receipt = await visitor.get(location);
        const [number, code] = [
          /\d{8}-\d{6}/.exec(receipt.text)?.[0],
          /查询码<\/dt><dd[^>]*>(\d{6})/.exec(receipt.text)?.[1],
        ];
        if (number && code) shown.push(`${number} ${code}`);
      } catch {
        // The server is gone in the middle of a filing: nothing was shown for it.
        return;
      }
    }
  };
  const streams = Array.from({ length: 4 }, stream);
  while (shown.length < 25) await new Promise((later) => setTimeout(later, 20));
  doomed.child.kill('SIGKILL');
  alive = false;
  await Promise.all(streams);
  const again = await startServer({ kind: 'demo', dataDir });
  for (const line of shown) {
    const [number = '', code = ''] = line.split(' ');
    const visitor = new Visitor(again.origin, '');
    const { text } = await visitor.get('/hotline/track');
    const answer = await visitor.post('/hotline/track', {
      ...hiddenFields(text, 'name="number"'),
      number,
      code,
    });
    expect(answer.text, line).toContain('东门公交站旁');
  }
  await again.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a city that is not set up takes nothing in: the form is closed and says where to call', async () => {
  const empty = await startServer({ kind: 'empty' });
  const { context, page } = await visit(browser, empty.origin, { scripts: false });
  await page.goto('/hotline/new');
  await expect(page.locator('main').textContent()).resolves.toContain('网上提交还没有开通');
  await expect(page.locator('main').textContent()).resolves.toContain('12345');
  expect(await page.locator('[name=body]').count()).toBe(0);
  const visitor = new Visitor(empty.origin, '');
  const { text } = await visitor.get('/hotline/track');
  const fields = {
    ...hiddenFields(text, 'name="number"'),
    body: BODY,
    place: 'unknown',
    agree: 'on',
    step: 'submit',
  };
  const answer = await visitor.post('/hotline/new', fields);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).not.toBeNull();
  await context.close();
  await empty.stop();
});

// Last of all: this machine's address is shut out afterwards.
test('a flood from one address is told when to come back, its words kept', async () => {
  const visitor = new Visitor(server.origin, '');
  let last = { status: 0, text: '', headers: new Headers() };
  for (let i = 0; i < 330 && last.status !== 429; i += 10) {
    const forms = await Promise.all(Array.from({ length: 10 }, () => filled(visitor)));
    const answers = await Promise.all(forms.map((fields) => visitor.post('/hotline/new', fields)));
    last = answers.find((answer) => answer.status === 429) ?? answers[0] ?? last;
  }
  expect(last.status).toBe(429);
  expect(last.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(last.text).toContain(BODY);
});
