import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { caseEvents } from '#db/schema/hotline.ts';
import type { CaseId } from '#db/schema/ids.ts';

/** Follow-up calls that nobody took since the latest approved answer. */
export async function countMissedCalls(db: Db, caseId: CaseId): Promise<number> {
  const [approved] = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.event, 'approve')))
    .orderBy(desc(caseEvents.id))
    .limit(1);
  const rows = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        gt(caseEvents.id, approved?.id ?? 0),
        inArray(caseEvents.event, ['contact']),
        sql`json_extract(${caseEvents.data}, '$.missed') is not null`,
      ),
    );
  return rows.length;
}
