import { found } from '#core/errors.ts';
import { readsOf } from '#core/reads.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import type { ArticleId } from '#db/schema/ids.ts';
import { SERIAL_KINDS, type SerialKind } from '#db/schema/news.values.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { articlePath, columnPath } from './addresses.ts';
import { bodyText, firstPicture, renderBody } from './body.ts';
import { type Page, paged } from './paging.ts';
import * as store from './store.ts';
import { listTopics } from './topics/service.ts';
import { type Column, columnTree, getColumn } from './tree.ts';

export type { Page } from './paging.ts';
export type { Attachment, Listed, Titled } from './store.ts';
export { type Column, type ColumnTree, columnTree, getColumn } from './tree.ts';

/** What a column and its sub-columns have published, newest first. */
export async function listColumn(id: string, page: number): Promise<Page<store.Listed>> {
  const reach = (await columnTree()).reachOf(id);
  const total = await store.countPublished(reader, reach);
  return paged(total, page, (limit, offset) => store.listPublished(reader, reach, limit, offset));
}

/** What all columns together have published, newest first. */
export async function listEverything(page: number): Promise<Page<store.Listed>> {
  const all = [...(await columnTree()).byId.keys()];
  const total = await store.countPublished(reader, all);
  return paged(total, page, (limit, offset) => store.listPublished(reader, all, limit, offset));
}

const newest = new Map<string, Promise<store.Listed[]>>();

// Cleared before the write that changed a column returns, so that nobody reads an older list after it.
onPurge((tags) => {
  if (tags.some((tag) => tag.startsWith('column') || tag === 'news')) newest.clear();
});

/** The newest of a column and its sub-columns, from memory until one of them changes: every article shows them. */
export function newestOf(id: string, limit: number): Promise<store.Listed[]> {
  const key = `${limit} ${id}`;
  let list = newest.get(key);
  if (!list) {
    list = columnTree().then((tree) => store.listPublished(reader, tree.reachOf(id), limit));
    newest.set(key, list);
    list.catch(() => newest.delete(key));
  }
  return list;
}

/** The newest articles about a place or from it, known by its name. */
export const newestNaming = (name: string, limit: number): Promise<store.Listed[]> =>
  store.listNaming(reader, name, limit);

/** The newest with a picture, for the strip of the home page. */
export const listPictured = (limit: number): Promise<store.Listed[]> =>
  store.listPictured(reader, 'photo-news', limit);

export interface ArticleView {
  kind: 'article';
  article: store.ShownArticle & { firstPublishedAt: Date };
  path: string;
  /** From the root column down. */
  line: Column[];
  body: string;
  /** Whether the text itself shows a picture. */
  pictured: boolean;
  /** The address of its picture; `null` where it has none. */
  image: string | null;
  description: string;
  attachments: store.Attachment[];
  previous: store.Titled | null;
  next: store.Titled | null;
  linked: store.Linked[];
  reads: number;
}

/** What is left of an article that was taken back. */
export interface Tombstone {
  kind: 'withdrawn';
  title: string;
  path: string;
  line: Column[];
  reason: string;
  publishedAt: Date;
  /** Empty while a corrected text is on its way. */
  withdrawnAt: Date | null;
}

const DESCRIPTION_LENGTH = 120;

/** A few words about an article: its summary, or its beginning. */
export function describe({ summary, bodyHtml }: Pick<store.ArticleRow, 'summary' | 'bodyHtml'>): string {
  const text = [...(summary || bodyText(bodyHtml).replace(/\s+/g, ' '))];
  return text.length > DESCRIPTION_LENGTH
    ? `${text.slice(0, DESCRIPTION_LENGTH - 1).join('')}…`
    : text.join('');
}

/** The address of an article's picture: its cover, its drawn scene, or the first one in its text. */
export function pictureOf({
  coverId,
  coverScene,
  bodyHtml,
}: Pick<store.ArticleRow, 'coverId' | 'coverScene' | 'bodyHtml'>): string | null {
  if (coverId) return `/media/${coverId}/1600`;
  if (coverScene) return `/scenes/${coverScene}.png`;
  return firstPicture(bodyHtml);
}

const GONE = '没有找到这篇文章。它可能尚未发布，或者网址有误，请核对，或在下面搜一搜。';

/**
 * An article as its page shows it, or what is left of one that was published and taken back. `not_found` for drafts: they
 * have never been there.
 */
export async function readArticle(id: number): Promise<ArticleView | Tombstone> {
  const row = Number.isSafeInteger(id) ? await store.findShown(reader, id as ArticleId) : null;
  const article = found(
    row?.firstPublishedAt ? { ...row, firstPublishedAt: row.firstPublishedAt } : null,
    GONE,
  );
  const path = articlePath(article);
  const line = (await columnTree()).lineOf(article.columnId);
  if (article.state !== 'published') {
    const { title, withdrawReason: reason, withdrawnAt, firstPublishedAt: publishedAt } = article;
    return { kind: 'withdrawn', title, path, line, reason, publishedAt, withdrawnAt };
  }
  const { domain } = await siteSettings();
  const { previous, next } = await store.findNeighbours(reader, article);
  return {
    kind: 'article',
    article,
    path,
    line,
    body: await renderBody(article.bodyHtml, domain),
    pictured: firstPicture(article.bodyHtml) !== null,
    image: pictureOf(article),
    description: describe(article),
    attachments: await store.listAttachments(reader, article.id),
    previous,
    next,
    linked: await store.listLinked(reader, article.id),
    reads: await readsOf(path),
  };
}

/** The columns that hold a numbered serial. */
export const SERIAL_COLUMNS: ReadonlyMap<string, SerialKind> = new Map(
  SERIAL_KINDS.map((kind) => [kind as string, kind]),
);

/** A page of a numbered serial, with how many issues each year has. */
export async function listSerial(
  kind: SerialKind,
  page: number,
): Promise<{ list: Page<store.Listed>; years: { year: number; issues: number }[] }> {
  const years = await store.countSerial(reader, kind);
  const total = years.reduce((sum, { issues }) => sum + issues, 0);
  return {
    list: await paged(total, page, (limit, offset) => store.listSerial(reader, kind, limit, offset)),
    years,
  };
}

/** The newest issues of a serial. */
export const newestIssues = (kind: SerialKind, limit: number): Promise<store.Listed[]> =>
  store.listSerial(reader, kind, limit);

export interface FeedItem {
  path: string;
  title: string;
  summary: string;
  body: string;
  author: string;
  column: string;
  at: Date;
  image: string | null;
}

const FEED_LENGTH = 30;

/** What a feed carries: of one column with its sub-columns, or of all. */
export async function feedOf(columnId: string | null): Promise<FeedItem[]> {
  const tree = await columnTree();
  const reach = columnId === null ? null : tree.reachOf((await getColumn(columnId)).id);
  const { domain } = await siteSettings();
  const rows = await store.listFull(reader, reach, FEED_LENGTH);
  return Promise.all(
    rows.map(async (row) => {
      const at = row.firstPublishedAt ?? row.createdAt;
      return {
        path: articlePath({ id: row.id, firstPublishedAt: at }),
        title: row.title,
        summary: describe(row),
        body: await renderBody(row.bodyHtml, domain),
        author: row.author || row.source,
        column: tree.byId.get(row.columnId)?.name ?? '',
        at,
        image: pictureOf(row),
      };
    }),
  );
}

/** An address for the site map, and when what stands there last changed. */
export interface Landmark {
  path: string;
  changedAt: Date | null;
}

const LANDMARKS = 45_000;

/** Every article, column and topic that can be read. */
export async function landmarks(): Promise<Landmark[]> {
  const tree = await columnTree();
  const rows = await store.listDated(reader, LANDMARKS);
  const newest = new Map<string, Date>();
  for (const row of rows) {
    for (const { id } of tree.lineOf(row.columnId)) {
      if (!newest.has(id)) newest.set(id, row.firstPublishedAt);
    }
  }
  const topics = await listTopics();
  return [
    ...[...newest].map(([id, changedAt]) => ({ path: columnPath(id), changedAt })),
    ...topics.map(({ id, newest: changedAt }) => ({ path: `/news/topics/${id}`, changedAt })),
    ...rows.map((row) => ({ path: articlePath(row), changedAt: row.updatedAt })),
  ];
}

/** How many articles each column has published, its own alone. */
export async function countsByColumn(): Promise<ReadonlyMap<string, number>> {
  return new Map((await store.countByColumn(reader)).map(({ columnId, n }) => [columnId, n]));
}
