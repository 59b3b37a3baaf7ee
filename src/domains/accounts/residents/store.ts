import { and, eq, isNull } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { residents } from '#db/schema/accounts.ts';
import type { PlaceId, ResidentId } from '#db/schema/ids.ts';

export interface ResidentRow {
  id: ResidentId;
  phoneHash: string;
  phoneSealed: string | null;
  communityId: PlaceId | null;
}

export async function findResident(db: Db, id: ResidentId): Promise<ResidentRow | null> {
  const [row] = await db
    .select()
    .from(residents)
    .where(and(eq(residents.id, id), isNull(residents.anonymisedAt)));
  return row ?? null;
}

/** The resident behind a phone, entered at the first sight of it. */
export async function takeInResident(
  tx: Tx,
  row: { phoneHash: string; phoneSealed: string },
  at: Date,
): Promise<{ id: ResidentId; isNew: boolean }> {
  const [known] = await tx
    .select({ id: residents.id })
    .from(residents)
    .where(eq(residents.phoneHash, row.phoneHash));
  if (known) return { id: known.id, isNew: false };
  const [added] = await tx
    .insert(residents)
    .values({ ...row, createdAt: at })
    .returning({ id: residents.id });
  if (!added) throw new Error('a resident was not stored');
  return { id: added.id, isNew: true };
}

export async function updateCommunity(tx: Tx, id: ResidentId, communityId: PlaceId | null): Promise<void> {
  await tx.update(residents).set({ communityId }).where(eq(residents.id, id));
}
