import { and, count, eq, gt, inArray, isNull, lt, max, or, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { accounts, knownDevices, signIns } from '#db/schema/accounts.ts';
import type { SignInResult } from '#db/schema/accounts.values.ts';
import type { AccountId, ResidentId } from '#db/schema/ids.ts';
import type { Failures } from './rules.ts';

/** A wrong password and a wrong code are counted apart: only who has the password can type wrong codes. */
export type Failure = 'wrong' | 'wrongCode';

async function countFailures(db: Db, kinds: readonly Failure[], where: SQL | undefined): Promise<Failures> {
  const [row] = await db
    .select({ count: count(), lastAt: max(signIns.at) })
    .from(signIns)
    .where(and(inArray(signIns.result, [...kinds]), where));
  return { count: row?.count ?? 0, lastAt: row?.lastAt ?? null };
}

/** Failed tries of a name since it last signed in, or since an instant. */
export async function countFailuresOf(
  db: Db,
  kind: Failure,
  subject: string,
  since: Date,
): Promise<Failures> {
  const [row] = await db
    .select({ at: max(signIns.at) })
    .from(signIns)
    .where(and(eq(signIns.subject, subject), eq(signIns.result, 'ok')));
  const from = row?.at && row.at > since ? row.at : since;
  return countFailures(db, [kind], and(eq(signIns.subject, subject), gt(signIns.at, from)));
}

export function countFailuresFrom(db: Db, address: string, since: Date): Promise<Failures> {
  return countFailures(db, ['wrong', 'wrongCode'], and(eq(signIns.address, address), gt(signIns.at, since)));
}

export interface SignIn {
  at: Date;
  accountId: AccountId | null;
  residentId?: ResidentId;
  subject: string;
  address: string;
  device: string;
  result: SignInResult;
}

export async function insertSignIn(tx: Tx, row: SignIn): Promise<number> {
  const [added] = await tx.insert(signIns).values(row).returning({ id: signIns.id });
  if (!added) throw new Error('a sign-in was not stored');
  return added.id;
}

export async function updateResult(tx: Tx, id: number, result: SignInResult, at: Date): Promise<void> {
  await tx.update(signIns).set({ result, at }).where(eq(signIns.id, id));
}

/** Whether the account signed in from an address after an instant. */
export async function wasInFrom(db: Db, id: AccountId, address: string, since: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: signIns.id })
    .from(signIns)
    .where(
      and(
        eq(signIns.address, address),
        gt(signIns.at, since),
        eq(signIns.accountId, id),
        eq(signIns.result, 'ok'),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Marks a code's period as used. `false` when it, or a later one, was used before. */
export async function useStep(tx: Tx, id: AccountId, step: Date): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set({ totpAt: step })
    .where(and(eq(accounts.id, id), or(isNull(accounts.totpAt), lt(accounts.totpAt, step))))
    .returning({ id: accounts.id });
  return rows.length > 0;
}

export async function isKnownDevice(db: Db, tokenHash: string): Promise<boolean> {
  const [row] = await db
    .select({ at: knownDevices.at })
    .from(knownDevices)
    .where(eq(knownDevices.tokenHash, tokenHash));
  return row !== undefined;
}

export async function rememberDevice(
  tx: Tx,
  tokenHash: string,
  accountId: AccountId,
  at: Date,
): Promise<void> {
  await tx
    .insert(knownDevices)
    .values({ tokenHash, accountId, at })
    .onConflictDoUpdate({ target: knownDevices.tokenHash, set: { at } });
}

export async function forgetDevices(tx: Tx, accountId: AccountId): Promise<void> {
  await tx.delete(knownDevices).where(eq(knownDevices.accountId, accountId));
}

export async function forgetDevicesBefore(tx: Tx, before: Date): Promise<void> {
  await tx.delete(knownDevices).where(lt(knownDevices.at, before));
}

/** How many tries were refused unseen since an instant, because there had been too many. */
export async function countRefused(db: Db, since: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(signIns)
    .where(and(eq(signIns.result, 'throttled'), gt(signIns.at, since)));
  return row?.n ?? 0;
}
