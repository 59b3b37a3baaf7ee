import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { ArticleForm } from '#domains/news/input.ts';
import { newsroom } from '../support/newsroom.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { setClock } = await import('#core/clock.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { onPurge } = await import('#core/tags.ts');
const { write } = await import('#core/write.ts');
const { verifyChain } = await import('#core/audit.ts');
const news = await import('#domains/news/service.ts');
const writing = await import('#domains/news/writing/service.ts');
const deciding = await import('#domains/news/deciding/service.ts');
const topics = await import('#domains/news/topics/service.ts');
const desk = await import('#domains/news/desk/service.ts');
const { insertMedia } = await import('#domains/media/service.ts');
const { media } = await import('#db/schema/media.ts');
const { articles } = await import('#db/schema/news.ts');
const { search } = await import('#domains/search/service.ts');
const { eq } = await import('drizzle-orm');
const { editor, other, approver, both, handler } = await newsroom();

const purged = new Set<string>();
onPurge((tags) => {
  for (const tag of tags) purged.add(tag);
});

afterEach(() => setClock(null));
afterAll(() => {
  closeStore();
  remove();
});

const FORM: ArticleForm = {
  version: 1,
  columnId: 'civil-community',
  kicker: '走街串巷',
  title: '三百盏楼道灯',
  subtitle: '',
  source: '市创城办',
  author: '方舟',
  editor: '季明',
  summary: '',
  bodyHtml: '<p>入冬以来，逐栋登记。</p>',
  coverAlt: '',
  topic: '',
  serialYear: null,
  serialIssue: null,
  related: '',
  interprets: '',
};

type Id = Awaited<ReturnType<typeof writing.createDraft>>;

const versionOf = async (id: Id): Promise<number> => {
  const [row] = await reader.select({ version: articles.version }).from(articles).where(eq(articles.id, id));
  return row!.version;
};

async function draft(more: Partial<ArticleForm> = {}): Promise<Id> {
  const form = { ...FORM, ...more };
  const id = await writing.createDraft(editor, form);
  await writing.saveArticle(editor, id, { ...form, version: 1 });
  return id;
}

async function submitted(more: Partial<ArticleForm> = {}): Promise<Id> {
  const id = await draft(more);
  await deciding.submitArticle(editor, id, await versionOf(id));
  return id;
}

async function published(more: Partial<ArticleForm> = {}): Promise<Id> {
  const id = await submitted(more);
  await deciding.publishArticle(approver, id, await versionOf(id));
  return id;
}

const seen = async (title: string) => ({
  column: (await news.listColumn('building', 1)).items.some((one) => one.title === title),
  all: (await news.listEverything(1)).items.some((one) => one.title === title),
  feed: (await news.feedOf('civil-community')).some((one) => one.title === title),
  search: (await search({ q: title, facet: null, order: 'relevance', page: 1 })).hits.some(
    (hit) => hit.title.map((piece) => piece.text).join('') === title,
  ),
  map: (await news.landmarks()).length,
});

describe('the way of an article', () => {
  test('it is nowhere before another person publishes it, and everywhere at once after', async () => {
    const title = '一盏灯的来历';
    const before = await seen(title);
    expect(before).toMatchObject({ column: false, all: false, feed: false, search: false });
    const id = await submitted({ title });
    expect(await seen(title)).toEqual(before);
    await expect(news.readArticle(id)).rejects.toMatchObject({ code: 'not_found' });
    purged.clear();
    await deciding.publishArticle(approver, id, await versionOf(id));
    expect(await seen(title)).toMatchObject({ column: true, all: true, feed: true, search: true });
    expect([...purged]).toEqual(
      expect.arrayContaining(['home', 'news', `news:${id}`, 'column:building', 'column:civil-community']),
    );
    expect(await news.readArticle(id)).toMatchObject({ kind: 'article', article: { state: 'published' } });
    expect((await desk.readDesk(editor, id)).article.approverId).toBe(approver.id);
  });

  test('nobody publishes his own text, nor one he changed', async () => {
    const id = await writing.createDraft(both, FORM);
    await writing.saveArticle(both, id, FORM);
    await deciding.submitArticle(both, id, await versionOf(id));
    await expect(deciding.publishArticle(both, id, await versionOf(id))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const second = await writing.createDraft(editor, FORM);
    await writing.saveArticle(both, second, FORM);
    await deciding.submitArticle(editor, second, await versionOf(second));
    await expect(deciding.publishArticle(both, second, await versionOf(second))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('writing and publishing are for those who may', async () => {
    await expect(writing.createDraft(approver, FORM)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(writing.createDraft(handler, FORM)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(writing.createDraft({ kind: 'anonymous' }, FORM)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const id = await submitted();
    await expect(deciding.publishArticle(editor, id, await versionOf(id))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(desk.readDesk(handler, id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('what is missing is named when it is submitted', async () => {
    const id = await draft({ bodyHtml: '', source: '', editor: '' });
    const problem = await deciding.submitArticle(editor, id, await versionOf(id)).catch((e: unknown) => e);
    expect(String(problem)).toMatch(/没有正文.*没有写来源.*没有写责任编辑/);
  });

  test('sent back with a reason, mended, published', async () => {
    const id = await submitted();
    await expect(deciding.sendBack(approver, id, await versionOf(id), ' ')).rejects.toMatchObject({
      fields: { reason: expect.any(String) },
    });
    await deciding.sendBack(approver, id, await versionOf(id), '数字请再核对');
    expect((await desk.readDesk(editor, id)).article).toMatchObject({
      state: 'draft',
      returnReason: '数字请再核对',
    });
    expect((await desk.newsroomCounts(editor)).returned).toBeGreaterThan(0);
    await writing.saveArticle(editor, id, { ...FORM, version: await versionOf(id), title: '三百一十二盏' });
    await deciding.submitArticle(editor, id, await versionOf(id));
    await deciding.publishArticle(approver, id, await versionOf(id));
    expect((await desk.readDesk(editor, id)).article.returnReason).toBe('');
  });

  test('withdrawn with a reason it leaves a tombstone and nothing else; taken up again it keeps its first day', async () => {
    setClock(() => new Date('2026-03-05T04:00:00Z'));
    const title = '一条有误的消息';
    const id = await published({ title });
    setClock(() => new Date('2026-03-09T04:00:00Z'));
    await deciding.withdrawArticle(approver, id, await versionOf(id), '来源不实');
    expect(await seen(title)).toMatchObject({ column: false, all: false, feed: false, search: false });
    expect(await news.readArticle(id)).toMatchObject({
      kind: 'withdrawn',
      reason: '来源不实',
      path: `/news/20260305/${id}`,
    });
    await deciding.reopenArticle(editor, id, await versionOf(id));
    expect((await news.readArticle(id)).kind).toBe('withdrawn');
    await writing.saveArticle(editor, id, { ...FORM, title, version: await versionOf(id) });
    await deciding.submitArticle(editor, id, await versionOf(id));
    setClock(() => new Date('2026-03-12T04:00:00Z'));
    await deciding.publishArticle(approver, id, await versionOf(id));
    expect(await news.readArticle(id)).toMatchObject({
      kind: 'article',
      path: `/news/20260305/${id}`,
      article: { firstPublishedAt: new Date('2026-03-05T04:00:00Z') },
    });
  });
});

describe('two at one text', () => {
  test('who saves last is told who was faster, by name and time, and nothing is overwritten', async () => {
    setClock(() => new Date('2026-03-05T06:32:00Z'));
    const id = await draft();
    const version = await versionOf(id);
    await writing.saveArticle(other, id, { ...FORM, version, title: '向晚的题目' });
    const late = writing.saveArticle(editor, id, { ...FORM, version, title: '季明的题目' });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/向晚在 2026-03-05 14:32/),
    });
    expect((await desk.readDesk(editor, id)).article.title).toBe('向晚的题目');
  });

  test('what is typed is kept beside the draft, offered again, and gone once it is saved', async () => {
    const id = await draft();
    const version = await versionOf(id);
    const kept = await writing.autosave(editor, id, { title: '写到一半', bodyHtml: '<p>半' }, version);
    expect(kept.warning).toBeNull();
    expect(await versionOf(id)).toBe(version);
    const open = await desk.readForEditing(editor, id);
    expect(open.fields).toMatchObject({ title: '写到一半', bodyHtml: '<p>半' });
    expect(open.restored).not.toBeNull();
    expect((await desk.readForEditing(other, id)).restored).toBeNull();
    const beside = await writing.autosave(other, id, { title: '另一个人' }, version);
    expect(beside.warning).toContain('季明也在编辑');
    await writing.saveArticle(editor, id, { ...FORM, version });
    expect((await desk.readForEditing(editor, id)).restored).toBeNull();
    const stale = await writing.autosave(other, id, { title: '另一个人' }, version);
    expect(stale.warning).toContain('季明在');
  });
});

const refs = async (id: Id) =>
  (await desk.readDesk(approver, id)).corrections.map(({ by, submittedAt }) => ({
    by,
    submitted: submittedAt!.getTime(),
  }));

describe('a correction', () => {
  test('changed after it was read is not published unread', async () => {
    let at = Date.parse('2026-03-05T04:00:00Z');
    setClock(() => new Date(at));
    const id = await published();
    const version = await versionOf(id);
    const save = (title: string) => writing.saveArticle(editor, id, { ...FORM, version, title });
    await save('先写的');
    await deciding.submitCorrection(editor, id, version, '改题目');
    const [read] = await refs(id);
    at += 60_000;
    await writing.autosave(editor, id, { title: '还在写' }, version);
    await expect(deciding.publishCorrection(approver, id, version, read!)).rejects.toMatchObject({
      code: 'not_found',
    });
    await save('后写的');
    await deciding.submitCorrection(editor, id, version, '改题目');
    await expect(deciding.publishCorrection(approver, id, version, read!)).rejects.toMatchObject({
      code: 'not_found',
    });
    await deciding.publishCorrection(approver, id, version, (await refs(id))[0]!);
    expect(await news.readArticle(id)).toMatchObject({ article: { title: '后写的' } });
  });

  test('stands beside the published text until another person publishes it; the day stays, the time is told', async () => {
    setClock(() => new Date('2026-03-05T04:00:00Z'));
    const id = await published({ title: '原来的题目', bodyHtml: '<p>共二百盏。</p><p>不变。</p>' });
    const version = await versionOf(id);
    await writing.saveArticle(editor, id, {
      ...FORM,
      version,
      title: '原来的题目',
      bodyHtml: '<p>共三百盏。</p><p>不变。</p>',
    });
    expect(await news.readArticle(id)).toMatchObject({ body: expect.stringContaining('二百盏') });
    await deciding.submitCorrection(editor, id, version, '更正盏数');
    const [correction] = (await desk.readDesk(approver, id)).corrections;
    expect(correction?.differences).toEqual([
      { label: '正文', before: ['共二百盏。'], after: ['共三百盏。'] },
    ]);
    const ref = { by: editor.id, submitted: correction!.submittedAt!.getTime() };
    await expect(
      deciding.publishCorrection(approver, id, version, { ...ref, by: approver.id }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    setClock(() => new Date('2026-03-06T04:00:00Z'));
    await deciding.publishCorrection(approver, id, version, ref);
    expect(await news.readArticle(id)).toMatchObject({
      body: expect.stringContaining('三百盏'),
      article: {
        firstPublishedAt: new Date('2026-03-05T04:00:00Z'),
        correctedAt: new Date('2026-03-06T04:00:00Z'),
      },
    });
    expect((await search({ q: '共三百盏', facet: null, order: 'relevance', page: 1 })).total).toBe(1);
    expect((await search({ q: '共二百盏', facet: null, order: 'relevance', page: 1 })).total).toBe(0);
  });

  test('one begun on an older text is not published over a newer one', async () => {
    const id = await published();
    const version = await versionOf(id);
    for (const one of [editor, other]) {
      await writing.saveArticle(one, id, { ...FORM, version, title: `${one.name}的更正` });
      await deciding.submitCorrection(one, id, version, '改题目');
    }
    const [first, second] = await refs(id);
    await deciding.publishCorrection(approver, id, version, first!);
    await expect(
      deciding.publishCorrection(approver, id, await versionOf(id), second!),
    ).rejects.toMatchObject({ code: 'conflict' });
    await deciding.returnCorrection(approver, id, second!, '请在新的文字上改');
    expect((await desk.readDesk(approver, id)).corrections).toEqual([]);
  });
});

describe('numbers, links, topics', () => {
  test('a serial is numbered from 1 each year, the next number proposed, a number used once', async () => {
    setClock(() => new Date('2026-05-05T04:00:00Z'));
    expect(await writing.proposeIssue('bulletin')).toEqual({ kind: 'bulletin', year: 2026, issue: 1 });
    await published({ columnId: 'bulletin', title: '第一期', serialYear: 2026, serialIssue: 1 });
    expect(await writing.proposeIssue('bulletin')).toMatchObject({ issue: 2 });
    expect(await writing.proposeIssue('headlines')).toBeNull();
    const id = await writing.createDraft(editor, FORM);
    const again = { ...FORM, columnId: 'bulletin', serialYear: 2026, serialIssue: 1 };
    await expect(writing.saveArticle(editor, id, again)).rejects.toMatchObject({
      code: 'conflict',
      fields: { serialIssue: expect.any(String) },
    });
    setClock(() => new Date('2027-01-05T04:00:00Z'));
    expect(await writing.proposeIssue('bulletin')).toMatchObject({ year: 2027, issue: 1 });
    const { list, years } = await news.listSerial('bulletin', 1);
    expect(list.items.map((one) => one.serialIssue)).toEqual([1]);
    expect(years).toEqual([{ year: 2026, issues: 1 }]);
    expect((await search({ q: '2026年第1期', facet: null, order: 'relevance', page: 1 })).hits[0]?.kind).toBe(
      'bulletin',
    );
  });

  test('a link leads both ways, and goes when it is taken out', async () => {
    const one = await published({ title: '办法' });
    const two = await published({ title: '一图读懂办法', interprets: `/news/20260305/${one}` });
    const linked = async (id: Id) => {
      const view = await news.readArticle(id);
      return view.kind === 'article' ? view.linked.map(({ id: to, link }) => ({ to, link })) : [];
    };
    expect(await linked(one)).toEqual([{ to: two, link: 'interprets' }]);
    expect(await linked(two)).toEqual([{ to: one, link: 'interprets' }]);
    const version = await versionOf(two);
    await writing.saveArticle(editor, two, { ...FORM, version, title: '一图读懂办法' });
    await deciding.submitCorrection(editor, two, version, '去掉链接');
    await deciding.publishCorrection(approver, two, version, (await refs(two))[0]!);
    expect(await linked(one)).toEqual([]);
    await expect(
      writing.saveArticle(editor, await draft(), { ...FORM, version: 2, related: '999999' }),
    ).rejects.toMatchObject({ fields: { related: expect.any(String) } });
  });

  test('a topic gathers its articles and is found in the list once it has one', async () => {
    await draft({ topic: '楼道十米' });
    expect(await topics.listTopics()).toEqual([]);
    await published({ topic: '楼道十米', title: '清楼道之前' });
    const [topic] = await topics.listTopics();
    expect(topic).toMatchObject({ name: '楼道十米', articles: 1 });
    const { list } = await topics.readTopic(topic!.id, 1);
    expect(list.items.map((one) => one.title)).toEqual(['清楼道之前']);
  });
});

describe('pictures', () => {
  const row = (id: string, purpose: 'article' | 'complaint', state: 'staged' | 'private' = 'staged') => ({
    id: id.padEnd(24, '0') as never,
    kind: 'image' as const,
    purpose,
    state,
    mime: 'image/webp',
    bytes: 1,
    sha256: '',
    width: 100,
    height: 100,
    name: 'x.jpg',
    createdAt: new Date(),
  });
  const stateOf = async (id: string) =>
    (
      await reader
        .select()
        .from(media)
        .where(eq(media.id, id.padEnd(24, '0') as never))
    )[0]?.state;
  const shows = (id: string) => `<p>图</p><p><img src="/media/${id.padEnd(24, '0')}/960" alt="街景" /></p>`;

  test('are private with the draft, public with the article, private again when it is withdrawn', async () => {
    await write.quiet((tx) => insertMedia(tx, [row('pic-a', 'article')]));
    const id = await submitted({ bodyHtml: shows('pic-a') });
    expect(await stateOf('pic-a')).toBe('private');
    await deciding.publishArticle(approver, id, await versionOf(id));
    expect(await stateOf('pic-a')).toBe('public');
    await deciding.withdrawArticle(approver, id, await versionOf(id), '有误');
    expect(await stateOf('pic-a')).toBe('private');
  });

  test("a complaint's photograph does not become public by being written into a text", async () => {
    await write.quiet((tx) => insertMedia(tx, [row('pic-b', 'complaint', 'private')]));
    const id = await writing.createDraft(editor, FORM);
    await expect(
      writing.saveArticle(editor, id, { ...FORM, bodyHtml: shows('pic-b') }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await stateOf('pic-b')).toBe('private');
  });

  test('need a description before the text is submitted', async () => {
    await write.quiet((tx) => insertMedia(tx, [row('pic-c', 'article')]));
    const id = await draft({ bodyHtml: shows('pic-c').replace('街景', '') });
    await expect(deciding.submitArticle(editor, id, await versionOf(id))).rejects.toThrow('没有文字说明');
  });
});

test('lists have 20 a page and the last page for whoever asks past it', async () => {
  for (let i = 0; i < 22; i++) await published({ columnId: 'opinion', title: `评论 ${i}` });
  const first = await news.listColumn('opinion', 1);
  expect([first.items.length, first.pages, first.total]).toEqual([20, 2, 22]);
  expect(first.items[0]?.title).toBe('评论 21');
  expect((await news.listColumn('opinion', 9)).page).toBe(2);
});

test('the log holds no word of what was written, and its chain is whole', async () => {
  const { audit } = await import('#db/schema/core.ts');
  const rows = await reader.select().from(audit);
  expect(JSON.stringify(rows)).not.toMatch(/三百|楼道|核对|来源不实/);
  expect(await verifyChain(reader)).toMatchObject({ brokenAt: null });
});
