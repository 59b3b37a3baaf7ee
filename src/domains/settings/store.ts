import { and, asc, desc, eq, gt, gte, isNull, lt, lte, or } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
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

/** The row of one setting in force at an instant. */
export async function findInForce(db: Db, key: string, at: Date): Promise<SettingRow | null> {
  const [row] = await db
    .select()
    .from(settings)
    .where(
      and(
        eq(settings.key, key),
        lte(settings.validFrom, at),
        or(isNull(settings.validTo), gt(settings.validTo, at)),
      ),
    );
  return row ?? null;
}

/** The next instant after `at` from which a setting will be another. */
export async function findNextChange(db: Db, at: Date): Promise<Date | null> {
  const [row] = await db
    .select({ at: settings.validFrom })
    .from(settings)
    .where(
      and(gt(settings.validFrom, at), or(isNull(settings.validTo), gt(settings.validTo, settings.validFrom))),
    )
    .orderBy(asc(settings.validFrom))
    .limit(1);
  return row?.at ?? null;
}

/** Every row a setting ever had, the newest first, with the name of who set it. */
export function listHistory(db: Db, key: string): Promise<(SettingRow & { byName: string | null })[]> {
  return db
    .select({
      id: settings.id,
      key: settings.key,
      value: settings.value,
      validFrom: settings.validFrom,
      validTo: settings.validTo,
      by: settings.by,
      byName: accounts.name,
    })
    .from(settings)
    .leftJoin(accounts, eq(accounts.id, settings.by))
    .where(eq(settings.key, key))
    .orderBy(desc(settings.validFrom), desc(settings.id));
}

/**
 * Lets a value hold from its day on: the row before ends there, and what had been planned for later is never to hold.
 * Gives the new row's id.
 */
export async function replace(
  tx: Tx,
  row: { key: string; value: unknown; validFrom: Date; by: AccountId | null },
): Promise<number> {
  const open = (from: Date) => or(isNull(settings.validTo), gt(settings.validTo, from));
  await tx
    .update(settings)
    .set({ validTo: settings.validFrom })
    .where(and(eq(settings.key, row.key), gte(settings.validFrom, row.validFrom), open(row.validFrom)));
  await tx
    .update(settings)
    .set({ validTo: row.validFrom })
    .where(and(eq(settings.key, row.key), lt(settings.validFrom, row.validFrom), open(row.validFrom)));
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
