import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { acceptForm, cachePublic } from '../../../src/core/answer.ts';
import { openDoor, type Pages, type TestDoor } from '../../support/door.ts';

const MB = 1024 * 1024;
const LONG = `<!doctype html><p>${'市民'.repeat(2_000)}</p>`;

let opened: TestDoor | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(...args: Parameters<typeof openDoor>): Promise<TestDoor> {
  opened = await openDoor(...args);
  return opened;
}

const home: Pages = (_, locals) => {
  cachePublic({ locals }, { tags: ['home'] });
  return { body: LONG };
};

const form: Pages = async (req, locals) => {
  acceptForm({ locals });
  let bytes = 0;
  for await (const chunk of { [Symbol.asyncIterator]: () => req[Symbol.asyncIterator]() })
    bytes += chunk.length;
  return { body: `${bytes}` };
};

describe('hosts', () => {
  test.each([
    ['the loopback names while listening on loopback', 'localhost', 200],
    ['the address itself', '127.0.0.1', 200],
    ['its IPv6 form', '[::1]', 200],
    ['any other', 'evil.example', 421],
    ['one that only begins like ours', '127.0.0.1.evil.example', 421],
  ])('%s', async (_, name, status) => {
    const door = await open(home);
    const { status: given } = await door.send('/', { headers: { host: `${name}:${door.port}` } });
    expect(given).toBe(status);
  });

  test('another port and no port are refused', async () => {
    const door = await open(home);
    for (const host of ['127.0.0.1:1', '127.0.0.1']) {
      expect((await door.send('/', { headers: { host } })).status).toBe(421);
    }
  });

  test('listening to the world, only the site’s own host is answered, in any case of letters', async () => {
    const site = {
      url: new URL('https://www.example.gov.cn'),
      listens: { host: '0.0.0.0', port: 4321 },
      trustedProxies: [],
    };
    const door = await open(home, { site });
    const status = async (host: string) => (await door.send('/', { headers: { host } })).status;
    expect(await status('www.example.gov.cn')).toBe(200);
    expect(await status('WWW.Example.gov.cn:443')).toBe(200);
    expect(await status(`127.0.0.1:${door.port}`)).toBe(421);
    expect(await status('localhost:4321')).toBe(421);
  });

  test('pages see the site’s own address, whatever name and protocol the reader claims', async () => {
    const site = {
      url: new URL('https://www.example.gov.cn'),
      listens: { host: '0.0.0.0', port: 4321 },
      trustedProxies: ['127.0.0.1'],
    };
    const door = await open((req) => ({ body: JSON.stringify([req.headers, req.socket.encrypted]) }), {
      site,
    });
    const { text } = await door.send('/', {
      headers: {
        host: 'www.example.gov.cn',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-for': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        'x-real-ip': '1.2.3.4',
        'x-custom': 'kept',
      },
    });
    const [headers, encrypted] = JSON.parse(text);
    expect(headers).toEqual({ host: 'www.example.gov.cn', 'x-custom': 'kept' });
    expect(encrypted).toBe(true);
  });

  test('a whole address as target is taken if it is ours, and refused otherwise', async () => {
    const door = await open(home);
    expect((await door.send(`http://127.0.0.1:${door.port}/`)).status).toBe(200);
    expect((await door.send('http://evil.example/')).status).toBe(400);
  });
});

describe('addresses', () => {
  const address: Pages = (_, locals) => ({ body: locals.address });

  test('without configured proxies, what the client writes is ignored', async () => {
    const door = await open(address);
    const { text } = await door.send('/', { headers: { 'x-forwarded-for': '1.2.3.4' } });
    expect(text).toBe('127.0.0.1');
  });

  test.each([
    ['the nearest hop that is not ours', '9.9.9.9, 1.2.3.4, 10.0.0.7', '1.2.3.4'],
    ['what the client put in front is not looked at', '127.0.0.1, 1.2.3.4', '1.2.3.4'],
    ['a hop that is no address ends the search', '1.2.3.4, nonsense', '127.0.0.1'],
    ['a hop with a port', '1.2.3.4:5678', '1.2.3.4'],
    ['an IPv6 hop', '2001:DB8::1', '2001:db8::1'],
    ['an IPv4 address written as IPv6', '::ffff:1.2.3.4', '1.2.3.4'],
    ['nothing', '', '127.0.0.1'],
  ])('behind proxies: %s', async (_, forwarded, expected) => {
    const door = await open(address, {
      site: {
        url: new URL('http://127.0.0.1'),
        listens: { host: '127.0.0.1', port: 80 },
        trustedProxies: ['127.0.0.1', '10.0.0.0/8'],
      },
    });
    const { text } = await door.send('/', { headers: { host: '127.0.0.1', 'x-forwarded-for': forwarded } });
    expect(text).toBe(expected);
  });

  test('a proxy that is no address is refused in one sentence', async () => {
    const { addressReader } = await import('../../../src/server/client-address.ts');
    expect(() => addressReader(['proxy.local'])).toThrow(
      '设置 TRUSTED_PROXIES 中的「proxy.local」不是地址或网段',
    );
  });
});

describe('methods', () => {
  test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s gets 405', async (method) => {
    const door = await open(home);
    const { status, headers } = await door.send('/', { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD, POST');
  });

  test('CONNECT gets 405', async () => {
    const door = await open(home);
    const socket = connect(door.port, '127.0.0.1');
    socket.write('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    const [chunk] = await new Promise<Buffer[]>((done) => socket.once('data', (data) => done([data])));
    expect(chunk!.toString()).toMatch(/^HTTP\/1.1 405/);
    socket.destroy();
  });

  test('a POST to a page that takes no form, to a file or to the health checks gets 405', async () => {
    const door = await open(home, { files: { 'robots.txt': 'x' } });
    for (const path of ['/', '/robots.txt', '/healthz', '/readyz']) {
      expect([path, (await door.send(path, { method: 'POST' })).status]).toEqual([path, 405]);
    }
  });

  test('a POST to an endpoint that only reads gets 405: it comes back as the page for unknown addresses', async () => {
    const door = await open((_, locals) => {
      cachePublic({ locals }, { tags: [] });
      return { status: 404, body: 'not found' };
    });
    expect((await door.send('/data/cases.json', { method: 'POST' })).status).toBe(405);
  });

  test('a HEAD is rendered as a GET and answered without a body, cached or not', async () => {
    const methods: string[] = [];
    const door = await open((req, locals) => {
      methods.push(req.method);
      return home(req, locals);
    });
    for (let i = 0; i < 3; i += 1) {
      const head = await door.send('/', { method: 'HEAD' });
      expect([head.status, head.raw.length]).toEqual([200, 0]);
      expect(Number(head.headers['content-length'])).toBeGreaterThan(1_000);
    }
    expect(methods).toEqual(['GET', 'GET']);
  });

  test('what is not HTTP gets 400', async () => {
    const door = await open(home);
    const socket = connect(door.port, '127.0.0.1');
    socket.write('hello\r\n\r\n');
    const said = await new Promise<string>((done) => socket.once('data', (data) => done(data.toString())));
    expect(said).toMatch(/^HTTP\/1.1 400/);
  });

  test.each(['/news/../staff', '/news/%2e%2e/staff', '/./x', '/a\\b', '/x/%2E'])(
    'the odd path %s gets 400',
    async (path) => {
      const door = await open(home);
      expect((await door.send(path)).status).toBe(400);
    },
  );
});

describe('changes from elsewhere', () => {
  const ours = (door: TestDoor) => `http://127.0.0.1:${door.port}`;

  test.each<[string, (door: TestDoor) => Record<string, string>, number]>([
    ['from our own page', (door) => ({ origin: ours(door), cookie: 'a=b' }), 200],
    ['from our other name', (door) => ({ origin: `http://localhost:${door.port}`, cookie: 'a=b' }), 200],
    ['from a foreign page', () => ({ origin: 'https://evil.example' }), 403],
    [
      'from a foreign page that also claims to be ours',
      () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }),
      403,
    ],
    ['from a hidden origin', () => ({ origin: 'null' }), 403],
    [
      'without Origin, same origin by the browser’s word',
      () => ({ 'sec-fetch-site': 'same-origin', cookie: 'a=b' }),
      200,
    ],
    ['without Origin, typed by the person', () => ({ 'sec-fetch-site': 'none' }), 200],
    ['without Origin, from a sibling domain', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['without Origin, from elsewhere', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['from a program without a cookie', () => ({}), 200],
    ['with a cookie and no word where from', () => ({ cookie: 'a=b' }), 403],
  ])('%s', async (_, headers, status) => {
    const door = await open(form);
    const reply = await door.send('/form', { method: 'POST', body: 'a=1', headers: headers(door) });
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.text).toContain('没有接收这次提交');
  });
});

describe('bodies', () => {
  const big = Buffer.alloc(2 * MB, 97);

  test('up to the limit a body arrives whole', async () => {
    const door = await open(form);
    const { status, text } = await door.send('/form', { method: 'POST', body: big.subarray(0, MB) });
    expect([status, text]).toEqual([200, String(MB)]);
  });

  test.each<[string, Record<string, string>]>([
    ['announced by its length', {}],
    ['sent in chunks', { 'transfer-encoding': 'chunked' }],
  ])('a body past the limit, %s, gets 413, and the client sees it', async (_, headers) => {
    const door = await open(form);
    const reply = await door.send('/form', { method: 'POST', body: big, headers });
    expect(reply.status).toBe(413);
    expect(reply.text).toContain('太大');
    expect(reply.headers.connection).toBe('close');
  });

  test('a client that asks first is refused before it sends', async () => {
    const door = await open(form);
    const socket = connect(door.port, '127.0.0.1');
    const host = `Host: 127.0.0.1:${door.port}`;
    socket.write(
      `POST /form HTTP/1.1\r\n${host}\r\nContent-Length: ${2 * MB}\r\nExpect: 100-continue\r\n\r\n`,
    );
    const said = await new Promise<string>((done) => socket.once('data', (data) => done(data.toString())));
    expect(said).toMatch(/^HTTP\/1.1 413/);
    socket.destroy();
  });

  test('a client that asks first is told to go on, and its body arrives', async () => {
    const door = await open(form);
    const socket = connect(door.port, '127.0.0.1');
    let said = '';
    socket.on('data', (data) => {
      said += data;
      if (said === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('abc');
    });
    const host = `Host: 127.0.0.1:${door.port}`;
    socket.write(
      `POST /form HTTP/1.1\r\n${host}\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    );
    await new Promise((done) => socket.once('close', done));
    expect(said).toMatch(/HTTP\/1.1 200 OK[\s\S]*\r\n\r\n3$/);
  });

  test('routes that take pictures and imports have limits of their own', async () => {
    const { bodyLimit } = await import('../../../src/server/limits.ts');
    const rows = [
      '/',
      '/hotline/new',
      '/hotline/newer',
      '/hotline/track',
      '/staff',
      '/staff/places/import',
      '/staff/media',
      '/staff/media/3',
    ];
    expect(rows.map((path) => bodyLimit(path) / MB)).toEqual([1, 80, 1, 80, 20, 20, 80, 80]);
  });

  test('a body that stops coming is given up with 408', async () => {
    const door = await open(form, { limits: { bodyStall: 50 } });
    const socket = connect(door.port, '127.0.0.1');
    socket.write(`POST /form HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nContent-Length: 100\r\n\r\nabc`);
    const said = await new Promise<string>((done) => socket.once('data', (data) => done(data.toString())));
    expect(said).toMatch(/^HTTP\/1.1 408/);
    socket.destroy();
  });

  test('a page that takes its time with a body is not taken for a sender who stopped', async () => {
    const slow: Pages = async (req, locals) => {
      acceptForm({ locals });
      let bytes = 0;
      for await (const chunk of { [Symbol.asyncIterator]: () => req[Symbol.asyncIterator]() }) {
        bytes += chunk.length;
        await new Promise((later) => setTimeout(later, 30));
      }
      return { body: `${bytes}` };
    };
    const door = await open(slow, { limits: { bodyStall: 20 } });
    const { text } = await door.send('/form', { method: 'POST', body: big.subarray(0, MB / 4) });
    expect(text).toBe(String(MB / 4));
  });

  test('a page that answers without reading the body is heard', async () => {
    const door = await open((_, locals) => {
      acceptForm({ locals });
      return { status: 303, headers: { location: '/staff/sign-in' } };
    });
    const reply = await door.send('/staff/media', { method: 'POST', body: Buffer.alloc(8 * MB) });
    expect([reply.status, reply.headers.location]).toEqual([303, '/staff/sign-in']);
  });
});

describe('limits', () => {
  test('an address that asks too much is told to wait; kept pages, files and other addresses are not counted', async () => {
    const pages: Pages = (req, locals) => (req.url === '/' ? home(req, locals) : { body: 'private' });
    const door = await open(pages, {
      limits: { flood: 5 },
      site: {
        url: new URL('http://127.0.0.1'),
        listens: { host: '127.0.0.1', port: 80 },
        trustedProxies: ['127.0.0.1'],
      },
      files: { 'robots.txt': 'x' },
    });
    const status = async (path: string, from: string) => {
      const headers = { host: '127.0.0.1', 'x-forwarded-for': from };
      return (await door.send(path, { headers })).status;
    };
    for (let i = 0; i < 5; i += 1) await status('/private', '1.1.1.1');
    const refused = await door.send('/private', {
      headers: { host: '127.0.0.1', 'x-forwarded-for': '1.1.1.1' },
    });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
    expect(await status('/', '2.2.2.2')).toBe(200);
    expect(await status('/', '2.2.2.2')).toBe(200);
    expect(await status('/', '1.1.1.1')).toBe(200);
    expect(await status('/robots.txt', '1.1.1.1')).toBe(200);
  });

  test('past the cap of renders the answer is 503 at once, and forms keep a lane of their own', async () => {
    let go: () => void = () => {};
    const gone = new Promise<void>((done) => {
      go = done;
    });
    const door = await open(
      async (req, locals) => {
        if (req.method === 'POST') return form(req, locals);
        await gone;
        return { body: 'slow' };
      },
      { limits: { renders: 2 } },
    );
    // The first finds out that the path is private; only then do others render beside it.
    const slow = [door.send('/a'), door.send('/b')];
    await new Promise((later) => setTimeout(later, 50));
    const refused = await door.send('/c');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(refused.text).toContain('现在访问的人太多');
    expect((await door.send('/form', { method: 'POST', body: 'a=1' })).status).toBe(200);
    go();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await door.send('/c')).status).toBe(200);
  });

  test('a page that takes too long is given up with 503', async () => {
    const door = await open(() => new Promise(() => {}), { limits: { renderTime: 30 } });
    expect((await door.send('/')).status).toBe(503);
  });
});

describe('private pages', () => {
  test('20 at once get 20 different one-time ids, first and later', async () => {
    const door = await open(async (_, locals) => {
      acceptForm({ locals });
      await new Promise((later) => setTimeout(later, 5));
      return { body: randomUUID() };
    });
    for (let round = 0; round < 2; round += 1) {
      const replies = await Promise.all(Array.from({ length: 20 }, () => door.send('/hotline/new')));
      expect(new Set(replies.map(({ text }) => text)).size).toBe(20);
      expect(replies.every(({ headers }) => headers['cache-control'] === 'no-store')).toBe(true);
    }
  });

  test('a reader’s cookie reaches a private page and never a shared one', async () => {
    const seen: (string | undefined)[] = [];
    const door = await open((req, locals) => {
      seen.push(req.headers.cookie);
      return req.url === '/' ? home(req, locals) : { body: 'private' };
    });
    const headers = { cookie: 'session=secret; view=elder', authorization: 'Bearer x' };
    await door.send('/account', { headers });
    for (let i = 0; i < 3; i += 1) await door.send('/', { headers });
    expect(seen).toEqual([headers.cookie, headers.cookie, undefined]);
  });
});

describe('public pages', () => {
  test('the view is the one thing read from a cookie', async () => {
    const door = await open((_, locals) => {
      cachePublic({ locals }, { tags: [] });
      return { body: locals.view };
    });
    const view = async (cookie: string) => (await door.send('/', { headers: { cookie } })).text;
    for (let i = 0; i < 3; i += 1) {
      expect(await view('a=b; view=elder; c=d')).toBe('elder');
      expect(await view('view=contrast')).toBe('contrast');
      expect(await view('view=other')).toBe('standard');
      expect(await view('preview=elder')).toBe('standard');
    }
  });

  test('a kept page comes compressed, with a strong ETag for each encoding, and 304 when it is known', async () => {
    const door = await open(home);
    await door.send('/');
    const tags = new Set<string>();
    for (const [accepts, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['*', 'identity'],
      ['identity', undefined],
    ]) {
      const headers = { 'accept-encoding': accepts! };
      const reply = await door.send('/', { headers });
      expect(reply.headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding);
      expect(reply.text).toBe(LONG);
      expect(reply.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding, Cookie' });
      const etag = reply.headers.etag!;
      expect(etag).toMatch(/^"[\w-]+"$/);
      tags.add(etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await door.send('/', { headers: { ...headers, 'if-none-match': known } });
        expect([again.status, again.raw.length, again.headers.etag]).toEqual([304, 0, etag]);
      }
      const other = await door.send('/', { headers: { ...headers, 'if-none-match': '"other"' } });
      expect(other.status).toBe(200);
    }
    expect(tags.size).toBe(3);
  });

  test('a purge reaches readers before the next request', async () => {
    let version = 1;
    const door = await open((_, locals) => {
      cachePublic({ locals }, { tags: ['home'] });
      return { body: `version ${version}` };
    });
    for (let i = 0; i < 3; i += 1) expect((await door.send('/')).text).toBe('version 1');
    version = 2;
    expect((await door.send('/')).text).toBe('version 1');
    door.door.purge(['home']);
    expect((await door.send('/')).text).toBe('version 2');
  });

  test('an undeclared parameter never serves another page’s content', async () => {
    const door = await open((req, locals) => {
      cachePublic({ locals }, { tags: [], query: ['page'] });
      return { body: `seen: ${req.url}` };
    });
    expect((await door.send('/news?evil=1')).text).toBe('seen: /news?evil=1');
    expect((await door.send('/news?evil=1')).text).toBe('seen: /news');
    expect((await door.send('/news?page=2&evil=2')).text).toBe('seen: /news?page=2');
    expect((await door.send('/news?evil=3')).text).toBe('seen: /news');
  });

  test('when rendering fails the last good copy is shown, and says so', async () => {
    let broken = false;
    const door = await open((_, locals) => {
      cachePublic({ locals }, { tags: ['home'] });
      return broken ? { status: 500, body: 'broken' } : { body: LONG };
    });
    await door.send('/');
    await door.send('/');
    broken = true;
    door.door.purge(['home']);
    const reply = await door.send('/');
    expect([reply.status, reply.text, reply.headers['x-stale']]).toEqual([200, LONG, '1']);
    expect(reply.headers.warning).toMatch(/^110 /);
    broken = false;
    expect((await door.send('/')).headers['x-stale']).toBeUndefined();
  });

  test('a reader who leaves does not end the render that others wait for', async () => {
    let renders = 0;
    const door = await open(async (_, locals) => {
      renders += 1;
      await new Promise((later) => setTimeout(later, 60));
      cachePublic({ locals }, { tags: [] });
      return { body: `render ${renders}` };
    });
    await door.send('/');
    const socket = connect(door.port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n\r\n`);
    await new Promise((later) => setTimeout(later, 20));
    const waiting = door.send('/');
    socket.destroy();
    expect((await waiting).text).toBe('render 2');
    expect(renders).toBe(2);
  });

  test('what never changes under its address may say so itself', async () => {
    const door = await open((_, locals) => {
      cachePublic({ locals }, { tags: [] });
      const headers = { 'content-type': 'image/webp', 'cache-control': 'public, max-age=86400' };
      return { headers, body: Buffer.alloc(5_000) };
    });
    for (let i = 0; i < 2; i += 1) {
      const reply = await door.send('/media/x/640', { headers: { 'accept-encoding': 'br' } });
      expect(reply.headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=86400',
      });
      expect([reply.raw.length, reply.headers['content-encoding']]).toEqual([5_000, undefined]);
    }
  });
});

describe('unknown addresses', () => {
  const pages: Pages = (req, locals) => {
    if (req.url !== '/404') return undefined;
    cachePublic({ locals }, { tags: ['site'] });
    return { status: 404, body: `没有找到 ${LONG}` };
  };

  test.each([
    '/nowhere',
    '/_image?href=/x.svg&f=svg',
    '/_actions/x',
    '/_server-islands/x',
    '/_astro/old.js',
    '/404',
  ])('%s shows the site’s page with 404', async (path) => {
    const door = await open(pages);
    for (let i = 0; i < 3; i += 1) {
      const reply = await door.send(path, { headers: { 'accept-encoding': 'br' } });
      expect([reply.status, reply.text.slice(0, 4)]).toEqual([404, '没有找到']);
    }
    const posted = await door.send(path, { method: 'POST' });
    expect([404, 405]).toContain(posted.status);
  });

  test('they share one kept page', async () => {
    let renders = 0;
    const door = await open((req, locals) => {
      if (req.url === '/404') renders += 1;
      return pages(req, locals);
    });
    for (let i = 0; i < 6; i += 1) await door.send(`/nowhere/${i}`);
    expect(renders).toBe(2);
  });

  test('without such a page the door speaks for itself', async () => {
    const door = await open(() => undefined);
    const reply = await door.send('/nowhere');
    expect(reply.status).toBe(404);
    expect(reply.text).toContain('没有找到这个页面');
  });
});

describe('files', () => {
  const script = `export const a = "${'x'.repeat(3_000)}";`;
  const files = {
    '_astro/page.B4fZ.js': script,
    'robots.txt': 'User-agent: *',
    'scenes/街.svg': `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(2_000)}</svg>`,
    'large.png': Buffer.alloc(400_000, 7),
    '.env': 'SECRET=1',
    '.well-known/security.txt': 'Contact: x',
  };

  test('hashed files are kept for good and come compressed', async () => {
    const door = await open(() => undefined, { files });
    for (const encoding of ['br', 'gzip']) {
      const reply = await door.send('/_astro/page.B4fZ.js?x=1', { headers: { 'accept-encoding': encoding } });
      expect(reply.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': encoding,
        'content-type': 'text/javascript; charset=utf-8',
        vary: 'Accept-Encoding',
      });
      expect(reply.text).toBe(script);
      const headers = { 'accept-encoding': encoding, 'if-none-match': reply.headers.etag! };
      expect((await door.send('/_astro/page.B4fZ.js', { headers })).status).toBe(304);
    }
  });

  test('other files for an hour, large ones streamed, Chinese names found', async () => {
    const door = await open(() => undefined, { files });
    const large = await door.send('/large.png', { headers: { 'accept-encoding': 'br' } });
    expect([large.raw.length, large.headers['content-type']]).toEqual([400_000, 'image/png']);
    expect(large.headers['cache-control']).toBe('public, max-age=3600');
    expect((await door.send('/large.png', { method: 'HEAD' })).headers['content-length']).toBe('400000');
    expect((await door.send(encodeURI('/scenes/街.svg'))).headers['content-type']).toBe(
      'image/svg+xml; charset=utf-8',
    );
    expect((await door.send('/.well-known/security.txt')).text).toBe('Contact: x');
  });

  test.each([
    '/.env',
    '/%2eenv',
    '/_astro/',
    '/_astro',
    '/scenes',
    '/_astro/%2e%2e/robots.txt',
    '//robots.txt',
  ])('%s leads to no file', async (path) => {
    const door = await open(() => undefined, { files });
    expect([400, 404]).toContain((await door.send(path)).status);
  });
});

describe('headers', () => {
  const always = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': expect.stringContaining('geolocation=(self)'),
  };
  const policy =
    "default-src 'self'; script-src 'self'SCRIPT; style-src 'self'STYLE; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
  const csp = (scripts = '', styles = '') => policy.replace('SCRIPT', scripts).replace('STYLE', styles);

  test('stand on every answer: rendered, kept, 304, file, refusal, health', async () => {
    const door = await open((req, locals) => (req.url === '/' ? home(req, locals) : undefined), {
      files: { 'robots.txt': 'x' },
    });
    const kept = [await door.send('/'), await door.send('/'), await door.send('/')];
    const unchanged = await door.send('/', { headers: { 'if-none-match': kept[2]!.headers.etag! } });
    const others = [
      await door.send('/robots.txt'),
      await door.send('/nowhere'),
      await door.send('/healthz'),
      await door.send('/readyz'),
      await door.send('/', { method: 'PUT' }),
      await door.send('/', { headers: { host: 'evil.example' } }),
    ];
    for (const reply of [...kept, unchanged, ...others]) {
      expect(reply.headers).toMatchObject(always);
      expect(reply.headers['content-security-policy']).toContain("frame-ancestors 'self'");
      expect(reply.headers['content-security-policy']).not.toContain('unsafe');
      expect(reply.headers['strict-transport-security']).toBeUndefined();
    }
    expect(unchanged.status).toBe(304);
  });

  test('HSTS stands on them where the site is served over TLS', async () => {
    const door = await open(home, {
      site: { url: new URL('https://a.gov.cn'), listens: { host: '0.0.0.0', port: 1 }, trustedProxies: [] },
    });
    const { headers } = await door.send('/', { headers: { host: 'a.gov.cn' } });
    expect(headers['strict-transport-security']).toBe('max-age=63072000');
  });

  test.each([
    ['a page without scripts', '<p>x</p>', csp()],
    ['a page with a script file', '<script type="module" src="/_astro/a.js"></script>', csp()],
    [
      'a page with an island',
      '<style>a{}</style><script>(()=>{})()</script>',
      csp(" 'sha256-AA='", " 'sha256-BB='"),
    ],
  ])('of what Astro asks for, only the hashes that are needed go out: %s', async (_, body, expected) => {
    const asks =
      "script-src 'self' 'sha256-AA=' 'unsafe-inline' https://evil.example; style-src 'self' 'sha256-BB=';";
    const door = await open(() => ({ body, headers: { 'content-security-policy': asks } }));
    expect((await door.send('/')).headers['content-security-policy']).toBe(expected);
  });

  test('a policy that forbids everything stays', async () => {
    const strict = "default-src 'none'; sandbox";
    const door = await open(() => ({ headers: { 'content-security-policy': strict } }));
    expect((await door.send('/')).headers['content-security-policy']).toBe(strict);
  });

  test('HTML says its charset, cookies go through one by one, every render has an id', async () => {
    const door = await open((_, locals) => ({
      headers: { 'set-cookie': ['a=1', 'b=2'] },
      body: locals.requestId,
    }));
    const reply = await door.send('/');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'set-cookie': ['a=1', 'b=2'],
      'x-request-id': reply.text,
      'cache-control': 'no-store',
    });
  });

  test('a long private page is compressed, too', async () => {
    const door = await open(() => ({ body: LONG }));
    const reply = await door.send('/', { headers: { 'accept-encoding': 'br' } });
    expect([reply.headers['content-encoding'], reply.text]).toEqual(['br', LONG]);
  });
});

describe('health', () => {
  test('ready while the probe succeeds, asked at most once a second', async () => {
    let asked = 0;
    let clock = 0;
    let broken = false;
    const probe = async () => {
      asked += 1;
      if (broken) throw new Error('no');
    };
    const door = await open(home, { probe, now: () => clock });
    for (let i = 0; i < 3; i += 1) expect((await door.send('/readyz')).status).toBe(200);
    expect(asked).toBe(1);
    broken = true;
    clock += 1_000;
    expect(JSON.parse((await door.send('/readyz')).text)).toMatchObject({ ready: false });
    broken = false;
    clock += 1_000;
    expect((await door.send('/readyz')).status).toBe(200);
    door.door.close();
    expect((await door.send('/readyz')).status).toBe(503);
    expect((await door.send('/healthz')).status).toBe(200);
  });
});

describe('counts', () => {
  test('readers of public pages are counted by path, bots apart; private pages and repeats without change are not', async () => {
    const door = await open((req, locals) => {
      if (req.url.startsWith('/private')) return { body: 'x' };
      if (req.url.startsWith('/missing')) return { status: 404 };
      cachePublic({ locals }, { tags: [], query: ['page'] });
      return req.url.startsWith('/feed') ? { headers: { 'content-type': 'application/xml' } } : { body: 'x' };
    });
    const people = { 'user-agent': 'Mozilla/5.0 (Linux; Android 9; CUBOT) Chrome/74' };
    const bot = { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0)' };
    for (let i = 0; i < 3; i += 1) await door.send('/news/1', { headers: people });
    await door.send('/news/1/?page=2', { headers: { ...people, cookie: 'view=elder' } });
    await door.send('/news/1', { headers: bot });
    const { etag } = (await door.send('/news/1', { headers: bot })).headers;
    await door.send('/news/1', { headers: { ...people, 'if-none-match': etag! } });
    await door.send('/news/1', { method: 'HEAD', headers: people });
    for (const path of ['/private', '/missing', '/feed']) await door.send(path, { headers: people });
    const rows = door.door.takeReads('2026-11-21');
    expect(rows).toEqual([{ path: '/news/1', day: '2026-11-21', people: 4, bots: 2 }]);

    door.door.giveBackReads(rows);
    await door.send('/news/1', { headers: people });
    expect(door.door.takeReads('2026-11-21')).toEqual([{ ...rows[0], people: 5 }]);
    expect(door.door.takeReads('2026-11-21')).toEqual([]);
  });
});
