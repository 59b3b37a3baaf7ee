import { eq } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { cases, complaints } from '#db/schema/hotline.ts';

/** What a receipt is drawn from. */
export type ReceiptRow = Pick<
  typeof complaints.$inferSelect,
  'id' | 'number' | 'caseId' | 'filedAt' | 'phoneSealed' | 'phoneHash' | 'phoneVerifiedAt' | 'callBack'
> & {
  category: string;
  dueAt: Date | null;
  dueProvisional: boolean;
  urgency: typeof cases.$inferSelect.urgency;
};

export async function findReceipt(db: Db, number: string): Promise<ReceiptRow | null> {
  const [row] = await db
    .select({
      id: complaints.id,
      number: complaints.number,
      caseId: complaints.caseId,
      filedAt: complaints.filedAt,
      phoneSealed: complaints.phoneSealed,
      phoneHash: complaints.phoneHash,
      phoneVerifiedAt: complaints.phoneVerifiedAt,
      callBack: complaints.callBack,
      category: complaints.category,
      dueAt: cases.firstDueAt,
      dueProvisional: cases.dueProvisional,
      urgency: cases.urgency,
    })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(eq(complaints.number, number));
  return row ?? null;
}
