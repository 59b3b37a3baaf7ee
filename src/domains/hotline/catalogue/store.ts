import { asc } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { categories } from '#db/schema/hotline.ts';

export type CategoryRow = typeof categories.$inferSelect;

/** Every row ever entered, closed ones included, the earliest first. */
export function listCategories(db: Db): Promise<CategoryRow[]> {
  return db.select().from(categories).orderBy(asc(categories.validFrom), asc(categories.position));
}

export async function insertCategories(
  tx: Tx,
  rows: readonly (typeof categories.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(categories).values([...rows]);
}
