import { and, asc, count, desc, eq, gt, inArray, isNull, max, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { accounts, grants, sessions, signIns } from '#db/schema/accounts.ts';
import type { AccountState, Role, SignInResult } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { orgUnits, places } from '#db/schema/places.ts';

export interface StaffRow {
  id: AccountId;
  username: string;
  name: string;
  unitId: UnitId | null;
  unit: string | null;
  state: AccountState;
  enrolled: boolean;
  mustChange: boolean;
  createdAt: Date;
  version: number;
}

const STAFF = {
  id: accounts.id,
  username: accounts.username,
  name: accounts.name,
  unitId: accounts.unitId,
  unit: orgUnits.shortName,
  state: accounts.state,
  enrolled: sql<boolean>`${accounts.totpSealed} is not null`.mapWith(Boolean),
  mustChange: accounts.mustChange,
  createdAt: accounts.createdAt,
  version: accounts.version,
};

export interface StaffFilter {
  q: string;
  role?: Role | undefined;
  state?: AccountState | undefined;
}

const inForce = (at: Date): SQL | undefined => or(isNull(grants.to), gt(grants.to, at));
const escaped = (q: string): string => `%${q.replace(/[%_\\]/g, '\\$&')}%`;

const matching = (db: Db, { q, role, state }: StaffFilter, at: Date): SQL | undefined =>
  and(
    state ? eq(accounts.state, state) : undefined,
    q
      ? or(
          sql`${accounts.name} like ${escaped(q)} escape '\\'`,
          sql`${accounts.username} like ${escaped(q)} escape '\\'`,
        )
      : undefined,
    role
      ? inArray(
          accounts.id,
          db
            .select({ id: grants.accountId })
            .from(grants)
            .where(and(eq(grants.role, role), inForce(at))),
        )
      : undefined,
  );

export function listStaff(
  db: Db,
  filter: StaffFilter,
  at: Date,
  { limit, offset }: { limit: number; offset: number },
): Promise<StaffRow[]> {
  return db
    .select(STAFF)
    .from(accounts)
    .leftJoin(orgUnits, eq(orgUnits.id, accounts.unitId))
    .where(matching(db, filter, at))
    .orderBy(asc(accounts.state), asc(accounts.username))
    .limit(limit)
    .offset(offset);
}

export async function countStaff(db: Db, filter: StaffFilter, at: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(accounts)
    .where(matching(db, filter, at));
  return row?.n ?? 0;
}

export async function findStaff(db: Db, id: AccountId): Promise<StaffRow | null> {
  const [row] = await db
    .select(STAFF)
    .from(accounts)
    .leftJoin(orgUnits, eq(orgUnits.id, accounts.unitId))
    .where(eq(accounts.id, id));
  return row ?? null;
}

/** Which of these user names are taken, in small letters. */
export async function listTaken(db: Db, usernames: readonly string[]): Promise<Map<string, AccountId>> {
  const rows = await db
    .select({ id: accounts.id, username: sql<string>`lower(${accounts.username})` })
    .from(accounts)
    .where(inArray(sql`lower(${accounts.username})`, [...usernames]));
  return new Map(rows.map((row) => [row.username, row.id]));
}

export interface GrantRow {
  id: number;
  accountId: AccountId;
  role: Role;
  placeId: PlaceId;
  place: string;
  placeCode: string;
  categories: string[] | null;
  from: Date;
  to: Date | null;
}

/** The roles of these accounts in force at an instant, the oldest first. */
export function listGrantsOf(db: Db, ids: readonly AccountId[], at: Date): Promise<GrantRow[]> {
  return db
    .select({
      id: grants.id,
      accountId: grants.accountId,
      role: grants.role,
      placeId: grants.placeId,
      place: places.name,
      placeCode: places.code,
      categories: grants.categories,
      from: grants.from,
      to: grants.to,
    })
    .from(grants)
    .innerJoin(places, eq(places.id, grants.placeId))
    .where(and(inArray(grants.accountId, [...ids]), inForce(at)))
    .orderBy(asc(grants.id));
}

/** Ends a role of an account now. Gives what it was, `null` when it had ended. */
export async function closeGrant(
  tx: Tx,
  id: number,
  accountId: AccountId,
  at: Date,
): Promise<{ role: Role; placeId: PlaceId } | null> {
  const [row] = await tx
    .update(grants)
    .set({ to: at })
    .where(and(eq(grants.id, id), eq(grants.accountId, accountId), inForce(at)))
    .returning({ role: grants.role, placeId: grants.placeId });
  return row ?? null;
}

/** How many active accounts hold a role at an instant. */
export async function countHolders(db: Db, role: Role, at: Date): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(distinct ${grants.accountId})` })
    .from(grants)
    .innerJoin(accounts, eq(accounts.id, grants.accountId))
    .where(and(eq(grants.role, role), eq(accounts.state, 'active'), inForce(at)));
  return row?.n ?? 0;
}

export interface SessionEntry {
  /** The hash by which it is ended; it opens nothing. */
  id: string;
  createdAt: Date;
  expiresAt: Date;
  device: string;
}

export function listSessions(db: Db, accountId: AccountId, at: Date): Promise<SessionEntry[]> {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      device: sessions.device,
    })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, at)))
    .orderBy(desc(sessions.createdAt));
}

export async function deleteSessionOf(tx: Tx, id: string, accountId: AccountId): Promise<boolean> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.accountId, accountId)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

export interface SignInEntry {
  at: Date;
  address: string;
  device: string;
  result: SignInResult;
}

/** The newest tries to sign in to an account. */
export function listSignIns(db: Db, accountId: AccountId, limit: number): Promise<SignInEntry[]> {
  return db
    .select({ at: signIns.at, address: signIns.address, device: signIns.device, result: signIns.result })
    .from(signIns)
    .where(eq(signIns.accountId, accountId))
    .orderBy(desc(signIns.id))
    .limit(limit);
}

/** When each account last signed in. */
export async function lastSignIns(db: Db, ids: readonly AccountId[]): Promise<Map<AccountId, Date>> {
  const rows = await db
    .select({ id: signIns.accountId, at: max(signIns.at) })
    .from(signIns)
    .where(and(eq(signIns.result, 'ok'), inArray(signIns.accountId, [...ids])))
    .groupBy(signIns.accountId);
  return new Map(rows.flatMap(({ id, at }) => (id !== null && at ? [[id, at] as const] : [])));
}

/** Active accounts whose holder has not chosen a password of his own. */
export async function countIdle(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(accounts)
    .where(and(eq(accounts.state, 'active'), eq(accounts.mustChange, true)));
  return row?.n ?? 0;
}
