import { and, desc, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { attempts } from '#db/schema/core.ts';
import { caseEvents, casePhotos, cases, complaints } from '#db/schema/hotline.ts';
import type { PhotoStage } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId } from '#db/schema/ids.ts';
import { orgUnits } from '#db/schema/places.ts';

/** A complaint as its own filer sees it. */
export type OwnComplaint = Pick<
  typeof complaints.$inferSelect,
  | 'id'
  | 'number'
  | 'caseId'
  | 'category'
  | 'title'
  | 'body'
  | 'address'
  | 'secrecy'
  | 'placeId'
  | 'filedAt'
  | 'withdrawnAt'
  | 'phoneVerifiedAt'
> & { hasPhone: boolean };

const OWN = {
  id: complaints.id,
  number: complaints.number,
  caseId: complaints.caseId,
  category: complaints.category,
  title: complaints.title,
  body: complaints.body,
  address: complaints.address,
  secrecy: complaints.secrecy,
  placeId: complaints.placeId,
  filedAt: complaints.filedAt,
  withdrawnAt: complaints.withdrawnAt,
  phoneVerifiedAt: complaints.phoneVerifiedAt,
  hasPhone: sql<number>`${complaints.phoneSealed} is not null`.mapWith(Boolean),
};

export async function findOwn(db: Db, id: ComplaintId): Promise<OwnComplaint | null> {
  const [row] = await db.select(OWN).from(complaints).where(eq(complaints.id, id));
  return row ?? null;
}

export async function findIdByNumber(db: Db, number: string): Promise<ComplaintId | null> {
  const [row] = await db.select({ id: complaints.id }).from(complaints).where(eq(complaints.number, number));
  return row?.id ?? null;
}

export interface OwnLine {
  id: ComplaintId;
  number: string;
  title: string;
  filedAt: Date;
  state: typeof cases.$inferSelect.state;
  referredTo: string | null;
}

/** What was filed under a phone, the newest first. Rights cases stand in no list: who holds the phone may not be who filed. */
export function listByPhone(db: Db, phoneHash: string): Promise<OwnLine[]> {
  return db
    .select({
      id: complaints.id,
      number: complaints.number,
      title: complaints.title,
      filedAt: complaints.filedAt,
      state: cases.state,
      referredTo: cases.referredTo,
    })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(
      and(
        eq(complaints.phoneHash, phoneHash),
        ne(complaints.category, 'RIGHTS'),
        ne(cases.category, 'RIGHTS'),
      ),
    )
    .orderBy(desc(complaints.filedAt))
    .limit(200);
}

export async function markVerified(tx: Tx, id: ComplaintId, at: Date): Promise<void> {
  await tx
    .update(complaints)
    .set({ phoneVerifiedAt: at, version: sql`${complaints.version} + 1` })
    .where(and(eq(complaints.id, id), isNull(complaints.phoneVerifiedAt)));
}

/** Withdraws a complaint; whether it still stood. */
export async function markWithdrawn(tx: Tx, id: ComplaintId, at: Date): Promise<boolean> {
  const rows = await tx
    .update(complaints)
    .set({ withdrawnAt: at, version: sql`${complaints.version} + 1` })
    .where(and(eq(complaints.id, id), isNull(complaints.withdrawnAt)))
    .returning({ id: complaints.id });
  return rows.length > 0;
}

/** How often something was tried today, as of now. */
export async function countTries(db: Db, key: string, day: string): Promise<number> {
  const [row] = await db.select().from(attempts).where(eq(attempts.key, key));
  return row && row.day === day ? row.count : 0;
}

export async function addTry(tx: Tx, key: string, day: string): Promise<void> {
  await tx
    .insert(attempts)
    .values({ key, day, count: 1 })
    .onConflictDoUpdate({
      target: attempts.key,
      set: { day, count: sql`case when ${attempts.day} = ${day} then ${attempts.count} + 1 else 1 end` },
    });
}

export interface StepRow {
  event: typeof caseEvents.$inferSelect.event;
  at: Date;
  publicText: string;
  /** What this filer wrote with the step; never what staff noted, nor another filer's words. */
  ownText: string;
  unit: string | null;
}

/** The steps that concern this complaint: those of its case, and what its own filer added. */
export function listSteps(db: Db, c: { id: ComplaintId; caseId: CaseId }): Promise<StepRow[]> {
  const own = and(eq(caseEvents.party, 'complainant'), eq(caseEvents.complaintId, c.id));
  return db
    .select({
      event: caseEvents.event,
      at: caseEvents.at,
      publicText: caseEvents.publicText,
      ownText: sql<string>`case when ${own} then ${caseEvents.internalText} else '' end`,
      unit: orgUnits.name,
    })
    .from(caseEvents)
    .leftJoin(orgUnits, eq(orgUnits.id, caseEvents.unitId))
    .where(
      and(
        eq(caseEvents.caseId, c.caseId),
        or(isNull(caseEvents.complaintId), eq(caseEvents.complaintId, c.id)),
      ),
    )
    .orderBy(caseEvents.id);
}

export async function lastReminderAt(db: Db, caseId: CaseId): Promise<Date | null> {
  const [row] = await db
    .select({ at: caseEvents.at })
    .from(caseEvents)
    .where(
      and(eq(caseEvents.caseId, caseId), eq(caseEvents.event, 'remind'), eq(caseEvents.party, 'complainant')),
    )
    .orderBy(desc(caseEvents.id))
    .limit(1);
  return row?.at ?? null;
}

export function listOwnPhotos(db: Db, id: ComplaintId): Promise<{ stage: PhotoStage; at: Date }[]> {
  return db
    .select({ stage: casePhotos.stage, at: casePhotos.at })
    .from(casePhotos)
    .where(eq(casePhotos.complaintId, id))
    .orderBy(casePhotos.id);
}
