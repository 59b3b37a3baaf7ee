import { and, asc, gt, isNull, lte, or } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { categories } from '#db/schema/hotline.ts';

export type CategoryRow = typeof categories.$inferSelect;

/** The categories in force at an instant, in the order in which the form offers them. */
export function listCategories(db: Db, at: Date): Promise<CategoryRow[]> {
  return db
    .select()
    .from(categories)
    .where(and(lte(categories.validFrom, at), or(isNull(categories.validTo), gt(categories.validTo, at))))
    .orderBy(asc(categories.position));
}

export async function insertCategories(
  tx: Tx,
  rows: readonly (typeof categories.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(categories).values([...rows]);
}
