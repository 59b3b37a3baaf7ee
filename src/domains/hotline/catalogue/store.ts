import { and, asc, eq, gt, gte, isNull, lt, or } from 'drizzle-orm';
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

/** Lets a row hold from its day on: the one before ends there, and what had been planned for later is never to hold. */
export async function replaceCategory(tx: Tx, row: Omit<CategoryRow, 'id' | 'validTo'>): Promise<void> {
  const open = or(isNull(categories.validTo), gt(categories.validTo, row.validFrom));
  const same = eq(categories.code, row.code);
  await tx
    .update(categories)
    .set({ validTo: categories.validFrom })
    .where(and(same, gte(categories.validFrom, row.validFrom), open));
  await tx
    .update(categories)
    .set({ validTo: row.validFrom })
    .where(and(same, lt(categories.validFrom, row.validFrom), open));
  await tx.insert(categories).values(row);
}
