import { and, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { meta } from '#db/schema/core.ts';
import type { AccountId } from '#db/schema/ids.ts';
import { settings } from '#db/schema/settings.ts';

export interface SettingRow {
  id: number;
  key: string;
  value: unknown;
  validFrom: Date;
  validTo: Date | null;
  by: AccountId | null;
}

/** Every setting's row in force at an instant. */
export function listInForce(db: Db, at: Date): Promise<SettingRow[]> {
  return db
    .select()
    .from(settings)
    .where(and(lte(settings.validFrom, at), or(isNull(settings.validTo), gt(settings.validTo, at))));
}

export function listHistory(db: Db, key: string): Promise<SettingRow[]> {
  return db.select().from(settings).where(eq(settings.key, key)).orderBy(desc(settings.validFrom));
}

/** Closes the row in force and opens the next. Gives the new row's id. */
export async function replace(
  tx: Tx,
  row: { key: string; value: unknown; validFrom: Date; by: AccountId | null },
): Promise<number> {
  await tx
    .update(settings)
    .set({ validTo: row.validFrom })
    .where(and(eq(settings.key, row.key), isNull(settings.validTo)));
  const [added] = await tx.insert(settings).values(row).returning({ id: settings.id });
  if (!added) throw new Error('a setting was not stored');
  return added.id;
}

export async function findMeta(db: Db, key: string): Promise<string | null> {
  const [row] = await db.select({ value: meta.value }).from(meta).where(eq(meta.key, key));
  return row?.value ?? null;
}

export async function putMeta(tx: Tx, key: string, value: string): Promise<void> {
  await tx.insert(meta).values({ key, value }).onConflictDoUpdate({ target: meta.key, set: { value } });
}
