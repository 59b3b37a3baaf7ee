import { and, eq, gt, isNull, lt, or, type SQL } from 'drizzle-orm';
import type { Grant } from '#core/actor.ts';
import type { Db, Tx } from '#core/store.ts';
import { accounts, grants, residents, sessions } from '#db/schema/accounts.ts';
import type { SessionKind } from '#db/schema/accounts.values.ts';
import type { AccountId, ResidentId, UnitId } from '#db/schema/ids.ts';
import { places } from '#db/schema/places.ts';

export interface SessionRow {
  kind: SessionKind;
  createdAt: Date;
  expiresAt: Date;
  account: { id: AccountId; name: string; unitId: UnitId | null; active: boolean } | null;
  resident: { id: ResidentId; phoneHash: string } | null;
}

/** The session under the hash of a token, with whom it belongs to, in one query. */
export async function findSession(db: Db, hash: string): Promise<SessionRow | null> {
  const [row] = await db
    .select({
      kind: sessions.kind,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      accountId: accounts.id,
      name: accounts.name,
      unitId: accounts.unitId,
      state: accounts.state,
      residentId: residents.id,
      phoneHash: residents.phoneHash,
    })
    .from(sessions)
    .leftJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(residents, and(eq(residents.id, sessions.residentId), isNull(residents.anonymisedAt)))
    .where(eq(sessions.id, hash));
  if (!row) return null;
  return {
    kind: row.kind,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    account:
      row.accountId !== null && row.name !== null
        ? { id: row.accountId, name: row.name, unitId: row.unitId, active: row.state === 'active' }
        : null,
    resident:
      row.residentId !== null && row.phoneHash !== null
        ? { id: row.residentId, phoneHash: row.phoneHash }
        : null,
  };
}

export type Owner =
  | { kind: 'staff'; id: AccountId }
  | { kind: 'resident' | 'publicComputer'; id: ResidentId };

const ownedBy = (owner: Owner): SQL =>
  owner.kind === 'staff' ? eq(sessions.accountId, owner.id) : eq(sessions.residentId, owner.id);

export async function insertSession(
  tx: Tx,
  row: { hash: string; owner: Owner; createdAt: Date; expiresAt: Date; device: string },
): Promise<void> {
  await tx.insert(sessions).values({
    id: row.hash,
    kind: row.owner.kind,
    accountId: row.owner.kind === 'staff' ? row.owner.id : null,
    residentId: row.owner.kind === 'staff' ? null : row.owner.id,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    device: row.device,
  });
}

export async function moveExpiry(tx: Tx, hash: string, expiresAt: Date): Promise<void> {
  await tx.update(sessions).set({ expiresAt }).where(eq(sessions.id, hash));
}

export async function deleteSession(tx: Tx, hash: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.id, hash));
}

export async function deleteSessionsOf(tx: Tx, owner: Owner): Promise<void> {
  await tx.delete(sessions).where(ownedBy(owner));
}

export async function deleteExpired(tx: Tx, at: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, at));
}

/** The roles an account holds at an instant, with the path of the place each covers. */
export function listGrants(db: Db, accountId: AccountId, at: Date): Promise<Grant[]> {
  return db
    .select({
      role: grants.role,
      placeId: grants.placeId,
      placePath: places.path,
      categories: grants.categories,
    })
    .from(grants)
    .innerJoin(places, eq(places.id, grants.placeId))
    .where(and(eq(grants.accountId, accountId), or(isNull(grants.to), gt(grants.to, at))));
}
