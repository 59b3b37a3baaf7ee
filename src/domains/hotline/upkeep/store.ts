import { and, eq, gt, inArray, isNotNull, lte, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '#core/store.ts';
import { caseEvents, cases } from '#db/schema/hotline.ts';
import type { CaseId } from '#db/schema/ids.ts';

const AT_ONCE = 200;

const ids = (rows: readonly { id: CaseId }[]): CaseId[] => rows.map((row) => row.id);

const later = alias(caseEvents, 'later');

/** Answered cases whose filer has let the time to say something pass. */
export async function listLapsed(db: Db, at: Date): Promise<CaseId[]> {
  return ids(
    await db
      .select({ id: cases.id })
      .from(cases)
      .innerJoin(caseEvents, and(eq(caseEvents.caseId, cases.id), eq(caseEvents.event, 'approve')))
      .where(
        and(
          eq(cases.state, 'follow_up'),
          lte(sql`json_extract(${caseEvents.data}, '$.lapseAt')`, at.getTime()),
          notExists(
            db
              .select({ id: later.id })
              .from(later)
              .where(
                and(eq(later.caseId, cases.id), eq(later.event, 'approve'), gt(later.id, caseEvents.id)),
              ),
          ),
        ),
      )
      .limit(AT_ONCE),
  );
}

/** Cases that wait for their filer to supply something, asked for before `before`. */
export function listWaiting(db: Db, before: Date): Promise<{ id: CaseId; pausedAt: Date }[]> {
  return db
    .select({ id: cases.id, pausedAt: sql<Date>`${cases.pausedAt}`.mapWith(cases.pausedAt) })
    .from(cases)
    .where(and(eq(cases.state, 'needs_info'), isNotNull(cases.pausedAt), lte(cases.pausedAt, before)))
    .limit(AT_ONCE);
}

/** Whether the filer was reminded since he was asked. */
export async function wasReminded(db: Db, caseId: CaseId, since: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        eq(caseEvents.event, 'remind'),
        eq(caseEvents.party, 'system'),
        gt(caseEvents.at, since),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Cases that were put right and closed before `before`. */
export async function listFixed(db: Db, before: Date): Promise<CaseId[]> {
  return ids(
    await db
      .select({ id: cases.id })
      .from(cases)
      .where(and(inArray(cases.state, ['closed']), eq(cases.outcome, 'fixed'), lte(cases.closedAt, before)))
      .limit(AT_ONCE),
  );
}
