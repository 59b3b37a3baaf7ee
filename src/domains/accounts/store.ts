import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import { type Db, isUnique, type Tx } from '#core/store.ts';
import { accounts, grants } from '#db/schema/accounts.ts';
import type { AccountState, Role } from '#db/schema/accounts.values.ts';
import type { AccountId, UnitId } from '#db/schema/ids.ts';

/** An account with what its sign-in needs; never handed to a page. */
export interface Account {
  id: AccountId;
  username: string;
  name: string;
  passwordHash: string;
  passwordAt: Date;
  mustChange: boolean;
  totpSealed: string | null;
  totpAt: Date | null;
  unitId: UnitId | null;
  state: AccountState;
  createdAt: Date;
  version: number;
}

export async function findAccount(db: Db, id: AccountId): Promise<Account | null> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, id));
  return row ?? null;
}

/** By a user name in small letters, however it was written when it was given out. */
export async function findByUsername(db: Db, username: string): Promise<Account | null> {
  const [row] = await db
    .select()
    .from(accounts)
    .where(eq(sql`lower(${accounts.username})`, username));
  return row ?? null;
}

export interface NewAccount {
  username: string;
  name: string;
  passwordHash: string;
  mustChange: boolean;
  unitId: UnitId | null;
  totpSealed?: string | null;
}

/** Throws `conflict` beside `username` when it is taken. */
export async function insertAccount(tx: Tx, row: NewAccount, at: Date): Promise<AccountId> {
  try {
    const [added] = await tx
      .insert(accounts)
      .values({ ...row, passwordAt: at, createdAt: at })
      .returning({ id: accounts.id });
    if (!added) throw new Error('an account was not stored');
    return added.id;
  } catch (error) {
    if (!isUnique(error)) throw error;
    throw new AppError('conflict', `用户名“${row.username}”已有人用，请换一个。`, { username: '已有人用' });
  }
}

/** Changes an account as it was read. Throws `conflict` if anyone changed it since. */
export async function updateAccount(
  tx: Tx,
  account: Pick<Account, 'id' | 'version'>,
  values: Partial<Omit<Account, 'id' | 'version' | 'createdAt'>>,
): Promise<void> {
  const rows = await tx
    .update(accounts)
    .set({ ...values, version: account.version + 1 })
    .where(and(eq(accounts.id, account.id), eq(accounts.version, account.version)))
    .returning({ id: accounts.id });
  if (rows.length === 0) throw new AppError('conflict', '这个账号刚被他人修改，请刷新后重试。');
}

export async function insertGrant(tx: Tx, row: typeof grants.$inferInsert): Promise<void> {
  await tx.insert(grants).values(row);
}

/** The roles that anybody with an active account holds at an instant. */
export async function listRolesHeld(db: Db, at: Date): Promise<Role[]> {
  const rows = await db
    .selectDistinct({ role: grants.role })
    .from(grants)
    .innerJoin(accounts, eq(accounts.id, grants.accountId))
    .where(and(eq(accounts.state, 'active'), or(isNull(grants.to), gt(grants.to, at))));
  return rows.map((row) => row.role);
}
