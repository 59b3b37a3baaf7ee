import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../../support/door.ts';
import { dataFolder, freePort, run, settings, startServer, type TestServer } from '../../support/server.ts';

const START = ['src/server/start.ts'];

let folder: string;
beforeAll(() => {
  folder = dataFolder('empty');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the program with settings that cannot work, and gives its exit code and all that it said. */
async function failingStart(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { ended, output } = run(process.execPath, START, settings({ DATA_DIR: folder, DEMO: '0', ...env }));
  return { code: await ended, said: output().trim() };
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((tell) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
    socket.once('connect', () => socket.destroy());
  });

describe('a start that cannot work says why in one sentence and exits non-zero', () => {
  test('port taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, said } = await failingStart({ PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(said).toBe(`端口 ${port} 已被占用，请先停掉占用它的程序，或改设 PORT 后再启动。`);
  });

  test('data folder not writable', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, said } = await failingStart({ DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(said).toBe(`数据文件夹 ${join(file, 'data')} 不能写入，请检查权限或改设 DATA_DIR 后再启动。`);
  });

  test.each([
    ['PORT', { PORT: 'abc' }],
    ['SITE_URL', { SITE_URL: 'http://www.example.gov.cn' }],
    ['DEMO', { DEMO: 'yes' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.local' }],
    ['HOST', { HOST: '203.0.113.7', SITE_URL: 'https://www.example.gov.cn' }],
  ])('%s makes no sense', async (name, env) => {
    const { code, said } = await failingStart({ PORT: String(await freePort()), ...env });
    expect(code).toBe(1);
    expect(said).toMatch(/^[^\n]+。$/m);
    expect(said).toContain(name);
  });

  test('another key than the store was filled under', async () => {
    const dataDir = dataFolder('empty');
    rmSync(join(dataDir, 'keys.json'));
    const { code, said } = await failingStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(said).toMatch(/^密钥文件 [^\n]+ 不是这个数据库所用的那一份[^\n]+。$/m);
  });

  test('a store that is none', async () => {
    const dataDir = dataFolder('empty');
    writeFileSync(join(dataDir, 'linsheng.db'), 'something else altogether');
    const { code, said } = await failingStart({ PORT: String(await freePort()), DATA_DIR: dataDir });
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(said).toMatch(/^数据库文件 [^\n]+ 打不开[^\n]+。$/m);
  });

  test('a demonstration that is to go live', async () => {
    const dataDir = dataFolder('demo');
    const live = { SITE_URL: 'https://www.example.gov.cn', DATA_DIR: dataDir };
    const { code, said } = await failingStart({ PORT: String(await freePort()), ...live });
    rmSync(dataDir, { recursive: true });
    expect(code).toBe(1);
    expect(said).toMatch(/^这个数据文件夹装的是演示城市[^\n]+。$/m);
  });
});

test('a store that was only migrated is filled before it is served', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'linsheng-migrated-'));
  execFileSync(process.execPath, ['db/setup.ts', '--migrate-only'], { env: settings({ DATA_DIR: dataDir }) });
  const server = await startServer({ dataDir });
  await server.stop();
  const store = createClient({ url: `file:${join(dataDir, 'linsheng.db')}` });
  const { rows } = await store.execute("SELECT value FROM meta WHERE key = 'filled'");
  store.close();
  rmSync(dataDir, { recursive: true });
  expect(rows.map(({ value }) => value)).toEqual(['city']);
});

describe('the running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test('says where it is and how to sign in', async () => {
    expect(server.output()).toContain(`ready ${server.origin}\n`);
    await expect.poll(server.output).toContain(`${server.origin}/staff/sign-in`);
  });

  test('has one writer, also after pages were rendered', async () => {
    for (const path of ['/', '/nowhere', '/staff/sign-in']) await fetch(server.origin + path);
    const reply = await fetch(`${server.origin}/readyz`);
    expect([reply.status, await reply.json()]).toEqual([200, { ready: true, writers: 1 }]);
  });

  test('answers unknown addresses, foreign hosts, odd methods and foreign changes as the door must', async () => {
    const host = `127.0.0.1:${server.port}`;
    const status = async (path: string, sent: Parameters<typeof send>[2] = {}) =>
      (await send(server.port, path, { ...sent, headers: { host, ...sent.headers } })).status;
    expect(await status('/nowhere')).toBe(404);
    expect(await status('/_image?href=/x.svg&f=svg')).toBe(404);
    expect(await status('/_server-islands/x')).toBe(404);
    expect(await status('/_actions/x', { method: 'POST' })).toBe(404);
    expect(await status('/', { headers: { host: 'evil.example' } })).toBe(421);
    expect(await status('/', { method: 'TRACE' })).toBe(405);
    expect(await status('/', { method: 'POST' })).toBe(405);
    expect(await status('/view', { method: 'POST', headers: { origin: 'https://evil.example' } })).toBe(403);
    const big = Buffer.alloc(1_100_000, 97);
    expect(await status('/view', { method: 'POST', body: big })).toBe(413);
    const headers = { 'transfer-encoding': 'chunked' };
    expect(await status('/view', { method: 'POST', body: big, headers })).toBe(413);
  });

  test('shows what another process changed within seconds', async () => {
    const page = async () => (await fetch(`${server.origin}/nowhere`)).text();
    for (let i = 0; i < 3; i += 1) expect(await page()).not.toContain('文明新城');
    const env = settings({ DATA_DIR: server.dataDir, DEMO: '0' });
    execFileSync(process.execPath, ['tests/support/rename-site.ts', '文明新城'], { env });
    await expect.poll(page, { timeout: 5_000 }).toContain('文明新城');
  });

  test('behind a proxy it answers to the site’s name alone, with addresses of that name', async () => {
    const site = 'www.example.gov.cn';
    const proxied = await startServer({ env: { SITE_URL: `https://${site}`, HOST: '0.0.0.0' } });
    const { status } = await send(proxied.port, '/', { headers: { host: `127.0.0.1:${proxied.port}` } });
    const reply = await send(proxied.port, '/', { headers: { host: site } });
    await proxied.stop();
    expect([status, reply.status]).toEqual([421, 200]);
    expect(reply.text).toContain(`<link rel="canonical" href="https://${site}/">`);
    expect(reply.headers['strict-transport-security']).toBeDefined();
  });

  test('lets a running request finish when it is told to end, then exits with 0', async () => {
    const ending = await startServer();
    const socket = connect(ending.port, '127.0.0.1');
    let said = '';
    socket.on('data', (data) => {
      said += data;
    });
    const type = 'Content-Type: application/x-www-form-urlencoded';
    socket.write(
      `POST /view HTTP/1.1\r\nHost: 127.0.0.1:${ending.port}\r\n${type}\r\nContent-Length: 10\r\n\r\nview=`,
    );
    await new Promise((later) => setTimeout(later, 100));
    const code = ending.stop();
    await expect.poll(() => isTaken(ending.port)).toBe(false);
    socket.write('elder');
    expect(await code).toBe(0);
    expect(said).toMatch(/^HTTP\/1.1 303 /);
    expect(said).toContain('view=elder');
  });
});

describe('the demonstration city', () => {
  const browser = { 'user-agent': 'Mozilla/5.0 (Linux; Android 9) Chrome/74.0 Mobile' };

  test('its pages are kept and compressed, and their readers stand in the store when the server has ended', async () => {
    const dataDir = dataFolder('demo');
    const server = await startServer({ kind: 'demo', dataDir });
    const read = (path: string, more = {}) =>
      fetch(server.origin + path, { headers: { ...browser, ...more } });
    const [article = ''] = /\/news\/\d{8}\/\d+/.exec(await (await read('/')).text()) ?? [];
    await read('/', { 'user-agent': 'Baiduspider' });
    const home = await read('/?from=wechat');
    expect(home.headers.get('etag')).toMatch(/-(br|gzip)"$/);
    for (let i = 0; i < 3; i += 1) await (await read(article)).text();
    expect(await server.stop()).toBe(0);
    const store = createClient({ url: `file:${join(dataDir, 'linsheng.db')}` });
    const { rows } = await store.execute('SELECT path, people, bots FROM page_reads ORDER BY path');
    store.close();
    rmSync(dataDir, { recursive: true });
    expect(rows.map(({ path, people, bots }) => [path, people, bots])).toEqual([
      ['/', 2, 1],
      [article, 3, 0],
    ]);
  });

  test('no page shows what another reader typed: undeclared parameters do not reach kept pages', async () => {
    const server = await startServer({ kind: 'demo' });
    const text = async (path: string) => (await fetch(server.origin + path)).text();
    const first = await text('/?marker=zzz1');
    const later = [await text('/?marker=zzz2'), await text('/'), await text('/?marker=zzz1')];
    await server.stop();
    expect(later.some((page) => page.includes('zzz'))).toBe(false);
    expect(later[0]).toBe(later[1]);
    expect(first.replaceAll(/\?marker=zzz1/g, '')).toContain('<main');
  });
});

describe('npm start', () => {
  test('SIGTERM to npm frees the port', async () => {
    const port = await freePort();
    const env = settings({ PORT: String(port), DATA_DIR: folder, DEMO: '0' });
    const { child, ended, output } = run('npm', ['start'], env);
    await expect.poll(output, { timeout: 60_000 }).toContain(`ready http://127.0.0.1:${port}`);
    child.kill('SIGTERM');
    await ended;
    await expect.poll(() => isTaken(port), { timeout: 5_000 }).toBe(false);
  });
});

describe('the install step', () => {
  const NPM = `#!/bin/sh\necho "npm $*" >> "$LOG"\nmkdir -p node_modules/.bin && touch node_modules/.bin/node\nexit \${NPM_EXIT:-0}\n`;

  test('runs npm when the lock changed, and only then; a failure is one sentence', () => {
    const project = mkdtempSync(join(tmpdir(), 'linsheng-install-'));
    const log = join(project, 'log');
    execFileSync('mkdir', ['-p', join(project, 'src/server'), join(project, 'bin')]);
    execFileSync('cp', ['src/server/install.mjs', join(project, 'src/server/')]);
    writeFileSync(join(project, 'bin/npm'), NPM, { mode: 0o755 });
    writeFileSync(log, '');
    const env = { PATH: `${join(project, 'bin')}:${process.env.PATH}`, LOG: log };
    const install = (lock: string, more: Record<string, string> = {}) => {
      writeFileSync(join(project, 'package-lock.json'), lock);
      return execFileSync(process.execPath, [join(project, 'src/server/install.mjs')], {
        env: { ...env, ...more },
        stdio: 'pipe',
      });
    };
    const called = () => execFileSync('cat', [log]).toString();
    const line = 'npm install --no-save --no-audit --no-fund --loglevel=error\n';
    install('one');
    install('one');
    expect(called()).toBe(line);
    expect(() => install('two', { NPM_EXIT: '1' })).toThrow(
      '依赖没有装好，请检查网络和磁盘空间后再运行一次。',
    );
    install('two');
    install('two');
    expect(called()).toBe(line.repeat(3));
    rmSync(project, { recursive: true });
  });
});
