import {
  and,
  asc,
  count,
  eq,
  inArray,
  isNotNull,
  isNull,
  like,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
import { caseEvents, caseHelpers, casePhotos, cases, complaints } from '#db/schema/hotline.ts';
import type { State } from '#db/schema/hotline.values.ts';
import type { CaseId, ComplaintId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import type { Reach } from '../cases/access.ts';
import { LIVE_STATES } from '../rules.ts';
import type { QueueQuery } from './input.ts';

const RIGHTS = 'RIGHTS';

function within(reach: Reach): SQL | undefined {
  if (reach.everywhere) return sql`1 = 1`;
  const byPlace = reach.places.map(({ path, categories }) =>
    and(like(places.path, `${path}%`), categories ? inArray(cases.category, [...categories]) : undefined),
  );
  const unitId = reach.unitId;
  const byUnit =
    unitId === null
      ? undefined
      : or(
          eq(cases.leadUnitId, unitId),
          sql`exists (select 1 from ${caseHelpers} h where h.case_id = ${cases.id} and h.unit_id = ${unitId})`,
        );
  const ordinary = or(...byPlace, byUnit);
  const rights = or(...reach.rightsPaths.map((path) => like(places.path, `${path}%`)));
  return or(
    ordinary && and(ne(cases.category, RIGHTS), ordinary),
    rights && and(eq(cases.category, RIGHTS), rights),
    sql`1 = 0`,
  );
}

/** What the list is limited to besides its filters: the states that wait for this person, or those whose due time is past. */
export interface Waiting {
  states: readonly State[] | null;
  overdueAt: Date | null;
}

const LIVE: readonly State[] = LIVE_STATES;

function matching(reach: Reach, query: QueueQuery, waiting: Waiting): SQL | undefined {
  const number = query.number;
  return and(
    within(reach),
    waiting.states ? inArray(cases.state, [...waiting.states]) : undefined,
    waiting.overdueAt ? and(inArray(cases.state, [...LIVE]), lte(cases.dueAt, waiting.overdueAt)) : undefined,
    query.state ? eq(cases.state, query.state) : undefined,
    query.category ? eq(cases.category, query.category) : undefined,
    query.place === null
      ? undefined
      : sql`${places.path} like (select top.path from ${places} top where top.id = ${query.place}) || '%'`,
    query.unit === null ? undefined : eq(cases.leadUnitId, query.unit),
    number === null
      ? undefined
      : or(
          eq(cases.number, number),
          sql`exists (select 1 from ${complaints} f where f.case_id = ${cases.id} and f.number = ${number})`,
        ),
  );
}

/** A line of a staff list: nothing of who complained. */
const LINE = {
  id: cases.id,
  number: cases.number,
  version: cases.version,
  state: cases.state,
  kind: cases.kind,
  category: cases.category,
  urgency: cases.urgency,
  place: places.name,
  unit: orgUnits.shortName,
  filedAt: cases.filedAt,
  dueAt: cases.dueAt,
  dueProvisional: cases.dueProvisional,
  limit: cases.limit,
  wasOverdue: cases.wasOverdue,
  returns: cases.returns,
  redos: cases.redos,
  publication: cases.publication,
  publicTitle: cases.publicTitle,
  title: sql<string>`(select f.title from ${complaints} f where f.case_id = ${cases.id} order by f.id limit 1)`,
};

const from = (db: Db) =>
  db
    .select(LINE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .leftJoin(orgUnits, eq(orgUnits.id, cases.leadUnitId));

export type QueueRow = Awaited<ReturnType<typeof from>>[number];

export async function countQueue(db: Db, reach: Reach, query: QueueQuery, waiting: Waiting): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(matching(reach, query, waiting));
  return row?.n ?? 0;
}

/** Open cases first, the one due soonest on top; those without a clock after them, ended ones last. */
export function listQueue(
  db: Db,
  reach: Reach,
  query: QueueQuery,
  waiting: Waiting,
  limit: number,
  offset: number,
): Promise<QueueRow[]> {
  const ended = sql`case when ${inArray(cases.state, [...LIVE])} then 0 else 1 end`;
  const soonest = sql`case when ${inArray(cases.state, [...LIVE])} then coalesce(${cases.dueAt}, 9e15) else -${cases.filedAt} end`;
  return from(db)
    .where(matching(reach, query, waiting))
    .orderBy(ended, soonest, asc(cases.id))
    .limit(limit)
    .offset(offset);
}

/** How many cases stand in each state within reach. */
export function countByState(db: Db, reach: Reach): Promise<{ state: State; n: number }[]> {
  return db
    .select({ state: cases.state, n: count() })
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(within(reach))
    .groupBy(cases.state);
}

/** Complaints whose filers asked to be called back, of open cases not yet contacted. */
export async function countCallBacks(db: Db, reach: Reach): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(
      and(
        within(reach),
        eq(complaints.callBack, true),
        isNull(complaints.withdrawnAt),
        isNull(cases.firstContactAt),
        inArray(cases.state, [...LIVE]),
      ),
    );
  return row?.n ?? 0;
}

/** A complaint as a handling unit may know it: what, where and since when; no column that tells who. */
const FOR_UNIT = {
  id: complaints.id,
  channel: complaints.channel,
  title: complaints.title,
  body: complaints.body,
  address: complaints.address,
  lat: complaints.lat,
  lng: complaints.lng,
  filedAt: complaints.filedAt,
  withdrawnAt: complaints.withdrawnAt,
};

const selectForUnit = (db: Db) => db.select(FOR_UNIT).from(complaints);
export type UnitRow = Awaited<ReturnType<typeof selectForUnit>>[number];

export function listForUnit(db: Db, caseId: CaseId): Promise<UnitRow[]> {
  return selectForUnit(db).where(eq(complaints.caseId, caseId)).orderBy(asc(complaints.id));
}

/** What the hotline's own staff know besides; the name and phone themselves come only by `findContact`. */
export function listForCentre(db: Db, caseId: CaseId) {
  return db
    .select({
      ...FOR_UNIT,
      number: complaints.number,
      kind: complaints.kind,
      category: complaints.category,
      secrecy: complaints.secrecy,
      shareContact: complaints.shareContact,
      callBack: complaints.callBack,
      review: complaints.review,
      hasName: isNotNull(complaints.nameSealed).mapWith(Boolean),
      hasPhone: isNotNull(complaints.phoneSealed).mapWith(Boolean),
      phoneVerifiedAt: complaints.phoneVerifiedAt,
      wordsPublic: complaints.wordsPublic,
      publicBody: complaints.publicBody,
    })
    .from(complaints)
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
}

export function listContacts(db: Db, caseId: CaseId): Promise<Contact[]> {
  return db
    .select({
      id: complaints.id,
      nameSealed: complaints.nameSealed,
      phoneSealed: complaints.phoneSealed,
      shareContact: complaints.shareContact,
      secret: eq(complaints.secrecy, 'secret').mapWith(Boolean),
    })
    .from(complaints)
    .where(eq(complaints.caseId, caseId));
}

/** The log of a case as the desk reads it: staff by name within the house. */
export function listLog(db: Db, caseId: CaseId) {
  return db
    .select({
      id: caseEvents.id,
      complaintId: caseEvents.complaintId,
      at: caseEvents.at,
      event: caseEvents.event,
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

export function listPhotos(db: Db, caseId: CaseId) {
  return db
    .select({
      id: casePhotos.id,
      mediaId: casePhotos.mediaId,
      complaintId: casePhotos.complaintId,
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
}
export type PhotoRow = Awaited<ReturnType<typeof listPhotos>>[number];
