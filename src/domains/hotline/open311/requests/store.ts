import { and, asc, desc, eq, gte, inArray, lte, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '#core/store.ts';
import { caseEvents, casePhotos, cases } from '#db/schema/hotline.ts';
import type { CaseId, PlaceId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import { PUBLIC } from '../../ledger/store.ts';
import { LIVE_STATES } from '../../rules.ts';
import type { Box, RequestFilter } from './input.ts';

const answering = alias(orgUnits, 'answering');
const target = alias(cases, 'target');

/** The columns of a case that may leave the house; none tells who complained, or where exactly. */
const CASE = {
  id: cases.id,
  number: cases.number,
  state: cases.state,
  category: cases.category,
  placePath: places.path,
  publicTitle: cases.publicTitle,
  answerText: cases.answerText,
  filedAt: cases.filedAt,
  closedAt: cases.closedAt,
  dueAt: cases.dueAt,
  dueProvisional: cases.dueProvisional,
  outcome: cases.outcome,
  refusalCode: cases.refusalCode,
  referredTo: cases.referredTo,
  /** The case it was merged into, where the public may know that one. */
  mergedInto: target.number,
  unit: orgUnits.name,
  answerUnit: answering.name,
};

const select = (db: Db) =>
  db
    .select(CASE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .leftJoin(orgUnits, eq(orgUnits.id, cases.leadUnitId))
    .leftJoin(answering, eq(answering.id, cases.answerUnitId))
    .leftJoin(
      target,
      and(
        eq(target.id, cases.duplicateOf),
        eq(target.publication, 'published'),
        ne(target.kind, 'tipoff'),
        ne(target.category, 'RIGHTS'),
      ),
    );

export type PublishedRow = Awaited<ReturnType<typeof select>>[number];

/** In a community whose centre lies in the box: what is asked for by coordinates is answered by communities alone. */
const within = ({ northEast, southWest }: Box): SQL =>
  sql`${cases.placeId} in (select p.id from ${places} p join ${places} c on p.path like c.path || '%'
    where c.level = 'community' and c.lat between ${southWest.lat} and ${northEast.lat}
    and c.lng between ${southWest.long} and ${northEast.long})`;

/** Published cases that fit, the newest filing first. */
export function listPublished(db: Db, filter: RequestFilter): Promise<PublishedRow[]> {
  const live = [...LIVE_STATES];
  return select(db)
    .where(
      and(
        PUBLIC,
        gte(cases.filedAt, filter.from),
        lte(cases.filedAt, filter.to),
        filter.codes ? inArray(cases.category, [...filter.codes]) : undefined,
        filter.status === 'open' ? inArray(cases.state, live) : undefined,
        filter.status === 'closed' ? notInArray(cases.state, live) : undefined,
        filter.box ? within(filter.box) : undefined,
      ),
    )
    .orderBy(desc(cases.filedAt), desc(cases.id))
    .limit(filter.limit)
    .offset(filter.offset);
}

/** The published ones among these numbers, the newest filing first. */
export function listByNumber(db: Db, numbers: readonly string[]): Promise<PublishedRow[]> {
  return select(db)
    .where(and(PUBLIC, inArray(cases.number, [...numbers])))
    .orderBy(desc(cases.filedAt), desc(cases.id));
}

/** The steps of these cases as the public may read them, oldest first; staff's notes are not selected. */
export function listSteps(db: Db, ids: readonly CaseId[]) {
  return db
    .select({
      caseId: caseEvents.caseId,
      event: caseEvents.event,
      at: caseEvents.at,
      unit: orgUnits.name,
      publicText: caseEvents.publicText,
      data: caseEvents.data,
    })
    .from(caseEvents)
    .leftJoin(orgUnits, eq(orgUnits.id, caseEvents.unitId))
    .where(inArray(caseEvents.caseId, [...ids]))
    .orderBy(asc(caseEvents.id));
}

/** The pictures of these cases that staff have published. */
export function listPhotos(db: Db, ids: readonly CaseId[]) {
  return db
    .select({ caseId: casePhotos.caseId, id: media.id, alt: media.alt })
    .from(casePhotos)
    .innerJoin(media, eq(media.id, casePhotos.mediaId))
    .where(
      and(inArray(casePhotos.caseId, [...ids]), eq(casePhotos.state, 'published'), eq(media.state, 'public')),
    )
    .orderBy(asc(casePhotos.id));
}

/** Places by id, in use or retired. */
export function listPlaces(db: Db, ids: readonly PlaceId[]) {
  return db
    .select({
      id: places.id,
      level: places.level,
      code: places.code,
      name: places.name,
      lat: places.lat,
      long: places.lng,
    })
    .from(places)
    .where(inArray(places.id, [...ids]));
}
