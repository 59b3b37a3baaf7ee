import { and, asc, count, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import type { Db, Tx } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
import { sequences } from '#db/schema/core.ts';
import type { AccountId, MediaId, NoticeId, UnitId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import { noticeCopies, noticeEvents, noticePhotos, notices } from '#db/schema/rectification.ts';
import type { Copy, NoticePhotoStage } from '#db/schema/rectification.values.ts';
import { noticeNumber } from '../numbers.ts';

/** A notice as decisions need it: its row, and the path of its place for scopes. */
export type NoticeRow = typeof notices.$inferSelect & {
  placePath: string;
  placeName: string;
  issuerUnit: string;
  issuerPhone: string;
};
export type NoticeChange = Partial<Omit<typeof notices.$inferInsert, 'id' | 'version'>>;

const NOTICE = {
  ...getTableColumns(notices),
  placePath: places.path,
  placeName: places.name,
  issuerUnit: orgUnits.name,
  issuerPhone: orgUnits.phone,
};

const selectNotices = (db: Db) =>
  db
    .select(NOTICE)
    .from(notices)
    .innerJoin(places, eq(places.id, notices.placeId))
    .innerJoin(orgUnits, eq(orgUnits.id, notices.issuerUnitId));

export async function findNotice(db: Db, id: NoticeId): Promise<NoticeRow | null> {
  const [row] = await selectNotices(db).where(eq(notices.id, id));
  return row ?? null;
}

export async function findNoticeByNumber(db: Db, number: string): Promise<NoticeRow | null> {
  const [row] = await selectNotices(db).where(eq(notices.number, number));
  return row ?? null;
}

/** The notices opened from one matter, or after one that was signed off; oldest first. */
export function listLinked(
  db: Db,
  to: { relapseOf: NoticeId },
): Promise<{ id: NoticeId; number: string | null; state: NoticeRow['state'] }[]> {
  return db
    .select({ id: notices.id, number: notices.number, state: notices.state })
    .from(notices)
    .where(eq(notices.relapseOf, to.relapseOf))
    .orderBy(asc(notices.id));
}

/** The notices opened from a matter of another domain, oldest first. */
export function listBySubject(
  db: Db,
  subject: { type: NonNullable<NoticeRow['subjectType']>; id: number },
): Promise<NoticeRow[]> {
  return selectNotices(db)
    .where(and(eq(notices.subjectType, subject.type), eq(notices.subjectId, subject.id)))
    .orderBy(asc(notices.id));
}

/** The next number of an issuer in a year; taken in the transaction that uses it, so none is lost or double. */
export async function nextNoticeNumber(tx: Tx, year: number, issuer: UnitId): Promise<string> {
  const [row] = await tx
    .insert(sequences)
    .values({ name: `notice:${issuer}:${year}`, value: 1 })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`${sequences.value} + 1` } })
    .returning({ value: sequences.value });
  if (!row) throw new Error('a sequence gave no number');
  return noticeNumber(year, issuer, row.value);
}

export async function insertNotice(tx: Tx, row: typeof notices.$inferInsert): Promise<NoticeRow> {
  const [added] = await tx.insert(notices).values(row).returning({ id: notices.id });
  const whole = added && (await findNotice(tx, added.id));
  if (!whole) throw new Error('a notice was not stored');
  return whole;
}

const STALE = '这张通知单刚被他人更新，您的操作没有提交。请刷新页面，按最新情况处理。';

/** Changes a notice as it was read. Throws `conflict` if anyone changed it since. */
export async function updateNotice(tx: Tx, n: NoticeRow, set: NoticeChange): Promise<NoticeRow> {
  const [row] = await tx
    .update(notices)
    .set({ ...set, version: n.version + 1 })
    .where(and(eq(notices.id, n.id), eq(notices.version, n.version), eq(notices.state, n.state)))
    .returning({ id: notices.id });
  const after = row && (await findNotice(tx, row.id));
  if (!after) throw new AppError('conflict', STALE);
  return after;
}

/** Refuses, as a `conflict`, a form that was drawn before the notice last changed. */
export function assertFresh(n: NoticeRow, version: number | null): void {
  if (n.version !== version) throw new AppError('conflict', STALE);
}

export async function insertEvent(tx: Tx, row: typeof noticeEvents.$inferInsert): Promise<void> {
  await tx.insert(noticeEvents).values(row);
}

/** What happened to a notice, oldest first, with the names of the staff. */
export function listEvents(
  db: Db,
  id: NoticeId,
): Promise<(typeof noticeEvents.$inferSelect & { name: string | null })[]> {
  return db
    .select({ ...getTableColumns(noticeEvents), name: accounts.name })
    .from(noticeEvents)
    .leftJoin(accounts, eq(accounts.id, noticeEvents.accountId))
    .where(eq(noticeEvents.noticeId, id))
    .orderBy(asc(noticeEvents.id));
}

/** Everyone on the staff who recorded the start or the result of the fix. */
export async function listFixers(db: Db, id: NoticeId): Promise<AccountId[]> {
  const rows = await db
    .selectDistinct({ id: noticeEvents.accountId })
    .from(noticeEvents)
    .where(
      and(
        eq(noticeEvents.noticeId, id),
        inArray(noticeEvents.event, ['start', 'submit']),
        isNotNull(noticeEvents.accountId),
      ),
    );
  return rows.flatMap((row) => row.id ?? []);
}

export interface NoticePhoto {
  mediaId: MediaId;
  stage: NoticePhotoStage;
  round: number;
  at: Date;
  width: number;
  height: number;
}

export async function insertPhotos(
  tx: Tx,
  ids: readonly MediaId[],
  to: { noticeId: NoticeId; stage: NoticePhotoStage; round: number; at: Date },
): Promise<void> {
  if (ids.length > 0) await tx.insert(noticePhotos).values(ids.map((mediaId) => ({ mediaId, ...to })));
}

export async function listPhotos(db: Db, id: NoticeId): Promise<NoticePhoto[]> {
  const rows = await db
    .select({
      mediaId: noticePhotos.mediaId,
      stage: noticePhotos.stage,
      round: noticePhotos.round,
      at: noticePhotos.at,
      width: media.width,
      height: media.height,
    })
    .from(noticePhotos)
    .innerJoin(media, eq(media.id, noticePhotos.mediaId))
    .where(eq(noticePhotos.noticeId, id))
    .orderBy(asc(noticePhotos.id));
  return rows.map((row) => ({ ...row, width: row.width ?? 0, height: row.height ?? 0 }));
}

export async function countPhotos(db: Db, id: NoticeId, stage: NoticePhotoStage): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(noticePhotos)
    .where(and(eq(noticePhotos.noticeId, id), eq(noticePhotos.stage, stage)));
  return row?.n ?? 0;
}

/** Whether a picture belongs to a notice. */
export async function hasPhoto(db: Db, id: NoticeId, mediaId: MediaId): Promise<boolean> {
  const [row] = await db
    .select({ id: noticePhotos.id })
    .from(noticePhotos)
    .where(and(eq(noticePhotos.noticeId, id), eq(noticePhotos.mediaId, mediaId)));
  return row !== undefined;
}

export type CopyRow = typeof noticeCopies.$inferSelect & { reader: string | null };

export async function insertCopies(tx: Tx, noticeId: NoticeId): Promise<void> {
  await tx.insert(noticeCopies).values([
    { noticeId, copy: 'A' },
    { noticeId, copy: 'B' },
  ]);
}

export function listCopies(db: Db, noticeId: NoticeId): Promise<CopyRow[]> {
  return db
    .select({ ...getTableColumns(noticeCopies), reader: accounts.name })
    .from(noticeCopies)
    .leftJoin(accounts, eq(accounts.id, noticeCopies.readBy))
    .where(eq(noticeCopies.noticeId, noticeId))
    .orderBy(asc(noticeCopies.copy));
}

/** Marks a copy as read, the first time only. */
export async function markRead(
  tx: Tx,
  which: { noticeId: NoticeId; copy: Copy },
  by: AccountId | null,
  at: Date,
): Promise<void> {
  await tx
    .update(noticeCopies)
    .set({ readAt: at, readBy: by })
    .where(
      and(
        eq(noticeCopies.noticeId, which.noticeId),
        eq(noticeCopies.copy, which.copy),
        sql`${noticeCopies.readAt} is null`,
      ),
    );
}

/** Enters when a copy was received and by whom, the first time only. */
export async function markReceived(
  tx: Tx,
  which: { noticeId: NoticeId; copy: Copy },
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .update(noticeCopies)
    .set({ receivedAt: at, receivedBy: by })
    .where(
      and(
        eq(noticeCopies.noticeId, which.noticeId),
        eq(noticeCopies.copy, which.copy),
        sql`${noticeCopies.receivedAt} is null`,
      ),
    );
}
