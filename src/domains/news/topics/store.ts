import { and, count, desc, eq, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import { type Db, isUnique, type Tx } from '#core/store.ts';
import type { TopicId } from '#db/schema/ids.ts';
import { articles, topics } from '#db/schema/news.ts';
import { LISTED, type Listed, NEWEST, PUBLISHED } from '../store.ts';

export type TopicRow = typeof topics.$inferSelect;

export function listTopics(db: Db): Promise<TopicRow[]> {
  return db.select().from(topics).orderBy(desc(topics.id));
}

export async function findTopic(db: Db, by: { id: TopicId } | { name: string }): Promise<TopicRow | null> {
  const [row] = await db
    .select()
    .from(topics)
    .where('id' in by ? eq(topics.id, by.id) : eq(topics.name, by.name));
  return row ?? null;
}

export function listTopicArticles(db: Db, name: string, limit: number, offset = 0): Promise<Listed[]> {
  return db
    .select(LISTED)
    .from(articles)
    .where(and(PUBLISHED, eq(articles.topic, name)))
    .orderBy(...NEWEST)
    .limit(limit)
    .offset(offset);
}

/** How many published articles each topic has, and when its newest came. */
export function countTopics(db: Db): Promise<{ topic: string; n: number; newest: Date }[]> {
  return db
    .select({
      topic: articles.topic,
      n: count(),
      newest: sql<Date>`max(${articles.firstPublishedAt})`.mapWith(articles.firstPublishedAt),
    })
    .from(articles)
    .where(and(PUBLISHED, sql`${articles.topic} <> ''`))
    .groupBy(articles.topic);
}

export async function insertTopic(tx: Tx, row: { name: string; createdAt: Date }): Promise<void> {
  await tx.insert(topics).values(row).onConflictDoNothing();
}

/** Renames or describes a topic; its articles keep with it. */
export async function updateTopic(
  tx: Tx,
  id: TopicId,
  before: string,
  changes: { name: string; summary: string; closedAt: Date | null },
): Promise<void> {
  try {
    await tx.update(topics).set(changes).where(eq(topics.id, id));
  } catch (error) {
    if (isUnique(error)) throw new AppError('conflict', '已有同名的专题。', { name: '已有同名的专题' });
    throw error;
  }
  if (before !== changes.name)
    await tx.update(articles).set({ topic: changes.name }).where(eq(articles.topic, before));
}
