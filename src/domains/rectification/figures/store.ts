import { and, gte, isNotNull, lte, min } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { notices } from '#db/schema/rectification.ts';
import type { NoticeState } from '#db/schema/rectification.values.ts';

/** The notices whose first due instant has passed, from `from` up to `to`, both included. */
export function listFirstDue(
  db: Db,
  from: Date,
  to: Date,
): Promise<{ state: NoticeState; firstDueAt: Date | null }[]> {
  return db
    .select({ state: notices.state, firstDueAt: notices.firstDueAt })
    .from(notices)
    .where(and(isNotNull(notices.firstDueAt), gte(notices.firstDueAt, from), lte(notices.firstDueAt, to)));
}

/** When the first notice fell due; null before any was issued. */
export async function firstDueEver(db: Db): Promise<Date | null> {
  const [row] = await db.select({ at: min(notices.firstDueAt) }).from(notices);
  return row?.at ?? null;
}
