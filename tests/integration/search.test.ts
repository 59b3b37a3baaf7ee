import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '#domains/search/service.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { closeStore, reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { dropEntry, indexEntry, rebuildIfOutdated, rebuildIndex, search } = await import(
  '#domains/search/service.ts'
);
const { sql } = await import('drizzle-orm');

afterAll(() => {
  closeStore();
  remove();
});

const entry = (n: number, title: string, text: string, more: Partial<Entry> = {}): Entry => ({
  kind: 'article',
  ref: String(n),
  url: `/news/20260101/${n}`,
  title,
  text,
  facet: 'headlines',
  at: new Date(Date.UTC(2026, 0, n)),
  ...more,
});

const ENTRIES = [
  entry(1, '夜里九点，他们去数路灯', '讲堂巷五盏路灯有三盏被香樟树遮住。'),
  entry(2, '把会开到楼道口去', '会议通报：楼道堆放、路灯不亮、占道停车排在前三位。'),
  entry(3, '关于二季度文明家庭候选名单的公示', '公示期内可以提出异议。', { facet: 'notices' }),
  entry(4, '2024年创城工作要点', '全年任务共12项，见《要点》<全文>。', { facet: 'notices' }),
  entry(5, '林阿梅', '义务照看楼里独居老人九年，人称“小巷灯”。', { kind: 'honor', facet: 'honor' }),
];

beforeAll(() =>
  write.quiet(async (tx) => {
    for (const each of ENTRIES) await indexEntry(tx, each);
  }),
);

const ask = (q: string, more: Partial<Parameters<typeof search>[0]> = {}) =>
  search({ q, facet: null, order: 'relevance', page: 1, ...more });
const titles = async (q: string, more = {}) =>
  (await ask(q, more)).hits.map((hit) => hit.title.map((piece) => piece.text).join(''));

test.each(ENTRIES.map((each) => each.title))('a title finds itself first: %s', async (title) => {
  expect((await titles(title))[0]).toBe(title);
});

test.each([
  ['路灯', 2],
  ['灯', 3],
  ['2024年创城', 1],
  ['文明家庭 公示', 1],
  ['wmjt', 1],
  ['linamei', 1],
  ['路灯不亮', 1],
  ['没有的词语', 0],
  ['" OR title : *', 0],
  ['<script>', 0],
])('%s: %i', async (q, n) => {
  expect((await ask(q)).total).toBe(n);
});

test('a hit in the title comes before one in the text, the newest first by date', async () => {
  expect(await titles('路灯')).toEqual(['夜里九点，他们去数路灯', '把会开到楼道口去']);
  expect(await titles('路灯', { order: 'date' })).toEqual(['把会开到楼道口去', '夜里九点，他们去数路灯']);
});

test('facets count everything found and narrow the list', async () => {
  const found = await ask('年');
  expect(found.facets).toEqual([
    { facet: 'honor', n: 1 },
    { facet: 'notices', n: 1 },
  ]);
  expect((await ask('年', { facet: 'notices' })).total).toBe(1);
  expect((await ask('年', { facet: 'no-such' })).total).toBe(0);
});

test('hits are marked in the words as they were written', async () => {
  const { hits } = await ask('路灯');
  expect(hits[0]?.title.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['路灯']);
});

test('where nothing is found, what sounds alike and the single terms are offered', async () => {
  expect((await ask('林阿妹')).similar).toEqual([{ title: '林阿梅', url: '/news/20260101/5' }]);
  expect((await ask('路灯 火箭')).terms).toEqual(['路灯', '火箭']);
});

test('an entry brought up to date is found by its new words alone; one dropped not at all', async () => {
  await write.quiet((tx) => indexEntry(tx, entry(9, '旧题目', '旧文字')));
  await write.quiet((tx) => indexEntry(tx, entry(9, '新题目', '新文字')));
  expect((await ask('旧题目')).total).toBe(0);
  expect((await ask('新题目')).total).toBe(1);
  await write.quiet((tx) => dropEntry(tx, 'article', '9'));
  expect((await ask('新题目')).total).toBe(0);
});

test('a transaction that fails leaves nothing to be found', async () => {
  const failing = write.quiet(async (tx) => {
    await indexEntry(tx, entry(10, '半途而废', ''));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow();
  expect((await ask('半途而废')).total).toBe(0);
});

test('the index can be made anew from the entries', async () => {
  await write.quiet((tx) => tx.run(sql`DELETE FROM search_index`));
  expect((await ask('路灯')).total).toBe(0);
  expect(await rebuildIndex()).toBe(ENTRIES.length);
  expect((await ask('路灯')).total).toBe(2);
  expect(await reader.all(sql`SELECT count(*) AS n FROM search_index`)).toEqual([{ n: ENTRIES.length }]);
});

test('an index made by an older recipe is made anew, once', async () => {
  expect(await rebuildIfOutdated()).toBe(false);
  await write.quiet((tx) => tx.run(sql`UPDATE meta SET value = 'old' WHERE key = 'search-recipe'`));
  await write.quiet((tx) => tx.run(sql`DELETE FROM search_index`));
  expect(await rebuildIfOutdated()).toBe(true);
  expect((await ask('路灯')).total).toBe(2);
  expect(await rebuildIfOutdated()).toBe(false);
});

test('a community is found by its name and what its page says, until it is no more', async () => {
  const { insertPlace } = await import('#domains/places/store.ts');
  const { indexCommunities } = await import('#domains/search/communities/service.ts');
  const where = { lat: null, lng: null, position: 0 };
  await write.quiet(async (tx) => {
    const city = await insertPlace(tx, null, { level: 'city', code: '1', name: '云汀市', ...where });
    const district = await insertPlace(tx, city, { level: 'district', code: '2', name: '汀南区', ...where });
    const street = await insertPlace(tx, district, {
      level: 'street',
      code: '3',
      name: '南门口街道',
      ...where,
    });
    await insertPlace(tx, street, {
      level: 'community',
      code: '4',
      name: '槐荫社区',
      introduction: '这里的人习惯在槐树下说事。',
      ...where,
    });
  });
  expect(await indexCommunities()).toBe(1);
  expect(await indexCommunities()).toBe(0);
  expect((await ask('槐荫')).hits[0]).toMatchObject({ kind: 'community', facet: 'community' });
  expect((await ask('槐树下说事')).total).toBe(1);
  await write.quiet((tx) => tx.run(sql`UPDATE places SET retired_at = 1 WHERE code = '4'`));
  expect(await indexCommunities()).toBe(1);
  expect((await ask('槐荫')).total).toBe(0);
});

test('pages past the last show the last', async () => {
  await write.quiet(async (tx) => {
    for (let n = 100; n < 145; n++) await indexEntry(tx, entry(n, `例行巡查 ${n}`, ''));
  });
  expect((await ask('例行巡查')).pages).toBe(3);
  expect((await ask('例行巡查', { page: 3 })).hits).toHaveLength(5);
  expect((await ask('例行巡查', { page: 99 })).hits).toHaveLength(5);
});
