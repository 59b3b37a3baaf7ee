import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNull,
  like,
  lte,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { caseEvents, caseHelpers, casePhotos, cases, complaints } from '#db/schema/hotline.ts';
import type { Category, State } from '#db/schema/hotline.values.ts';
import type { CaseId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import type { PlaceLevel } from '#db/schema/places.values.ts';
import type { Reach } from '../cases/access.ts';
import { type Basket, type Narrow, TICKING_STATES } from './rules.ts';

const RIGHTS = 'RIGHTS';

/** What the reach of a staff member leaves of all cases. */
function within(reach: Reach): SQL | undefined {
  if (reach.everywhere) return sql`1 = 1`;
  const byPlace = reach.places.map(({ path, categories }) =>
    and(like(places.path, `${path}%`), categories ? inArray(cases.category, [...categories]) : undefined),
  );
  const unitId = reach.unitId;
  const byUnit = unitId === null ? undefined : or(eq(cases.leadUnitId, unitId), helps(unitId));
  const ordinary = or(...byPlace, byUnit);
  const rights = or(...reach.rightsPaths.map((path) => like(places.path, `${path}%`)));
  const notAbout = reach.notAbout;
  return or(
    ordinary &&
      and(
        ne(cases.category, RIGHTS),
        ordinary,
        notAbout === null ? undefined : or(isNull(cases.aboutUnitId), ne(cases.aboutUnitId, notAbout)),
      ),
    rights && and(eq(cases.category, RIGHTS), rights),
    sql`1 = 0`,
  );
}

const helps = (unitId: UnitId): SQL =>
  sql`exists (select 1 from ${caseHelpers} h where h.case_id = ${cases.id} and h.unit_id = ${unitId})`;

/** Whose words and pictures may be shown: the same decision as `mayShowWords`. */
const SHOWABLE = sql`(f.phone_verified_at is not null or f.channel not in ('web', 'open311'))`;
const OF_CASE = sql`f.case_id = ${cases.id} and f.withdrawn_at is null`;

const NARROW: Readonly<Record<Narrow, (unitId: UnitId | null) => SQL | undefined>> = {
  review: () => sql`exists (select 1 from ${complaints} f where ${OF_CASE} and f.review = 1)`,
  callBack: () =>
    and(
      isNull(cases.firstContactAt),
      sql`exists (select 1 from ${complaints} f where ${OF_CASE} and f.call_back = 1)`,
    ),
  lead: (unitId) =>
    or(eq(cases.category, RIGHTS), unitId === null ? undefined : eq(cases.leadUnitId, unitId)),
  helper: (unitId) =>
    unitId === null
      ? sql`1 = 0`
      : and(helps(unitId), or(isNull(cases.leadUnitId), ne(cases.leadUnitId, unitId))),
  // All that may stand in public and somebody has not decided upon: the case itself, its words, its pictures.
  publish: () =>
    and(
      ne(cases.kind, 'tipoff'),
      ne(cases.category, RIGHTS),
      notInArray(cases.state, ['filed', 'needs_info', 'withdrawn', 'merged']),
      sql`exists (select 1 from ${complaints} f where ${OF_CASE})`,
      sql`not exists (select 1 from ${complaints} f where ${OF_CASE} and f.secrecy <> 'open')`,
      or(
        eq(cases.publication, 'pending'),
        and(
          eq(cases.publication, 'published'),
          or(
            sql`exists (select 1 from ${complaints} f where ${OF_CASE} and f.words_public = 'pending' and ${SHOWABLE})`,
            sql`exists (select 1 from ${casePhotos} p left join ${complaints} f on f.id = p.complaint_id where p.case_id = ${cases.id} and p.state = 'pending' and case when p.complaint_id is null then ${cases.state} in ('follow_up', 'closed', 'signed_off') else ${SHOWABLE} end)`,
          ),
        ),
      ),
    ),
};

/** A basket with the filters upon it, as the store reads them. */
export interface Pile {
  basket: Basket;
  /** The asker's own unit. */
  unitId: UnitId | null;
  state: State | null;
  category: Category | null;
  place: PlaceId | null;
  unit: UnitId | null;
  /** Due before this instant, and the clock running. */
  dueBefore: Date | null;
  /** A case's number; a complaint's too where the asker may know those. */
  number: { number: string; complaints: boolean } | null;
  /** Cases whose words were found to hold what was searched. */
  ids: readonly CaseId[] | null;
}

const ticking = inArray(cases.state, [...TICKING_STATES]);

function matching(reach: Reach, pile: Pile): SQL | undefined {
  const { basket, number } = pile;
  return and(
    within(reach),
    basket.states ? inArray(cases.state, [...basket.states]) : undefined,
    basket.narrow ? NARROW[basket.narrow](pile.unitId) : undefined,
    pile.state ? eq(cases.state, pile.state) : undefined,
    pile.category ? eq(cases.category, pile.category) : undefined,
    pile.place === null
      ? undefined
      : sql`${places.path} like (select top.path from ${places} top where top.id = ${pile.place}) || '%'`,
    pile.unit === null ? undefined : eq(cases.leadUnitId, pile.unit),
    pile.dueBefore ? and(ticking, lte(cases.dueAt, pile.dueBefore)) : undefined,
    number
      ? or(
          eq(cases.number, number.number),
          number.complaints
            ? sql`exists (select 1 from ${complaints} f where f.case_id = ${cases.id} and f.number = ${number.number})`
            : undefined,
        )
      : undefined,
    pile.ids ? inArray(cases.id, [...pile.ids]) : undefined,
  );
}

/** A line of a staff list: nothing of who complained, and none of his words. */
const LINE = {
  id: cases.id,
  number: cases.number,
  state: cases.state,
  kind: cases.kind,
  category: cases.category,
  urgency: cases.urgency,
  placePath: places.path,
  unit: orgUnits.shortName,
  filedAt: cases.filedAt,
  acceptedAt: cases.acceptedAt,
  firstAnsweredAt: cases.firstAnsweredAt,
  closedAt: cases.closedAt,
  dueAt: cases.dueAt,
  dueProvisional: cases.dueProvisional,
  limit: cases.limit,
  wasOverdue: cases.wasOverdue,
  outcome: cases.outcome,
  extensions: cases.extensions,
  dispatches: cases.dispatches,
  returns: cases.returns,
  redos: cases.redos,
  publicTitle: cases.publicTitle,
  since:
    sql<Date>`coalesce((select max(e.at) from ${caseEvents} e where e.case_id = ${cases.id} and e.to_state = ${cases.state} and (e.from_state is null or e.from_state <> e.to_state)), ${cases.filedAt})`.mapWith(
      cases.filedAt,
    ),
};

const lines = (db: Db) =>
  db
    .select(LINE)
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .leftJoin(orgUnits, eq(orgUnits.id, cases.leadUnitId));

export type QueueRow = Awaited<ReturnType<typeof lines>>[number];

const soonest = sql`case when ${ticking} then 0 else 1 end`;

function inOrder(basket: Basket): SQL[] {
  if (basket.order === 'newest') return [desc(cases.filedAt), desc(cases.id)];
  if (basket.order === 'waiting') return [asc(cases.updatedAt), asc(cases.id)];
  // One state needs no sorting: the index holds it in order of due times.
  return basket.states?.length === 1
    ? [asc(cases.dueAt), asc(cases.id)]
    : [soonest, asc(cases.dueAt), asc(cases.id)];
}

export function listPile(
  db: Db,
  reach: Reach,
  pile: Pile,
  limit: number,
  offset: number,
): Promise<QueueRow[]> {
  return lines(db)
    .where(matching(reach, pile))
    .orderBy(...inOrder(pile.basket))
    .limit(limit)
    .offset(offset);
}

/** How many cases a pile holds, and how many of them are overdue at `at`. */
export async function countPile(
  db: Db,
  reach: Reach,
  pile: Pile,
  at: Date,
): Promise<{ n: number; late: number }> {
  const late = sql<number>`sum(case when ${and(ticking, lte(cases.dueAt, at))} then 1 else 0 end)`;
  const [row] = await db
    .select({ n: count(), late })
    .from(cases)
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(matching(reach, pile));
  return { n: row?.n ?? 0, late: row?.late ?? 0 };
}

/** A filer's words with what they are masked by. They leave this folder only masked. */
export interface Words {
  caseId: CaseId;
  title: string;
  body: string;
  address: string;
  nameSealed: string | null;
  phoneSealed: string | null;
}

const WORDS = {
  caseId: complaints.caseId,
  title: complaints.title,
  body: complaints.body,
  address: complaints.address,
  nameSealed: complaints.nameSealed,
  phoneSealed: complaints.phoneSealed,
};

export async function listWords(db: Db, ids: readonly CaseId[]): Promise<Words[]> {
  if (ids.length === 0) return [];
  return db
    .select(WORDS)
    .from(complaints)
    .where(inArray(complaints.caseId, [...ids]))
    .orderBy(asc(complaints.id));
}

/** Words within reach that hold a text, the newest first; whether the asker may read it there is for the caller to say. */
export function listWordsWith(
  db: Db,
  reach: Reach,
  text: string,
  limit: number,
): Promise<(Words & { publicTitle: string })[]> {
  const holds = (column: typeof complaints.title | typeof complaints.body | typeof complaints.address) =>
    sql`instr(lower(${column}), lower(${text})) > 0`;
  return db
    .select({ ...WORDS, publicTitle: cases.publicTitle })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .innerJoin(places, eq(places.id, cases.placeId))
    .where(
      and(
        within(reach),
        or(
          holds(complaints.title),
          holds(complaints.body),
          holds(complaints.address),
          sql`instr(lower(${cases.publicTitle}), lower(${text})) > 0`,
        ),
      ),
    )
    .orderBy(desc(complaints.filedAt))
    .limit(limit);
}

/** Every place down to the communities, in use or not: what the lists name them by. */
export function listNames(db: Db): Promise<{ id: PlaceId; level: PlaceLevel; name: string }[]> {
  const named: PlaceLevel[] = ['city', 'district', 'street', 'community'];
  return db
    .select({ id: places.id, level: places.level, name: places.name })
    .from(places)
    .where(inArray(places.level, named));
}
