import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '#core/clock.ts';
import type { Db, Tx } from '#core/store.ts';
import { phoneCodes } from '#db/schema/accounts.ts';
import type { CodePurpose } from '#db/schema/accounts.values.ts';
import { attempts } from '#db/schema/core.ts';
import { CODE_TRIES } from './rules.ts';

export interface NewCode {
  phoneHash: string;
  purpose: CodePurpose;
  codeHash: string;
  at: Date;
  expiresAt: Date;
}

/** Adds a code if every window still has room for it. Gives its id, or `null` when a cap is reached. */
export async function insertCode(
  tx: Tx,
  row: NewCode,
  windows: readonly { ms: number; cap: number }[],
): Promise<number | null> {
  const room = windows.map(
    ({ ms, cap }) =>
      sql`(select count(*) from ${phoneCodes} where ${phoneCodes.phoneHash} = ${row.phoneHash} and ${phoneCodes.at} > ${row.at.getTime() - ms}) < ${cap}`,
  );
  const rows = await tx.all<{ id: number }>(
    sql`insert into phone_codes (phone_hash, purpose, code_hash, at, expires_at)
      select ${row.phoneHash}, ${row.purpose}, ${row.codeHash}, ${row.at.getTime()}, ${row.expiresAt.getTime()}
      where ${sql.join(room, sql` and `)} returning id`,
  );
  return rows[0]?.id ?? null;
}

/** When a number was sent codes within the last day. */
export async function listCodeTimes(db: Db, phoneHash: string, now: Date): Promise<Date[]> {
  const rows = await db
    .select({ at: phoneCodes.at })
    .from(phoneCodes)
    .where(and(eq(phoneCodes.phoneHash, phoneHash), gt(phoneCodes.at, new Date(now.getTime() - DAY_MS))));
  return rows.map((row) => row.at);
}

export interface LiveCode {
  id: number;
  tries: number;
}

/** The newest code of a number for a purpose, if it is neither used, expired nor tried too often. */
export async function findLiveCode(
  db: Db,
  phoneHash: string,
  purpose: CodePurpose,
  now: Date,
): Promise<LiveCode | null> {
  const [row] = await db
    .select({
      id: phoneCodes.id,
      tries: phoneCodes.tries,
      usedAt: phoneCodes.usedAt,
      expiresAt: phoneCodes.expiresAt,
    })
    .from(phoneCodes)
    .where(and(eq(phoneCodes.phoneHash, phoneHash), eq(phoneCodes.purpose, purpose)))
    .orderBy(desc(phoneCodes.id))
    .limit(1);
  const live = row && row.usedAt === null && row.expiresAt > now && row.tries < CODE_TRIES;
  return live ? { id: row.id, tries: row.tries } : null;
}

/** Uses the code up if it is the one. A code opens once. */
export async function useCode(tx: Tx, id: number, codeHash: string, now: Date): Promise<boolean> {
  const rows = await tx
    .update(phoneCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(phoneCodes.id, id),
        eq(phoneCodes.codeHash, codeHash),
        isNull(phoneCodes.usedAt),
        gt(phoneCodes.expiresAt, now),
        lt(phoneCodes.tries, CODE_TRIES),
      ),
    )
    .returning({ id: phoneCodes.id });
  return rows.length > 0;
}

export async function countTry(tx: Tx, id: number): Promise<void> {
  await tx
    .update(phoneCodes)
    .set({ tries: sql`${phoneCodes.tries} + 1` })
    .where(eq(phoneCodes.id, id));
}

/** Counts one more under `key` on a Beijing day; `false`, and not counted, once `cap` is reached. */
export async function countUpTo(tx: Tx, key: string, day: string, cap: number): Promise<boolean> {
  const rows = await tx
    .insert(attempts)
    .values({ key: `${key} ${day}`, day, count: 1 })
    .onConflictDoUpdate({
      target: attempts.key,
      set: { count: sql`${attempts.count} + 1` },
      setWhere: lt(attempts.count, cap),
    })
    .returning({ count: attempts.count });
  return rows.length > 0;
}

/** Forgets codes sent before `before`. */
export async function deleteCodes(tx: Tx, before: Date): Promise<void> {
  await tx.delete(phoneCodes).where(lt(phoneCodes.at, before));
}
