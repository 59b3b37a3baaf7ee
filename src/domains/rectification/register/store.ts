import { and, count, desc, eq, gte, inArray, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { orgUnits, places } from '#db/schema/places.ts';
import { notices } from '#db/schema/rectification.ts';
import { monthSpan, OPEN_STATES, OWED_STATES } from '../rules.ts';
import { numberIn, type Pile, type RegisterQuery } from './input.ts';

/** A line of the register. */
export type RegisterRow = Pick<
  typeof notices.$inferSelect,
  | 'id'
  | 'number'
  | 'state'
  | 'matter'
  | 'point'
  | 'partyKind'
  | 'partyName'
  | 'issuedAt'
  | 'firstDueAt'
  | 'dueAt'
  | 'dueProvisional'
  | 'receivedAt'
  | 'submittedAt'
  | 'signedOffAt'
  | 'wasOverdue'
  | 'rounds'
  | 'cannotFixAt'
  | 'relapseOf'
> & { place: string; issuer: string };

const ROW = {
  id: notices.id,
  number: notices.number,
  state: notices.state,
  matter: notices.matter,
  point: notices.point,
  partyKind: notices.partyKind,
  partyName: notices.partyName,
  issuedAt: notices.issuedAt,
  firstDueAt: notices.firstDueAt,
  dueAt: notices.dueAt,
  dueProvisional: notices.dueProvisional,
  receivedAt: notices.receivedAt,
  submittedAt: notices.submittedAt,
  signedOffAt: notices.signedOffAt,
  wasOverdue: notices.wasOverdue,
  rounds: notices.rounds,
  cannotFixAt: notices.cannotFixAt,
  relapseOf: notices.relapseOf,
  place: places.name,
  issuer: orgUnits.name,
};

const begins = (path: string): SQL => sql`substr(${places.path}, 1, ${path.length}) = ${path}`;

/** The limits of a list: the scopes of whoever asks, at an instant. */
export interface Reach {
  scopes: readonly string[] | null;
  now: Date;
  today: string;
}

function inPile(pile: Pile, { now, today }: Reach): SQL | undefined {
  const late = lte(notices.dueAt, now);
  switch (pile) {
    case 'open':
      return inArray(notices.state, [...OPEN_STATES]);
    case 'unsigned':
      return eq(notices.state, 'issued');
    case 'check':
      return eq(notices.state, 'submitted');
    case 'overdue':
      return or(
        and(inArray(notices.state, [...OWED_STATES]), late),
        and(eq(notices.state, 'submitted'), gte(notices.submittedAt, notices.dueAt)),
      );
    case 'asked':
      return and(eq(notices.state, 'fixing'), isNotNull(notices.cannotFixAskedAt));
    case 'review':
      return and(eq(notices.state, 'cannot_fix'), lte(notices.reviewDay, today));
  }
}

const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function inWords(q: string): SQL | undefined {
  const number = numberIn(q);
  if (number !== null) return eq(notices.number, number);
  const like = escaped(q);
  return or(
    ...[notices.partyName, notices.point, notices.clause, notices.description].map(
      (column) => sql`${column} like ${like} escape '\\'`,
    ),
  );
}

function where(reach: Reach, query: RegisterQuery): SQL | undefined {
  const span = query.month === null ? null : monthSpan(query.month);
  const place = query.place === null ? undefined : sql`instr(${places.path}, ${`/${query.place}/`}) > 0`;
  return and(
    reach.scopes === null ? undefined : or(...reach.scopes.map(begins), sql`0`),
    query.pile ? inPile(query.pile, reach) : undefined,
    query.state ? eq(notices.state, query.state) : undefined,
    query.matter ? eq(notices.matter, query.matter) : undefined,
    query.issuer ? eq(notices.issuerUnitId, query.issuer) : undefined,
    span ? and(gte(notices.issuedAt, span.from), lt(notices.issuedAt, span.to)) : undefined,
    place,
    query.q === '' ? undefined : inWords(query.q),
  );
}

/** A page of the register, drafts and the newest first. */
export function listRegister(
  db: Db,
  reach: Reach,
  query: RegisterQuery,
  limit: number,
  offset: number,
): Promise<RegisterRow[]> {
  return db
    .select(ROW)
    .from(notices)
    .innerJoin(places, eq(places.id, notices.placeId))
    .innerJoin(orgUnits, eq(orgUnits.id, notices.issuerUnitId))
    .where(where(reach, query))
    .orderBy(desc(notices.id))
    .limit(limit)
    .offset(offset);
}

export async function countRegister(db: Db, reach: Reach, query: RegisterQuery): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(notices)
    .innerJoin(places, eq(places.id, notices.placeId))
    .where(where(reach, query));
  return row?.n ?? 0;
}

/** Notices of these ids with their numbers, for links between them. */
export function listNumbers(
  db: Db,
  ids: readonly NoticeId[],
): Promise<{ id: NoticeId; number: string | null }[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .select({ id: notices.id, number: notices.number })
    .from(notices)
    .where(inArray(notices.id, [...ids]));
}
