import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newAnswer } from '../../../src/core/answer.ts';
import { type Packed, PageCache, type Served } from '../../../src/server/page-cache.ts';
import {
  NoRoute,
  type Rendered,
  RenderRefused,
  RenderTimeout,
  type View,
} from '../../../src/server/render.ts';

interface Kept extends Packed {
  text: string;
}

interface Said {
  tags?: string[];
  query?: string[];
  maxAge?: number;
  status?: number;
  headers?: Record<string, string>;
  private?: boolean;
  open?: boolean;
}

interface Call {
  url: string;
  view: View;
  who: string | null;
  /** Ends the render: with a page that says so much about itself, or with an error. */
  land(said?: Said, text?: string): void;
  fail(error: Error): void;
}

let calls: Call[];
let clock: number;
let cache: PageCache<string, Kept>;
let packing: Promise<void>;
const stale = vi.fn();

function rendered(said: Said, text: string): Rendered {
  const answer = newAnswer();
  if (said.open !== false) {
    answer.public = { tags: said.tags ?? ['home'], query: said.query ?? [], maxAge: said.maxAge ?? 300 };
  }
  answer.private = said.private ?? false;
  return {
    status: said.status ?? 200,
    headers: said.headers ?? {},
    body: Buffer.from(text),
    answer,
    requestId: '',
  };
}

/** Waits until everything that can go on without a render landing has gone on. */
const settle = () => new Promise((done) => setImmediate(done));

function newCache(budget = 1_000_000): PageCache<string, Kept> {
  return new PageCache<string, Kept>({
    render: ({ url, view, who }) =>
      new Promise((done, fail) => {
        const number = calls.length + 1;
        calls.push({
          url,
          view,
          who,
          land: (said = {}, text = `${url} #${number}`) => done(rendered(said, text)),
          fail,
        });
      }),
    pack: async ({ body }) => {
      await packing;
      return { text: body.toString(), bytes: body.length };
    },
    now: () => clock,
    budget,
    onStale: stale,
  });
}

beforeEach(() => {
  calls = [];
  clock = 1_000_000;
  packing = Promise.resolve();
  stale.mockClear();
  cache = newCache();
});

const ask = (url: string, who = 'anna', view: View = 'standard') => cache.answer({ url, view, who });
const textOf = (served: Served<Kept>) =>
  served.kind === 'kept' ? served.page.text : served.rendered.body.toString();
const fresh = (url: string, view: View = 'standard') => cache.fresh(url, view)?.text;

/** Lets the page at a path say what it is, so that the next one who asks gets a render that is kept. */
async function learn(url: string, said: Said = {}): Promise<void> {
  const asked = ask(url, 'first');
  await settle();
  calls.at(-1)!.land(said);
  await asked;
}

/** Has a page rendered and kept. */
async function keep(url: string, said: Said = {}, text?: string, view: View = 'standard'): Promise<void> {
  await learn(url, said);
  const asked = ask(url, 'second', view);
  await settle();
  calls.at(-1)!.land(said, text);
  await asked;
}

describe('what is kept', () => {
  test('what is shared was rendered for nobody: the first answer tells what the path is, the second is kept', async () => {
    const first = ask('/', 'anna');
    await settle();
    calls[0]!.land({}, 'for anna');
    expect(textOf(await first)).toBe('for anna');
    expect(fresh('/')).toBeUndefined();

    const second = ask('/', 'bert');
    await settle();
    expect(calls[1]).toMatchObject({ url: '/', who: null });
    calls[1]!.land({}, 'for everyone');
    expect(textOf(await second)).toBe('for everyone');
    expect(fresh('/')).toBe('for everyone');
    expect(textOf(await ask('/', 'carl'))).toBe('for everyone');
    expect(calls).toHaveLength(2);
  });

  test.each<[string, Said]>([
    ['a page that says nothing', { open: false }],
    ['a page that asked who is reading', { private: true }],
    ['an answer other than 200', { status: 404 }],
    ['an answer with a cookie', { headers: { 'set-cookie': 'a=b' } }],
    ['no-store', { headers: { 'cache-control': 'no-store' } }],
    ['private', { headers: { 'cache-control': 'max-age=5, private' } }],
    ['an answer that varies with the cookie', { headers: { vary: 'Accept, Cookie' } }],
    ['an answer that varies with everything', { headers: { vary: '*' } }],
  ])('%s is not kept, and everyone gets a render of his own', async (_, said) => {
    await learn('/p', said);
    for (const who of ['anna', 'bert']) {
      const asked = ask('/p', who);
      await settle();
      expect(calls.at(-1)!.who).toBe(who);
      calls.at(-1)!.land(said, `for ${who}`);
      expect(textOf(await asked)).toBe(`for ${who}`);
    }
    expect(cache.size).toBe(0);
  });

  test('the page for unknown addresses is kept although its status is 404', async () => {
    await keep('/404', { status: 404 });
    expect(fresh('/404')).toBe('/404 #2');
  });

  test('each view is kept for itself', async () => {
    await keep('/', {}, 'plain');
    const elder = ask('/', 'anna', 'elder');
    await settle();
    expect(calls.at(-1)).toMatchObject({ view: 'elder', who: null });
    calls.at(-1)!.land({}, 'large');
    expect(textOf(await elder)).toBe('large');
    expect([fresh('/'), fresh('/', 'elder'), fresh('/', 'contrast')]).toEqual(['plain', 'large', undefined]);
  });

  test('a page is rendered anew when its age is over', async () => {
    await keep('/', { maxAge: 60 });
    clock += 59_999;
    expect(fresh('/')).toBe('/ #2');
    clock += 1;
    expect(fresh('/')).toBeUndefined();
    const asked = ask('/');
    await settle();
    calls.at(-1)!.land({}, 'newer');
    expect(textOf(await asked)).toBe('newer');
  });

  test('the age counts from when the render began', async () => {
    await learn('/', { maxAge: 60 });
    const asked = ask('/');
    await settle();
    clock += 50_000;
    calls.at(-1)!.land({ maxAge: 60 });
    await asked;
    clock += 10_000;
    expect(fresh('/')).toBeUndefined();
  });
});

describe('query parameters', () => {
  test('undeclared ones are dropped before rendering, declared ones are sorted into the key', async () => {
    await learn('/news', { query: ['page', 'area'] });
    const asked = ask('/news?utm_source=x&page=2&ref=001&area=3');
    await settle();
    expect(calls.at(-1)!.url).toBe('/news?area=3&page=2');
    calls.at(-1)!.land({ query: ['page', 'area'] }, 'page 2');
    expect(textOf(await asked)).toBe('page 2');
    expect(textOf(await ask('/news?page=2&area=3&ref=002'))).toBe('page 2');
    expect(fresh('/news?area=3&page=2')).toBe('page 2');
    expect(calls).toHaveLength(2);
  });

  test('an undeclared parameter never serves another page’s content, even at the first visit', async () => {
    const first = ask('/news?secret=1');
    await settle();
    calls[0]!.land({}, 'rendered with secret=1');
    await first;
    const second = ask('/news');
    await settle();
    expect(calls[1]!.url).toBe('/news');
    calls[1]!.land({}, 'plain');
    expect(textOf(await second)).toBe('plain');
    expect(textOf(await ask('/news?secret=1'))).toBe('plain');
    expect(textOf(await ask('/news?secret=2'))).toBe('plain');
  });

  test('values of one parameter keep their order, names are compared decoded, empty parts vanish', async () => {
    await learn('/s', { query: ['q', '类'] });
    const asked = ask('/s?&q=b&%E7%B1%BB=1&q=a&&%zz=1');
    await settle();
    expect(calls.at(-1)!.url).toBe('/s?q=b&q=a&%E7%B1%BB=1');
    calls.at(-1)!.land({ query: ['q', '类'] });
    await asked;
  });

  test('a page that declares other parameters than before is not kept, and asked again with all of them', async () => {
    await learn('/news', { query: [] });
    const asked = ask('/news?page=2', 'anna');
    await settle();
    expect(calls[1]!.url).toBe('/news');
    calls[1]!.land({ query: ['page'] }, 'page 1');
    await settle();
    expect(calls[2]).toMatchObject({ url: '/news?page=2', who: 'anna' });
    calls[2]!.land({ query: ['page'] }, 'page 2');
    expect(textOf(await asked)).toBe('page 2');
    expect(cache.size).toBe(0);
  });

  test('a private page sees its whole query', async () => {
    await learn('/account', { open: false });
    const asked = ask('/account?tab=2&x=1');
    await settle();
    expect(calls.at(-1)!.url).toBe('/account?tab=2&x=1');
    calls.at(-1)!.land({ open: false });
    await asked;
  });
});

describe('many at once', () => {
  test('twenty at once on a private page get twenty renders, each his own, at the first visit and later', async () => {
    for (const expected of [20, 20]) {
      calls.length = 0;
      const asked = Array.from({ length: 20 }, (_, i) => ask('/form', `reader ${i}`));
      for (let landed = 0; landed < expected; ) {
        await settle();
        for (; landed < calls.length; landed += 1)
          calls[landed]!.land({ open: false }, `for ${calls[landed]!.who}`);
      }
      const answers = (await Promise.all(asked)).map(textOf);
      expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => `for reader ${i}`));
      expect(calls).toHaveLength(20);
    }
  });

  test('twenty at once on a public page that nobody has seen wait for what it says, then for one render', async () => {
    const asked = Array.from({ length: 20 }, (_, i) => ask('/', `reader ${i}`));
    await settle();
    expect(calls).toHaveLength(1);
    calls[0]!.land({}, 'for reader 0');
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]!.land({}, 'for everyone');
    const answers = (await Promise.all(asked)).map(textOf);
    expect(answers).toEqual(['for reader 0', ...Array(19).fill('for everyone')]);
  });

  test('readers of a path that is known to be private do not wait for one another', async () => {
    await learn('/form', { open: false });
    const asked = [ask('/form', 'anna'), ask('/form', 'bert')];
    await settle();
    expect(calls.slice(1).map(({ who }) => who)).toEqual(['anna', 'bert']);
    for (const call of calls.slice(1)) call.land({ open: false });
    await Promise.all(asked);
  });

  test('who waited for a page that turned private gets a render of his own', async () => {
    await learn('/', {});
    const asked = [ask('/', 'anna'), ask('/', 'bert')];
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]!.land({ private: true }, 'for nobody');
    await settle();
    expect(calls.slice(2).map(({ who }) => who)).toEqual(['anna', 'bert']);
    for (const call of calls.slice(2)) call.land({ private: true }, `for ${call.who}`);
    expect((await Promise.all(asked)).map(textOf)).toEqual(['for anna', 'for bert']);
  });

  test('a private path that becomes public is kept again', async () => {
    await learn('/news/1', { open: false, status: 404 });
    await learn('/news/1', {});
    const asked = ask('/news/1');
    await settle();
    expect(calls.at(-1)!.who).toBeNull();
    calls.at(-1)!.land();
    await asked;
    expect(fresh('/news/1')).toBeDefined();
  });

  test('a first render that fails does not keep those who waited for it', async () => {
    const first = ask('/', 'anna');
    const second = ask('/', 'bert');
    await settle();
    calls[0]!.fail(new RenderTimeout());
    await expect(first).rejects.toBeInstanceOf(RenderTimeout);
    await settle();
    expect(calls[1]!.who).toBe('bert');
    calls[1]!.land({}, 'for bert');
    expect(textOf(await second)).toBe('for bert');
  });

  test('an address without a route says so to everyone, and is not remembered', async () => {
    const asked = [ask('/nowhere', 'anna'), ask('/nowhere', 'bert')];
    await settle();
    calls[0]!.fail(new NoRoute());
    await expect(asked[0]).rejects.toBeInstanceOf(NoRoute);
    await settle();
    calls[1]!.fail(new NoRoute());
    await expect(asked[1]).rejects.toBeInstanceOf(NoRoute);
  });
});

describe('purges', () => {
  test('a purged page is gone before purge returns; others stay', async () => {
    await keep('/a', { tags: ['news:1', 'site'] });
    await keep('/b', { tags: ['news:2', 'site'] });
    cache.purge(['news:1']);
    expect([fresh('/a'), fresh('/b')]).toEqual([undefined, '/b #4']);
    cache.purge(['site']);
    expect(fresh('/b')).toBeUndefined();
  });

  test('a purge during a render does not leave the old page', async () => {
    await learn('/', { tags: ['home'] });
    const before = ask('/', 'before');
    await settle();
    cache.purge(['home']);
    calls.at(-1)!.land({ tags: ['home'] }, 'old');
    expect(textOf(await before)).toBe('old');
    expect(fresh('/')).toBeUndefined();

    const after = ask('/', 'after');
    await settle();
    calls.at(-1)!.land({ tags: ['home'] }, 'new');
    expect(textOf(await after)).toBe('new');
    expect(fresh('/')).toBe('new');
  });

  test('a purge while the rendered page is being compressed does not leave the old page', async () => {
    await learn('/', { tags: ['home'] });
    let packed: () => void = () => {};
    packing = new Promise((done) => {
      packed = done;
    });
    const asked = ask('/');
    await settle();
    calls.at(-1)!.land({ tags: ['home'] }, 'old');
    await settle();
    cache.purge(['home']);
    packed();
    await asked;
    expect(fresh('/')).toBeUndefined();
  });

  test('a reader who comes after a purge never sees the older page: he boards no render begun before it', async () => {
    await learn('/', { tags: ['home'] });
    const before = ask('/', 'before');
    await settle();
    cache.purge(['home']);
    const after = ask('/', 'after');
    await settle();
    expect(calls).toHaveLength(3);
    calls[1]!.land({ tags: ['home'] }, 'old');
    expect(textOf(await before)).toBe('old');
    await settle();
    calls[2]!.land({ tags: ['home'] }, 'new');
    expect(textOf(await after)).toBe('new');
    expect(fresh('/')).toBe('new');
  });

  test('nobody boards a render begun before a purge of anything: its tags are not known yet', async () => {
    await learn('/', {});
    const before = ask('/', 'before');
    await settle();
    cache.purge(['something:else']);
    const after = ask('/', 'after');
    await settle();
    expect(calls).toHaveLength(3);
    calls[2]!.land({}, 'new');
    calls[1]!.land({}, 'old');
    expect(textOf(await after)).toBe('new');
    expect(textOf(await before)).toBe('old');
  });

  test('an older render that lands later does not replace a younger one', async () => {
    await learn('/', {});
    const before = ask('/', 'before');
    await settle();
    cache.purge(['something:else']);
    const after = ask('/', 'after');
    await settle();
    calls[2]!.land({}, 'new');
    await after;
    calls[1]!.land({}, 'old');
    await before;
    expect(fresh('/')).toBe('new');
  });

  test('a purge of other tags during a render does not keep the page from being kept', async () => {
    await learn('/', { tags: ['home'] });
    const asked = ask('/');
    await settle();
    cache.purge(['news:9']);
    calls.at(-1)!.land({ tags: ['home'] });
    await asked;
    expect(fresh('/')).toBeDefined();
  });

  test('what was purged while nothing was rendered does not stand in the way of later renders', async () => {
    cache.purge(['home']);
    await keep('/', { tags: ['home'] });
    expect(fresh('/')).toBeDefined();
  });

  test('a page that is gone after a purge leaves nothing behind', async () => {
    await keep('/news/1', { tags: ['news:1'] }, 'the article');
    cache.purge(['news:1']);
    const asked = ask('/news/1', 'anna');
    await settle();
    calls.at(-1)!.land({ status: 404, open: false }, 'gone');
    await settle();
    calls.at(-1)!.land({ status: 404, open: false }, 'gone, anna');
    expect(textOf(await asked)).toBe('gone, anna');
    expect(cache.size).toBe(0);
  });
});

describe('when rendering fails', () => {
  test.each<[string, (call: Call) => void]>([
    ['answers 500', (call) => call.land({ status: 500, open: false }, 'broken')],
    ['takes too long', (call) => call.fail(new RenderTimeout())],
    ['throws', (call) => call.fail(new Error('broken'))],
  ])('a render that %s leaves the last good copy to all who wait, marked stale', async (_, fail) => {
    await keep('/', { tags: ['home'] }, 'good');
    cache.purge(['home']);
    const asked = [ask('/', 'anna'), ask('/', 'bert')];
    await settle();
    expect(calls).toHaveLength(3);
    fail(calls[2]!);
    for (const served of await Promise.all(asked)) {
      expect(served).toMatchObject({ kind: 'kept', stale: true, page: { text: 'good' } });
    }
    expect(stale).toHaveBeenCalled();
    expect(fresh('/')).toBeUndefined();

    const next = ask('/');
    await settle();
    calls.at(-1)!.land({ tags: ['home'] }, 'mended');
    expect(await next).toMatchObject({ kind: 'kept', stale: false, page: { text: 'mended' } });
  });

  test('without a good copy the failure itself is shown', async () => {
    await learn('/', {});
    const shown = ask('/');
    await settle();
    calls.at(-1)!.land({ status: 500, open: false }, 'broken');
    expect(await shown).toMatchObject({ kind: 'own', rendered: { status: 500 } });
    const thrown = ask('/');
    await settle();
    calls.at(-1)!.fail(new RenderTimeout());
    await expect(thrown).rejects.toBeInstanceOf(RenderTimeout);
  });

  test('a render that was refused because too many run does not bring an outdated page back', async () => {
    await keep('/', { tags: ['home'] }, 'old');
    cache.purge(['home']);
    const asked = ask('/');
    await settle();
    calls.at(-1)!.fail(new RenderRefused());
    await expect(asked).rejects.toBeInstanceOf(RenderRefused);
  });

  test('a failing render does not change what the path is known to be', async () => {
    await keep('/', {}, 'good');
    clock += 400_000;
    const asked = ask('/');
    await settle();
    calls.at(-1)!.land({ status: 500, open: false });
    await asked;
    const next = ask('/');
    await settle();
    expect(calls.at(-1)!.who).toBeNull();
    calls.at(-1)!.land();
    await next;
  });
});

describe('the budget', () => {
  test('the least recently used goes first, and the bytes stay below the budget', async () => {
    cache = newCache(40_000);
    for (let i = 0; i < 6; i += 1) await keep(`/${i}`, {}, 'x'.repeat(4_000));
    expect(fresh('/0')).toBeDefined();
    for (let i = 6; i < 9; i += 1) await keep(`/${i}`, {}, 'x'.repeat(4_000));
    expect(cache.bytes).toBeLessThanOrEqual(40_000);
    expect(fresh('/0')).toBeDefined();
    expect(fresh('/1')).toBeUndefined();
    expect(fresh('/8')).toBeDefined();
  });

  test('a page larger than the whole budget is served and not kept', async () => {
    cache = newCache(5_000);
    await learn('/', {});
    const asked = ask('/');
    await settle();
    calls.at(-1)!.land({}, 'x'.repeat(6_000));
    expect(textOf(await asked)).toHaveLength(6_000);
    expect([cache.size, cache.bytes]).toEqual([0, 0]);
  });

  test('a page that replaces another takes its place in the count', async () => {
    await keep('/', { maxAge: 1 }, 'x'.repeat(1_000));
    const { bytes } = cache;
    clock += 2_000;
    const asked = ask('/');
    await settle();
    calls.at(-1)!.land({ maxAge: 1 }, 'y'.repeat(1_000));
    await asked;
    expect([cache.size, cache.bytes]).toEqual([1, bytes]);
  });
});
