import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { ArticleId, MediaId } from '#db/schema/ids.ts';
import { articleAttachments, articleLinks, articles, columns, topics } from '#db/schema/news.ts';
import type { LinkKind } from '#db/schema/news.values.ts';

export type NewArticle = typeof articles.$inferInsert;
export type NewColumn = typeof columns.$inferInsert;

// The engine binds 32,766 values at most; an article has some thirty.
const ROWS = 500;

/** Adds the columns that are not there yet; those that are stay as staff made them. */
export async function addColumns(tx: Tx, rows: readonly NewColumn[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(columns)
    .values([...rows])
    .onConflictDoNothing();
}

export async function addTopics(tx: Tx, names: readonly string[], at: Date): Promise<void> {
  if (names.length === 0) return;
  await tx
    .insert(topics)
    .values(names.map((name) => ({ name, createdAt: at })))
    .onConflictDoNothing();
}

/** Inserts articles and gives their ids in the same order. */
export async function insertArticles(tx: Tx, rows: readonly NewArticle[]): Promise<ArticleId[]> {
  const ids: ArticleId[] = [];
  for (let i = 0; i < rows.length; i += ROWS) {
    const added = await tx
      .insert(articles)
      .values(rows.slice(i, i + ROWS))
      .returning({ id: articles.id });
    ids.push(...added.map((row) => row.id));
  }
  return ids;
}

export async function insertAttachments(
  tx: Tx,
  rows: readonly { articleId: ArticleId; mediaId: MediaId; position: number }[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS)
    await tx.insert(articleAttachments).values(rows.slice(i, i + ROWS));
}

const ordered = (one: ArticleId, other: ArticleId): { a: ArticleId; b: ArticleId } =>
  one < other ? { a: one, b: other } : { a: other, b: one };

/** Links two articles from both sides; a pair that is linked already takes the new kind. */
export async function linkArticles(
  tx: Tx,
  pairs: readonly { one: ArticleId; other: ArticleId; kind: LinkKind }[],
): Promise<void> {
  for (const { one, other, kind } of pairs) {
    if (one === other) continue;
    await tx
      .insert(articleLinks)
      .values({ ...ordered(one, other), kind })
      .onConflictDoUpdate({ target: [articleLinks.a, articleLinks.b], set: { kind } });
  }
}

export async function unlinkArticles(tx: Tx, one: ArticleId, others: readonly ArticleId[]): Promise<void> {
  for (const other of others) {
    const { a, b } = ordered(one, other);
    await tx.delete(articleLinks).where(and(eq(articleLinks.a, a), eq(articleLinks.b, b)));
  }
}

/** Which root column each column belongs to. */
export async function rootsOfColumns(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.select({ id: columns.id, parentId: columns.parentId }).from(columns);
  const parents = new Map(rows.map((row) => [row.id, row.parentId]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? rootOf(parent) : id;
  };
  return new Map(rows.map(({ id }) => [id, rootOf(id)]));
}

/** Ids of other published articles whose text or cover shows one of these pictures. */
export async function picturesShownElsewhere(
  db: Db,
  ids: readonly MediaId[],
  except: ArticleId,
): Promise<Set<MediaId>> {
  const shown = new Set<MediaId>();
  for (const id of ids) {
    const [row] = await db
      .select({ id: articles.id })
      .from(articles)
      .where(
        sql`${articles.state} = 'published' and ${articles.id} <> ${except} and (${articles.coverId} = ${id} or instr(${articles.bodyHtml}, ${`/media/${id}/`}) > 0)`,
      )
      .limit(1);
    if (row) shown.add(id);
  }
  return shown;
}

export async function attachmentIds(db: Db, ids: readonly ArticleId[]): Promise<MediaId[]> {
  const rows = await db
    .select({ id: articleAttachments.mediaId })
    .from(articleAttachments)
    .where(inArray(articleAttachments.articleId, [...ids]));
  return rows.map((row) => row.id);
}
