import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { caseEvents, complaints } from '#db/schema/hotline.ts';
import type { AccountId, CaseId } from '#db/schema/ids.ts';

/** Whether this person wrote one of the case's complaints down for its caller. */
export async function wroteDown(db: Db, caseId: CaseId, accountId: AccountId): Promise<boolean> {
  const [row] = await db
    .select({ id: complaints.id })
    .from(complaints)
    .where(and(eq(complaints.caseId, caseId), eq(complaints.filedBy, accountId)))
    .limit(1);
  return row !== undefined;
}

/** When the case was last given to a unit; null before it ever was. */
export async function lastGivenAt(db: Db, caseId: CaseId): Promise<Date | null> {
  const [row] = await db
    .select({ at: caseEvents.at })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), inArray(caseEvents.event, ['dispatch', 'rule', 'reassign'])))
    .orderBy(desc(caseEvents.id))
    .limit(1);
  return row?.at ?? null;
}
