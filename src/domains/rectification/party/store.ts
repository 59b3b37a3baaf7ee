import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { attempts } from '#db/schema/core.ts';

/** How often something was tried on a day, as of now. */
export async function countTries(db: Db, key: string, day: string): Promise<number> {
  const [row] = await db.select().from(attempts).where(eq(attempts.key, key));
  return row && row.day === day ? row.count : 0;
}

export async function addTry(tx: Tx, key: string, day: string): Promise<void> {
  await tx
    .insert(attempts)
    .values({ key, day, count: 1 })
    .onConflictDoUpdate({
      target: attempts.key,
      set: { day, count: sql`case when ${attempts.day} = ${day} then ${attempts.count} + 1 else 1 end` },
    });
}
