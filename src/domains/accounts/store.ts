import type { Tx } from '#core/store.ts';
import { accounts, grants } from '#db/schema/accounts.ts';
import type { AccountId } from '#db/schema/ids.ts';

export async function insertAccount(tx: Tx, row: typeof accounts.$inferInsert): Promise<AccountId> {
  const [added] = await tx.insert(accounts).values(row).returning({ id: accounts.id });
  if (!added) throw new Error('an account was not stored');
  return added.id;
}

export async function insertGrant(tx: Tx, row: typeof grants.$inferInsert): Promise<void> {
  await tx.insert(grants).values(row);
}
