import { asc, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
import { caseEvents, casePhotos, complaints } from '#db/schema/hotline.ts';
import type { CaseId, ComplaintId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { orgUnits } from '#db/schema/places.ts';

/** A complaint as those may know it who do not know its filer: what, where and since when; no column that tells who. */
const FOR_UNIT = {
  title: complaints.title,
  body: complaints.body,
  address: complaints.address,
  lat: complaints.lat,
  lng: complaints.lng,
  filedAt: complaints.filedAt,
};

const selectForUnit = (db: Db) => db.select(FOR_UNIT).from(complaints);
export type UnitRow = Awaited<ReturnType<typeof selectForUnit>>[number];

export function listForUnit(db: Db, caseId: CaseId): Promise<UnitRow[]> {
  return selectForUnit(db).where(eq(complaints.caseId, caseId)).orderBy(asc(complaints.id));
}

/** What the hotline's own staff know besides; the name and phone themselves come only by `listContacts`. */
export function listForCentre(db: Db, caseId: CaseId) {
  return db
    .select({
      ...FOR_UNIT,
      id: complaints.id,
      number: complaints.number,
      channel: complaints.channel,
      secrecy: complaints.secrecy,
      shareContact: complaints.shareContact,
      callBack: complaints.callBack,
      review: complaints.review,
      filedByName: accounts.name,
      hasName: isNotNull(complaints.nameSealed).mapWith(Boolean),
      hasPhone: isNotNull(complaints.phoneSealed).mapWith(Boolean),
      phoneVerifiedAt: complaints.phoneVerifiedAt,
      wordsPublic: complaints.wordsPublic,
      publicBody: complaints.publicBody,
      withdrawnAt: complaints.withdrawnAt,
    })
    .from(complaints)
    .leftJoin(accounts, eq(accounts.id, complaints.filedBy))
    .where(eq(complaints.caseId, caseId))
    .orderBy(asc(complaints.id));
}
export type CentreRow = Awaited<ReturnType<typeof listForCentre>>[number];

/** Name and phone, sealed: to mask words with, or to be shown to one who gave a reason. */
export interface Contact {
  id: ComplaintId;
  nameSealed: string | null;
  phoneSealed: string | null;
  shareContact: boolean;
  secret: boolean;
  title: string;
  body: string;
  address: string;
}

export function listContacts(db: Db, caseId: CaseId): Promise<Contact[]> {
  return db
    .select({
      id: complaints.id,
      nameSealed: complaints.nameSealed,
      phoneSealed: complaints.phoneSealed,
      shareContact: complaints.shareContact,
      secret: eq(complaints.secrecy, 'secret').mapWith(Boolean),
      title: complaints.title,
      body: complaints.body,
      address: complaints.address,
    })
    .from(complaints)
    .where(eq(complaints.caseId, caseId))
    .orderBy(asc(complaints.id));
}

/** The log of a case as the desk reads it: staff by name within the house. */
export function listLog(db: Db, caseId: CaseId) {
  return db
    .select({
      id: caseEvents.id,
      complaintId: caseEvents.complaintId,
      at: caseEvents.at,
      event: caseEvents.event,
      fromState: caseEvents.fromState,
      toState: caseEvents.toState,
      party: caseEvents.party,
      person: accounts.name,
      unit: orgUnits.shortName,
      publicText: caseEvents.publicText,
      internalText: caseEvents.internalText,
      data: caseEvents.data,
    })
    .from(caseEvents)
    .leftJoin(accounts, eq(accounts.id, caseEvents.accountId))
    .leftJoin(orgUnits, eq(orgUnits.id, caseEvents.unitId))
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.id));
}
export type LogRow = Awaited<ReturnType<typeof listLog>>[number];

/** The pictures of a case; which complaint one came with is nobody's but the centre's to know. */
export async function listPhotos(db: Db, caseId: CaseId) {
  const rows = await db
    .select({
      id: casePhotos.id,
      mediaId: casePhotos.mediaId,
      stage: casePhotos.stage,
      state: casePhotos.state,
      at: casePhotos.at,
      alt: media.alt,
      width: media.width,
      height: media.height,
    })
    .from(casePhotos)
    .innerJoin(media, eq(media.id, casePhotos.mediaId))
    .where(eq(casePhotos.caseId, caseId))
    .orderBy(asc(casePhotos.id));
  return rows.map((row) => ({ ...row, width: row.width ?? 0, height: row.height ?? 0 }));
}
export type PhotoRow = Awaited<ReturnType<typeof listPhotos>>[number];
