import { and, asc, count, desc, eq, gte, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { addDays, startOfBeijingDay } from '#core/clock.ts';
import type { Db } from '#core/store.ts';
import { caseEvents, casePhotos, cases, complaints } from '#db/schema/hotline.ts';
import type { CaseEvent, State } from '#db/schema/hotline.values.ts';
import type { CaseId, MediaId, PlaceId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import type { PlaceLevel } from '#db/schema/places.values.ts';
import { type LedgerQuery, STAGES } from './input.ts';

// What may never be public is excluded here once more, whatever a row says.
export const PUBLIC = and(
  eq(cases.publication, 'published'),
  ne(cases.kind, 'tipoff'),
  ne(cases.category, 'RIGHTS'),
);

const answering = alias(orgUnits, 'answering');

/** The columns of a case that public pages are made of; none tells who complained. */
const CASE = {
  id: cases.id,
  number: cases.number,
  state: cases.state,
  kind: cases.kind,
  category: cases.category,
  placeId: cases.placeId,
  placePath: places.path,
  publicTitle: cases.publicTitle,
  answerText: cases.answerText,
  filedAt: cases.filedAt,
  firstAnsweredAt: cases.firstAnsweredAt,
  dueAt: cases.dueAt,
  dueProvisional: cases.dueProvisional,
  limit: cases.limit,
  wasOverdue: cases.wasOverdue,
  outcome: cases.outcome,
  referredTo: cases.referredTo,
  unit: orgUnits.name,
  answerUnit: answering.name,
};

const select = (db: Db) =>
  db
    .select(CASE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .leftJoin(orgUnits, eq(orgUnits.id, cases.leadUnitId))
    .leftJoin(answering, eq(answering.id, cases.answerUnitId));

export type PublicRow = Awaited<ReturnType<typeof select>>[number];

function monthBounds(month: string): SQL | undefined {
  const from = `${month}-01`;
  const next = `${addDays(from, 31).slice(0, 7)}-01`;
  return and(gte(cases.filedAt, startOfBeijingDay(from)), lt(cases.filedAt, startOfBeijingDay(next)));
}

/** Everything under a place: its own cases and those of its grids and buildings. */
const within = (place: PlaceId): SQL =>
  sql`${cases.placeId} in (select p.id from ${places} p join ${places} top on top.id = ${place} where p.path like top.path || '%')`;

const matching = (query: Omit<LedgerQuery, 'page'>): SQL | undefined =>
  and(
    PUBLIC,
    query.category ? eq(cases.category, query.category) : undefined,
    query.community === null ? undefined : within(query.community),
    query.state ? inArray(cases.state, [...STAGES[query.state].states]) : undefined,
    query.month ? monthBounds(query.month) : undefined,
  );

export async function countPublic(db: Db, query: Omit<LedgerQuery, 'page'>): Promise<number> {
  const [row] = await db.select({ n: count() }).from(cases).where(matching(query));
  return row?.n ?? 0;
}

export function listPublic(
  db: Db,
  query: Omit<LedgerQuery, 'page'>,
  limit: number,
  offset: number,
): Promise<PublicRow[]> {
  return select(db)
    .where(matching(query))
    .orderBy(desc(cases.filedAt), desc(cases.id))
    .limit(limit)
    .offset(offset);
}

export async function findPublic(db: Db, number: string): Promise<PublicRow | null> {
  const [row] = await select(db).where(and(PUBLIC, eq(cases.number, number)));
  return row ?? null;
}

/** The months in which published cases were filed, the newest first. */
export async function listMonths(db: Db): Promise<string[]> {
  const month = sql<string>`strftime('%Y-%m', ${cases.filedAt} / 1000 + 28800, 'unixepoch')`;
  const rows = await db.selectDistinct({ month }).from(cases).where(PUBLIC).orderBy(desc(month));
  return rows.map((row) => row.month);
}

export interface Ancestor {
  id: PlaceId;
  level: PlaceLevel;
  name: string;
}

export function listNames(db: Db, ids: readonly PlaceId[]): Promise<Ancestor[]> {
  return db
    .select({ id: places.id, level: places.level, name: places.name })
    .from(places)
    .where(inArray(places.id, [...ids]));
}

export interface PublicStep {
  event: CaseEvent;
  at: Date;
  toState: State;
  unit: string | null;
  publicText: string;
}

/** The steps of a case as the public may read them: units, never persons; staff's notes are not selected. */
export function listPublicSteps(db: Db, caseId: CaseId): Promise<PublicStep[]> {
  return db
    .select({
      event: caseEvents.event,
      at: caseEvents.at,
      toState: caseEvents.toState,
      unit: orgUnits.name,
      publicText: caseEvents.publicText,
    })
    .from(caseEvents)
    .leftJoin(orgUnits, eq(orgUnits.id, caseEvents.unitId))
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.id));
}

export interface PublicPhoto {
  id: MediaId;
  alt: string;
  width: number;
  height: number;
  after: boolean;
}

export async function listPublicPhotos(db: Db, caseId: CaseId): Promise<PublicPhoto[]> {
  const rows = await db
    .select({
      id: media.id,
      alt: media.alt,
      width: media.width,
      height: media.height,
      stage: casePhotos.stage,
    })
    .from(casePhotos)
    .innerJoin(media, eq(media.id, casePhotos.mediaId))
    .where(and(eq(casePhotos.caseId, caseId), eq(casePhotos.state, 'published'), eq(media.state, 'public')))
    .orderBy(asc(casePhotos.id));
  return rows.map((row) => ({
    id: row.id,
    alt: row.alt,
    width: row.width ?? 0,
    height: row.height ?? 0,
    after: row.stage === 'after',
  }));
}

/** Where the matter lies, for categories of public ground alone; its house numbers are hidden by the caller. */
export async function findAddress(db: Db, caseId: CaseId): Promise<string> {
  const [row] = await db
    .select({ address: complaints.address })
    .from(complaints)
    .where(eq(complaints.caseId, caseId))
    .orderBy(asc(complaints.id))
    .limit(1);
  return row?.address ?? '';
}
