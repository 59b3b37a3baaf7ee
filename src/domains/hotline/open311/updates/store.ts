import { and, asc, eq, gte, inArray, isNull, lte, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { caseEvents, cases, complaints } from '#db/schema/hotline.ts';
import type { CaseId, ComplaintId } from '#db/schema/ids.ts';
import { orgUnits } from '#db/schema/places.ts';
import { QUIET } from '../../cases/timeline.ts';
import { PUBLIC } from '../../ledger/store.ts';
import type { Span } from '../instants.ts';

// Its place among the steps of its case names a step for good, and tells nothing of how many others there are.
const ordinal = sql<number>`(select count(*) from ${caseEvents} earlier where earlier.case_id = ${caseEvents.caseId} and earlier.id <= ${caseEvents.id})`;

/** The public steps of published cases within a span, oldest first. */
export function listPublicSteps(db: Db, span: Span, limit: number) {
  return db
    .select({
      caseId: caseEvents.caseId,
      number: cases.number,
      ordinal,
      at: caseEvents.at,
      event: caseEvents.event,
      toState: caseEvents.toState,
      publicText: caseEvents.publicText,
      unit: orgUnits.name,
      outcome: cases.outcome,
      refusalCode: cases.refusalCode,
    })
    .from(caseEvents)
    .innerJoin(cases, eq(cases.id, caseEvents.caseId))
    .leftJoin(orgUnits, eq(orgUnits.id, caseEvents.unitId))
    .where(
      and(
        PUBLIC,
        gte(caseEvents.at, span.from),
        lte(caseEvents.at, span.to),
        or(notInArray(caseEvents.event, [...QUIET]), ne(caseEvents.publicText, '')),
      ),
    )
    .orderBy(asc(caseEvents.at), asc(caseEvents.id))
    .limit(limit);
}

/** The complaint of a case that this client filed and that still stands. */
export async function findFiledBy(db: Db, caseId: CaseId, client: string): Promise<ComplaintId | null> {
  const [row] = await db
    .select({ id: complaints.id })
    .from(caseEvents)
    .innerJoin(complaints, eq(complaints.id, caseEvents.complaintId))
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        eq(caseEvents.event, 'comment'),
        sql`${caseEvents.data} ->> '$.client' = ${client}`,
        isNull(complaints.withdrawnAt),
      ),
    )
    .orderBy(asc(caseEvents.id))
    .limit(1);
  return row?.id ?? null;
}

/** Whether an update with this mark was already taken in for a case. */
export async function hasUpdate(db: Db, caseId: CaseId, mark: string): Promise<boolean> {
  const rows = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        inArray(caseEvents.event, ['comment', 'supply']),
        sql`${caseEvents.data} ->> '$.update' = ${mark}`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
