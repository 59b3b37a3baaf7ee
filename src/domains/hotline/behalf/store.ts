import { and, eq } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { cases, complaints } from '#db/schema/hotline.ts';
import type { AccountId } from '#db/schema/ids.ts';

/** A complaint that this person wrote down for somebody. */
export async function findTakenDown(db: Db, number: string, by: AccountId) {
  const [row] = await db
    .select({
      number: complaints.number,
      caseNumber: cases.number,
      filedAt: complaints.filedAt,
      phoneSealed: complaints.phoneSealed,
      dueAt: cases.dueAt,
      dueProvisional: cases.dueProvisional,
    })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(and(eq(complaints.number, number), eq(complaints.filedBy, by)));
  return row ?? null;
}
