import { and, eq, inArray } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import type { Db, Tx } from '#core/store.ts';
import { casePhotos, complaints } from '#db/schema/hotline.ts';
import type { PhotoState, Publication } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId, MediaId } from '#db/schema/ids.ts';

/** A complaint as far as publishing it goes. The sealed fields serve masking alone. */
export type Spoken = Pick<
  typeof complaints.$inferSelect,
  | 'id'
  | 'caseId'
  | 'channel'
  | 'secrecy'
  | 'title'
  | 'body'
  | 'publicBody'
  | 'address'
  | 'wordsPublic'
  | 'phoneVerifiedAt'
  | 'withdrawnAt'
  | 'nameSealed'
  | 'phoneSealed'
  | 'version'
>;

const SPOKEN = {
  id: complaints.id,
  caseId: complaints.caseId,
  channel: complaints.channel,
  secrecy: complaints.secrecy,
  title: complaints.title,
  body: complaints.body,
  publicBody: complaints.publicBody,
  address: complaints.address,
  wordsPublic: complaints.wordsPublic,
  phoneVerifiedAt: complaints.phoneVerifiedAt,
  withdrawnAt: complaints.withdrawnAt,
  nameSealed: complaints.nameSealed,
  phoneSealed: complaints.phoneSealed,
  version: complaints.version,
};

export function listSpoken(db: Db, caseId: CaseId): Promise<Spoken[]> {
  return db.select(SPOKEN).from(complaints).where(eq(complaints.caseId, caseId)).orderBy(complaints.id);
}

/** The same for several cases at once. */
export function listSpokenOf(db: Db, caseIds: readonly CaseId[]): Promise<Spoken[]> {
  return db
    .select(SPOKEN)
    .from(complaints)
    .where(inArray(complaints.caseId, [...caseIds]))
    .orderBy(complaints.id);
}

export async function updateWords(
  tx: Tx,
  spoken: Pick<Spoken, 'id' | 'version'>,
  set: { wordsPublic: Publication; publicBody?: string },
): Promise<void> {
  const rows = await tx
    .update(complaints)
    .set({ ...set, version: spoken.version + 1 })
    .where(and(eq(complaints.id, spoken.id), eq(complaints.version, spoken.version)))
    .returning({ id: complaints.id });
  if (rows.length === 0) throw new AppError('conflict', '这件诉求刚被他人更新，请刷新后再操作。');
}

export interface CasePhoto {
  id: number;
  mediaId: MediaId;
  complaintId: ComplaintId | null;
  state: PhotoState;
}

const PHOTO = {
  id: casePhotos.id,
  mediaId: casePhotos.mediaId,
  complaintId: casePhotos.complaintId,
  state: casePhotos.state,
};

export async function findPhoto(db: Db, caseId: CaseId, id: number): Promise<CasePhoto | null> {
  const [row] = await db
    .select(PHOTO)
    .from(casePhotos)
    .where(and(eq(casePhotos.caseId, caseId), eq(casePhotos.id, id)));
  return row ?? null;
}

/** Every picture of a case, whoever took it. */
export function listPhotos(db: Db, caseId: CaseId): Promise<CasePhoto[]> {
  return db.select(PHOTO).from(casePhotos).where(eq(casePhotos.caseId, caseId));
}

export function listShownPhotos(db: Db, caseId: CaseId): Promise<CasePhoto[]> {
  return db
    .select(PHOTO)
    .from(casePhotos)
    .where(and(eq(casePhotos.caseId, caseId), eq(casePhotos.state, 'published')));
}

export async function updatePhotoState(tx: Tx, id: number, state: PhotoState): Promise<void> {
  await tx.update(casePhotos).set({ state }).where(eq(casePhotos.id, id));
}
