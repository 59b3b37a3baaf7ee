import { count, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { casePhotos, complaints, consents } from '#db/schema/hotline.ts';
import type { PhotoStage } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId, MediaId } from '#db/schema/ids.ts';

export type NewComplaint = Omit<typeof complaints.$inferInsert, 'number' | 'review'>;

/** How many complaints a phone may file before they are marked for a look, and since when they are counted. */
export interface Quota {
  perDay: number;
  per30Days: number;
  daySince: Date;
  monthSince: Date;
}

const filedSince = (phoneHash: string, since: Date) =>
  sql`(select count(*) from ${complaints} where ${complaints.phoneHash} = ${phoneHash} and ${complaints.filedAt} >= ${since.getTime()})`;

const TRIES = 8;

/**
 * Stores a complaint under a number that no other has; `draw` gives numbers until one is free. Past its phone's quota it is
 * stored all the same, and marked.
 */
export async function insertComplaint(
  tx: Tx,
  row: NewComplaint,
  draw: () => string,
  quota: Quota,
): Promise<{ id: ComplaintId; number: string }> {
  const review = row.phoneHash
    ? sql<boolean>`(${filedSince(row.phoneHash, quota.daySince)} >= ${quota.perDay} or ${filedSince(row.phoneHash, quota.monthSince)} >= ${quota.per30Days})`
    : false;
  for (let i = 0; i < TRIES; i++) {
    const [added] = await tx
      .insert(complaints)
      .values({ ...row, number: draw(), review })
      .onConflictDoNothing({ target: complaints.number })
      .returning({ id: complaints.id, number: complaints.number });
    if (added) return added;
  }
  throw new Error('no free complaint number was drawn');
}

export async function insertConsents(
  tx: Tx,
  complaintId: ComplaintId,
  purposes: readonly string[],
  policyVersion: string,
  at: Date,
): Promise<void> {
  await tx.insert(consents).values(purposes.map((purpose) => ({ complaintId, purpose, policyVersion, at })));
}

export async function insertPhotos(
  tx: Tx,
  ids: readonly MediaId[],
  to: { caseId: CaseId; complaintId: ComplaintId | null; stage: PhotoStage; at: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.insert(casePhotos).values(ids.map((mediaId) => ({ mediaId, ...to })));
}

export async function countPhotos(db: Db, complaintId: ComplaintId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(casePhotos)
    .where(eq(casePhotos.complaintId, complaintId));
  return row?.n ?? 0;
}
