import { and, count, desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { accounts, signIns } from '#db/schema/accounts.ts';
import type { SignInResult } from '#db/schema/accounts.values.ts';
import { audit } from '#db/schema/core.ts';

export interface LogFilter {
  /** An action, or the part before its dot. */
  action: string;
  entity: string;
  id: string;
  /** A staff member's id, or the kind of who acted. */
  actor: string;
  from: Date | null;
  before: Date | null;
}

const matching = ({ action, entity, id, actor, from, before }: LogFilter): SQL | undefined =>
  and(
    action
      ? sql`(${audit.action} = ${action} or substr(${audit.action}, 1, ${action.length + 1}) = ${`${action}.`})`
      : undefined,
    entity ? eq(audit.entity, entity) : undefined,
    id ? eq(audit.entityId, id) : undefined,
    /^\d+$/.test(actor) ? and(eq(audit.actorKind, 'staff'), eq(audit.actorId, actor)) : undefined,
    actor && !/^\d+$/.test(actor) ? eq(audit.actorKind, actor) : undefined,
    from ? gte(audit.at, from) : undefined,
    before ? lt(audit.at, before) : undefined,
  );

export interface LogRow {
  id: number;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  actorRoles: string;
  action: string;
  entity: string;
  entityId: string;
  detail: string;
  hash: string;
}

/** The newest first. */
export function listLog(db: Db, filter: LogFilter, limit: number, offset: number): Promise<LogRow[]> {
  return db
    .select({
      id: audit.id,
      at: audit.at,
      actorKind: audit.actorKind,
      actorId: audit.actorId,
      actorName: accounts.name,
      actorRoles: audit.actorRoles,
      action: audit.action,
      entity: audit.entity,
      entityId: audit.entityId,
      detail: audit.detail,
      hash: audit.hash,
    })
    .from(audit)
    .leftJoin(
      accounts,
      and(eq(audit.actorKind, 'staff'), eq(accounts.id, sql`cast(${audit.actorId} as integer)`)),
    )
    .where(matching(filter))
    .orderBy(desc(audit.id))
    .limit(limit)
    .offset(offset);
}

export async function countLog(db: Db, filter: LogFilter): Promise<number> {
  const [row] = await db.select({ n: count() }).from(audit).where(matching(filter));
  return row?.n ?? 0;
}

/** The names of entities in the log, for a list to choose from. */
export async function listEntities(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ entity: audit.entity }).from(audit).orderBy(audit.entity);
  return rows.map((row) => row.entity);
}

export interface SignInFilter {
  result: SignInResult | undefined;
  /** A user name, or an account's id. */
  account: string;
  from: Date | null;
  before: Date | null;
}

const matchingSignIns = ({ result, account, from, before }: SignInFilter): SQL | undefined =>
  and(
    result ? eq(signIns.result, result) : undefined,
    account ? or(eq(accounts.username, account), eq(sql`cast(${accounts.id} as text)`, account)) : undefined,
    from ? gte(signIns.at, from) : undefined,
    before ? lt(signIns.at, before) : undefined,
  );

export interface SignInRow {
  at: Date;
  accountId: number | null;
  name: string | null;
  username: string | null;
  residentId: number | null;
  address: string;
  device: string;
  result: SignInResult;
}

/** Tries to sign in, by staff and residents, the newest first. */
export function listSignIns(
  db: Db,
  filter: SignInFilter,
  limit: number,
  offset: number,
): Promise<SignInRow[]> {
  return db
    .select({
      at: signIns.at,
      accountId: signIns.accountId,
      name: accounts.name,
      username: accounts.username,
      residentId: signIns.residentId,
      address: signIns.address,
      device: signIns.device,
      result: signIns.result,
    })
    .from(signIns)
    .leftJoin(accounts, eq(accounts.id, signIns.accountId))
    .where(matchingSignIns(filter))
    .orderBy(desc(signIns.id))
    .limit(limit)
    .offset(offset);
}

export async function countSignIns(db: Db, filter: SignInFilter): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(signIns)
    .leftJoin(accounts, eq(accounts.id, signIns.accountId))
    .where(matchingSignIns(filter));
  return row?.n ?? 0;
}
