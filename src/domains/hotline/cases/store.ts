import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import { slots } from '#core/slots.ts';
import { type Db, ready, type Tx } from '#core/store.ts';
import { sequences } from '#db/schema/core.ts';
import { caseEvents, caseHelpers, casePhotos, cases, complaints } from '#db/schema/hotline.ts';
import type { CaseEvent, Category, Kind, Secrecy, State } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId, MediaId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { places } from '#db/schema/places.ts';
import type { Limit } from '#domains/calendar/rules.ts';
import { caseNumber } from '../numbers.ts';

/** A case as decisions need it: its row, and the path of its place for scopes. It holds nothing of who complained. */
export type CaseRow = typeof cases.$inferSelect & { placePath: string };
export type CaseChange = Partial<Omit<typeof cases.$inferInsert, 'id' | 'number' | 'version'>>;

const CASE = { ...getTableColumns(cases), placePath: places.path };

export async function findCase(db: Db, number: string): Promise<CaseRow | null> {
  const [row] = await db
    .select(CASE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(eq(cases.number, number));
  return row ?? null;
}

export async function findCaseById(db: Db, id: CaseId): Promise<CaseRow | null> {
  const [row] = await db
    .select(CASE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(eq(cases.id, id));
  return row ?? null;
}

/** The case that a photograph belongs to; `null` for one that belongs to none. */
export async function findCaseOfPhoto(db: Db, id: MediaId): Promise<CaseId | null> {
  const [row] = await db
    .select({ caseId: casePhotos.caseId })
    .from(casePhotos)
    .where(eq(casePhotos.mediaId, id));
  return row?.caseId ?? null;
}

const countOn = ready((db) =>
  db
    .insert(sequences)
    .values({ name: sql`${sql.placeholder('name')}`, value: 1 })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`${sequences.value} + 1` } })
    .returning({ value: sequences.value })
    .prepare(),
);

/** The next case number of a year; taken in the transaction that uses it, so none is lost or double. */
export async function nextCaseNumber(tx: Tx, year: number): Promise<string> {
  const [row] = await countOn(tx).all({ name: `case:${year}` });
  if (!row) throw new Error('a sequence gave no number');
  return caseNumber(year, row.value);
}

/** A case as it begins; everything else stands at its default. */
export interface NewCase {
  number: string;
  state: State;
  kind: Kind;
  category: Category;
  placeId: PlaceId;
  filedAt: Date;
  dueAt: Date;
  dueProvisional: boolean;
  limit: Limit;
}

const addCase = ready((db) =>
  db
    .insert(cases)
    .values({
      ...slots(
        'number',
        'state',
        'kind',
        'category',
        'placeId',
        'filedAt',
        'dueAt',
        'dueProvisional',
        'limit',
      ),
      firstDueAt: sql`${sql.placeholder('dueAt')}`,
      updatedAt: sql`${sql.placeholder('filedAt')}`,
    })
    .returning({ id: cases.id })
    .prepare(),
);

/** Opens a case, in the transaction that files its first complaint. */
export async function insertCase(tx: Tx, row: NewCase): Promise<CaseId> {
  const [added] = await addCase(tx).all({ ...row, limit: JSON.stringify(row.limit) });
  if (!added) throw new Error('a case was not stored');
  return added.id;
}

const STALE = '这张工单刚被他人更新，您的操作没有提交。请刷新页面，按最新情况处理。';

/** Changes a case as it was read. Throws `conflict` if anyone changed it since. */
export async function updateCase(tx: Tx, c: CaseRow, set: CaseChange): Promise<CaseRow> {
  const [row] = await tx
    .update(cases)
    .set({ ...set, version: c.version + 1 })
    .where(and(eq(cases.id, c.id), eq(cases.version, c.version), eq(cases.state, c.state)))
    .returning();
  if (!row) throw new AppError('conflict', STALE);
  if (row.placeId === c.placeId) return { ...row, placePath: c.placePath };
  const [place] = await tx.select({ path: places.path }).from(places).where(eq(places.id, row.placeId));
  return { ...row, placePath: place?.path ?? c.placePath };
}

/** Refuses, as a `conflict`, a form that was drawn before the case last changed. */
export function assertFresh(c: CaseRow, version: number): void {
  if (c.version !== version) throw new AppError('conflict', STALE);
}

const addEvent = ready((db) =>
  db
    .insert(caseEvents)
    .values(
      slots(
        'caseId',
        'complaintId',
        'at',
        'event',
        'fromState',
        'toState',
        'party',
        'accountId',
        'unitId',
        'publicText',
        'internalText',
        'data',
      ),
    )
    .prepare(),
);

const NO_EVENT = {
  complaintId: null,
  fromState: null,
  accountId: null,
  unitId: null,
  publicText: '',
  internalText: '',
};

/** Appends to the log of a case. */
export async function insertEvent(tx: Tx, row: typeof caseEvents.$inferInsert): Promise<void> {
  await addEvent(tx).run({ ...NO_EVENT, ...row, data: JSON.stringify(row.data ?? {}) });
}

/** The moves of a case alone, oldest first: what `originOf` and the pauses are read from. */
export function listMoves(
  db: Db,
  caseId: CaseId,
): Promise<{ event: CaseEvent; from: State | null; to: State; at: Date }[]> {
  return db
    .select({
      event: caseEvents.event,
      from: caseEvents.fromState,
      to: caseEvents.toState,
      at: caseEvents.at,
    })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.id));
}

/** Whom a step concerns. Read to send notices and to check what may be public; never handed to a page. */
export interface Party {
  id: ComplaintId;
  number: string;
  secrecy: Secrecy;
  category: Category;
  phoneSealed: string | null;
  phoneHash: string | null;
  phoneVerifiedAt: Date | null;
  review: boolean;
}

/** Everyone whose complaint stands behind a case and has not been withdrawn. */
export async function listParties(db: Db, caseId: CaseId): Promise<Party[]> {
  const rows = await db
    .select({
      id: complaints.id,
      number: complaints.number,
      secrecy: complaints.secrecy,
      category: complaints.category,
      phoneSealed: complaints.phoneSealed,
      phoneHash: complaints.phoneHash,
      phoneVerifiedAt: complaints.phoneVerifiedAt,
      review: complaints.review,
    })
    .from(complaints)
    .where(and(eq(complaints.caseId, caseId), isNull(complaints.withdrawnAt)))
    .orderBy(asc(complaints.id));
  return rows.map((row) => ({ ...row, category: row.category as Category }));
}

export async function listHelperUnits(db: Db, caseId: CaseId): Promise<UnitId[]> {
  const rows = await db
    .select({ unitId: caseHelpers.unitId })
    .from(caseHelpers)
    .where(eq(caseHelpers.caseId, caseId))
    .orderBy(asc(caseHelpers.id));
  return rows.map((row) => row.unitId);
}

/** Names the helping units anew; those before are replaced. */
export async function replaceHelperUnits(tx: Tx, caseId: CaseId, unitIds: readonly UnitId[]): Promise<void> {
  await tx.delete(caseHelpers).where(eq(caseHelpers.caseId, caseId));
  if (unitIds.length > 0) await tx.insert(caseHelpers).values(unitIds.map((unitId) => ({ caseId, unitId })));
}
