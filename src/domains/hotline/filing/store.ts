import { count, eq, sql } from 'drizzle-orm';
import { slots } from '#core/slots.ts';
import { type Db, ready, type Tx } from '#core/store.ts';
import { casePhotos, complaints, consents } from '#db/schema/hotline.ts';
import type { PhotoStage } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId, MediaId } from '#db/schema/ids.ts';

export type NewComplaint = Omit<
  typeof complaints.$inferSelect,
  | 'id'
  | 'number'
  | 'review'
  | 'importKey'
  | 'publicBody'
  | 'wordsPublic'
  | 'withdrawnAt'
  | 'anonymisedAt'
  | 'version'
>;

/** How many complaints a phone may file before they are marked for a look, and since when they are counted. */
export interface Quota {
  perDay: number;
  per30Days: number;
  daySince: Date;
  monthSince: Date;
}

/** Whether the phone has filed its share since an instant. Without a phone nothing equals `null`, so nothing is counted. */
const full = (since: string, cap: string) =>
  sql`(select count(*) from complaints as earlier where earlier.phone_hash = ${sql.placeholder('phoneHash')} and earlier.filed_at >= ${sql.placeholder(since)}) >= ${sql.placeholder(cap)}`;

const addComplaint = ready((db) =>
  db
    .insert(complaints)
    .values({
      ...slots(
        'number',
        'caseId',
        'kind',
        'channel',
        'category',
        'title',
        'body',
        'placeId',
        'address',
        'lat',
        'lng',
        'secrecy',
        'shareContact',
        'callBack',
        'nameSealed',
        'phoneSealed',
        'phoneHash',
        'phoneVerifiedAt',
        'residentId',
        'filedBy',
        'consentVersion',
        'filedAt',
      ),
      review: sql`(${full('daySince', 'perDay')} or ${full('monthSince', 'per30Days')})`,
    })
    .onConflictDoNothing({ target: complaints.number })
    .returning({ id: complaints.id, number: complaints.number })
    .prepare(),
);

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
  for (let i = 0; i < TRIES; i++) {
    const [added] = await addComplaint(tx).all({ ...row, ...quota, number: draw() });
    if (added) return added;
  }
  throw new Error('no free complaint number was drawn');
}

const addConsent = ready((db) =>
  db
    .insert(consents)
    .values(slots('complaintId', 'purpose', 'policyVersion', 'at'))
    .prepare(),
);

export async function insertConsents(
  tx: Tx,
  complaintId: ComplaintId,
  purposes: readonly string[],
  policyVersion: string,
  at: Date,
): Promise<void> {
  for (const purpose of purposes) await addConsent(tx).run({ complaintId, purpose, policyVersion, at });
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
