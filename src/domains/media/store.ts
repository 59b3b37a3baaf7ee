import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { MediaId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import type { MediaPurpose, MediaState } from '#db/schema/media.values.ts';

export type Media = typeof media.$inferSelect;
export type NewMedia = typeof media.$inferInsert;

export async function findMedia(db: Db, id: MediaId): Promise<Media | null> {
  const [row] = await db.select().from(media).where(eq(media.id, id));
  return row ?? null;
}

/** The rows of these ids, in no order; unknown ones are missing. */
export async function listMedia(db: Db, ids: readonly MediaId[]): Promise<Media[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(media)
    .where(inArray(media.id, [...ids]));
}

export async function insertMedia(tx: Tx, rows: readonly NewMedia[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 1000) await tx.insert(media).values(rows.slice(i, i + 1000));
}

/** Takes staged rows into use. Gives the ids that were still there to be taken. */
export async function takeStaged(
  tx: Tx,
  ids: readonly MediaId[],
  to: { state: Exclude<MediaState, 'staged'>; purpose: MediaPurpose },
): Promise<MediaId[]> {
  const rows = await tx
    .update(media)
    .set(to)
    .where(and(inArray(media.id, [...ids]), eq(media.state, 'staged')))
    .returning({ id: media.id });
  return rows.map((row) => row.id);
}

/** Shows or hides what is already in use; staged rows stay as they are. */
export async function updateMediaState(
  tx: Tx,
  ids: readonly MediaId[],
  state: 'private' | 'public',
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(media)
    .set({ state })
    .where(and(inArray(media.id, [...ids]), sql`${media.state} <> 'staged'`));
}

/** Sets the state of staged rows and of those in use alike. */
export async function updateState(
  tx: Tx,
  ids: readonly MediaId[],
  state: 'private' | 'public',
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(media)
    .set({ state })
    .where(inArray(media.id, [...ids]));
}

export async function updateAlt(tx: Tx, id: MediaId, alt: string): Promise<void> {
  await tx.update(media).set({ alt }).where(eq(media.id, id));
}

/** Removes staged rows older than `before`, and gives their ids: their files are nobody's now. */
export async function deleteStaged(tx: Tx, before: Date, limit: number): Promise<MediaId[]> {
  const old = tx
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.state, 'staged'), lt(media.createdAt, before)))
    .limit(limit);
  const rows = await tx.delete(media).where(inArray(media.id, old)).returning({ id: media.id });
  return rows.map((row) => row.id);
}
