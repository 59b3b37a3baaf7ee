import { inArray } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { ArticleId } from '#db/schema/ids.ts';
import { articles } from '#db/schema/news.ts';
import type { Origin } from './document.ts';

export interface NewDraft {
  columnId: string;
  kicker: string;
  title: string;
  subtitle: string;
  source: string;
  author: string;
  editor: string;
  bodyHtml: string;
  originHash: string;
  origin: Origin;
}

/** Which of these pages have become drafts before, whatever became of those since. */
export async function findImported(db: Db, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ hash: articles.originHash })
    .from(articles)
    .where(inArray(articles.originHash, [...hashes]));
  return new Set(rows.flatMap(({ hash }) => hash ?? []));
}

/** Stores drafts and gives their ids in the same order. */
export async function insertDrafts(tx: Tx, rows: readonly NewDraft[], at: Date): Promise<ArticleId[]> {
  const added = await tx
    .insert(articles)
    .values(rows.map((row) => ({ ...row, state: 'draft' as const, createdAt: at, updatedAt: at })))
    .returning({ id: articles.id });
  return added.map(({ id }) => id);
}
