import { eq, like, or } from 'drizzle-orm';
import { z } from 'zod';
import type { Db, Tx } from '#core/store.ts';
import { meta } from '#db/schema/core.ts';

/** A key that was given out; only its fingerprint is known. */
export interface Key {
  /** The row it stands in. */
  id: string;
  print: string;
  name: string;
  since: Date | null;
}

const ROW = 'open311:key';

const Kept = z.object({
  print: z.string(),
  name: z.string(),
  since: z.iso.datetime().transform((t) => new Date(t)),
});

/** The key of the demonstration stands as a bare fingerprint in a row of its own. */
const keyOf = ({ key, value }: typeof meta.$inferSelect): Key =>
  key === ROW
    ? { id: key, print: value, name: '演示', since: null }
    : { id: key, ...Kept.parse(JSON.parse(value)) };

/** The keys in use, by name. */
export async function listKeys(db: Db): Promise<Key[]> {
  const rows = await db
    .select()
    .from(meta)
    .where(or(eq(meta.key, ROW), like(meta.key, `${ROW}:%`)))
    .orderBy(meta.key);
  return rows.map(keyOf);
}

/** Stores a key under its mark. */
export async function insertKey(tx: Tx, mark: string, key: Omit<Key, 'id'> & { since: Date }): Promise<void> {
  await tx.insert(meta).values({ key: `${ROW}:${mark}`, value: JSON.stringify(key) });
}

/** Removes a key; whether it was there. */
export async function deleteKey(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.delete(meta).where(eq(meta.key, id)).returning({ key: meta.key });
  return rows.length > 0;
}
