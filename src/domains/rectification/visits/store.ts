import { and, asc, eq, getTableColumns, lte, or, type SQL, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import type { Db, Tx } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
import type { AccountId, NoticeId, NoticeVisitId } from '#db/schema/ids.ts';
import { places } from '#db/schema/places.ts';
import { notices, noticeVisits } from '#db/schema/rectification.ts';
import type { Matter } from '#db/schema/rectification.values.ts';

export type VisitRow = typeof noticeVisits.$inferSelect;

export async function insertVisits(tx: Tx, noticeId: NoticeId, days: readonly string[]): Promise<void> {
  await tx.insert(noticeVisits).values(days.map((day, i) => ({ noticeId, nth: i + 1, day })));
}

export function listVisits(db: Db, noticeId: NoticeId): Promise<(VisitRow & { visitor: string | null })[]> {
  return db
    .select({ ...getTableColumns(noticeVisits), visitor: accounts.name })
    .from(noticeVisits)
    .leftJoin(accounts, eq(accounts.id, noticeVisits.by))
    .where(eq(noticeVisits.noticeId, noticeId))
    .orderBy(asc(noticeVisits.nth));
}

export async function findVisit(db: Db, id: NoticeVisitId): Promise<VisitRow | null> {
  const [row] = await db.select().from(noticeVisits).where(eq(noticeVisits.id, id));
  return row ?? null;
}

/** Enters how a planned visit went. Throws `conflict` when it is not planned any more. */
export async function settleVisit(
  tx: Tx,
  id: NoticeVisitId,
  set: { state: 'passed' | 'failed'; at: Date; by: AccountId; note: string },
): Promise<void> {
  const rows = await tx
    .update(noticeVisits)
    .set(set)
    .where(and(eq(noticeVisits.id, id), eq(noticeVisits.state, 'planned')))
    .returning({ id: noticeVisits.id });
  if (rows.length === 0) throw new AppError('conflict', '这次回头看已经登记过了，请刷新页面。');
}

/** Calls off what is still planned. */
export async function cancelVisits(tx: Tx, noticeId: NoticeId): Promise<void> {
  await tx
    .update(noticeVisits)
    .set({ state: 'cancelled' })
    .where(and(eq(noticeVisits.noticeId, noticeId), eq(noticeVisits.state, 'planned')));
}

export interface DueVisit {
  id: NoticeVisitId;
  nth: number;
  day: string;
  noticeId: NoticeId;
  number: string | null;
  matter: Matter;
  point: string;
  place: string;
}

const within = (scopes: readonly string[] | null): SQL | undefined =>
  scopes === null
    ? undefined
    : or(...scopes.map((path) => sql`substr(${places.path}, 1, ${path.length}) = ${path}`), sql`0`);

/** The visits that are due up to a Beijing day, in the order in which they fell due, within the scopes. */
export function listDueVisits(db: Db, scopes: readonly string[] | null, day: string): Promise<DueVisit[]> {
  return db
    .select({
      id: noticeVisits.id,
      nth: noticeVisits.nth,
      day: noticeVisits.day,
      noticeId: notices.id,
      number: notices.number,
      matter: notices.matter,
      point: notices.point,
      place: places.name,
    })
    .from(noticeVisits)
    .innerJoin(notices, eq(notices.id, noticeVisits.noticeId))
    .innerJoin(places, eq(places.id, notices.placeId))
    .where(and(eq(noticeVisits.state, 'planned'), lte(noticeVisits.day, day), within(scopes)))
    .orderBy(asc(noticeVisits.day), asc(places.path), asc(noticeVisits.id))
    .limit(500);
}
