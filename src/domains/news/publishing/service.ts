import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { ArticleId, MediaId } from '#db/schema/ids.ts';
import type { LinkKind, SerialKind } from '#db/schema/news.values.ts';
import { dropEntry, type Entry, indexEntry, prepareIndex } from '#domains/search/service.ts';
import { articlePath } from '../addresses.ts';
import { bodyText, cleanBody } from '../body.ts';
import { standardColumns } from '../columns.ts';
import { formatIssue } from '../rules.ts';
import type { ArticleRow } from '../store.ts';
import * as store from './store.ts';

type Findable = Pick<
  ArticleRow,
  | 'id'
  | 'columnId'
  | 'kicker'
  | 'title'
  | 'subtitle'
  | 'bodyHtml'
  | 'serialKind'
  | 'serialYear'
  | 'serialIssue'
> & { firstPublishedAt: Date };

/** How an article is found: its words, under its root column; numbered ones also by their number. */
function entryOf(article: Findable, root: string): Entry {
  const { id, kicker, title, subtitle, bodyHtml, serialKind, serialYear, serialIssue } = article;
  const number =
    serialKind && serialYear && serialIssue
      ? formatIssue(serialKind, { year: serialYear, issue: serialIssue })
      : '';
  return {
    kind: serialKind ? 'bulletin' : 'article',
    ref: String(id),
    url: articlePath(article),
    title,
    text: [kicker, subtitle, number, bodyText(bodyHtml)].filter(Boolean).join('\n'),
    facet: root,
    at: article.firstPublishedAt,
  };
}

/** Makes a published article findable, in the transaction that published it. */
export async function indexArticle(tx: Tx, article: Findable): Promise<void> {
  const roots = await store.rootsOfColumns(tx);
  await indexEntry(tx, entryOf(article, roots.get(article.columnId) ?? article.columnId));
}

export const unindexArticle = (tx: Tx, { id, serialKind }: ArticleRow): Promise<void> =>
  dropEntry(tx, serialKind ? 'bulletin' : 'article', String(id));

/** Adds the columns that every city begins with, and those of its own. What staff changed stays as it is. */
export async function ensureColumns(
  tx: Tx,
  change: Change,
  city: string,
  own: readonly store.NewColumn[] = [],
): Promise<void> {
  const all = [...standardColumns(city), ...own];
  await store.addColumns(tx, all);
  change.note('columns', 'all', { to: { count: all.length } });
  change.touch('columns', 'home');
}

/** An article that is published already, as loaders have it. */
export interface LoadedArticle {
  /** By which others name it in `related`. */
  key: string;
  columnId: string;
  kicker?: string;
  title: string;
  subtitle?: string;
  source: string;
  author: string;
  editor: string;
  summary: string;
  bodyHtml: string;
  coverScene?: string;
  coverAlt?: string;
  topic?: string;
  serial?: { kind: SerialKind; year: number; issue: number };
  publishedAt: Date;
  attachments?: readonly MediaId[];
  related?: readonly { key: string; kind: LinkKind }[];
}

/** Cleans the texts and loads what indexing needs: the slow part of loading, done before the transaction. */
export async function prepareLoaded(articles: readonly LoadedArticle[]): Promise<LoadedArticle[]> {
  await prepareIndex();
  return Promise.all(
    articles.map(async (article) => ({ ...article, bodyHtml: await cleanBody(article.bodyHtml) })),
  );
}

const rowOf = (article: LoadedArticle): store.NewArticle => ({
  columnId: article.columnId,
  state: 'published',
  kicker: article.kicker ?? '',
  title: article.title,
  subtitle: article.subtitle ?? '',
  source: article.source,
  author: article.author,
  editor: article.editor,
  summary: article.summary,
  bodyHtml: article.bodyHtml,
  coverScene: article.coverScene ?? null,
  coverAlt: article.coverAlt ?? '',
  topic: article.topic ?? '',
  serialKind: article.serial?.kind ?? null,
  serialYear: article.serial?.year ?? null,
  serialIssue: article.serial?.issue ?? null,
  firstPublishedAt: article.publishedAt,
  createdAt: article.publishedAt,
  updatedAt: article.publishedAt,
});

/**
 * Loads articles as published, with attachments, links and search, in the caller's transaction. Hand in what
 * `prepareLoaded` gave. Gives the id of each key.
 */
export async function loadPublished(
  tx: Tx,
  change: Change,
  loaded: readonly LoadedArticle[],
): Promise<ReadonlyMap<string, ArticleId>> {
  const inOrder = [...loaded].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  const topics = new Set(inOrder.map((article) => article.topic ?? '').filter(Boolean));
  await store.addTopics(tx, [...topics], change.at);
  const ids = await store.insertArticles(tx, inOrder.map(rowOf));
  const pairs = inOrder.flatMap((article, i) => {
    const id = ids[i];
    return id === undefined ? [] : [{ article, id }];
  });
  const byKey = new Map(pairs.map(({ article, id }) => [article.key, id]));
  const roots = await store.rootsOfColumns(tx);
  for (const { article, id } of pairs) {
    const { serial } = article;
    const findable = {
      id,
      columnId: article.columnId,
      kicker: article.kicker ?? '',
      title: article.title,
      subtitle: article.subtitle ?? '',
      bodyHtml: article.bodyHtml,
      serialKind: serial?.kind ?? null,
      serialYear: serial?.year ?? null,
      serialIssue: serial?.issue ?? null,
      firstPublishedAt: article.publishedAt,
    };
    await indexEntry(tx, entryOf(findable, roots.get(article.columnId) ?? article.columnId));
  }
  await store.insertAttachments(
    tx,
    pairs.flatMap(({ article, id }) =>
      (article.attachments ?? []).map((mediaId, position) => ({ articleId: id, mediaId, position })),
    ),
  );
  await store.linkArticles(
    tx,
    pairs.flatMap(({ article, id }) =>
      (article.related ?? []).flatMap(({ key, kind }) => {
        const other = byKey.get(key);
        return other === undefined ? [] : [{ one: id, other, kind }];
      }),
    ),
  );
  change.note('articles', 'loaded', { to: { count: pairs.length } });
  change.touch('home', 'columns', 'news');
  return byKey;
}
