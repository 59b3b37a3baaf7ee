import { and, gt, max, ne } from 'drizzle-orm';
import { purges } from '#db/schema/core.ts';
import { randomToken } from './ids.ts';
import { reader } from './store.ts';

/** Names this process in the `purges` rows it writes, so that it does not purge its own twice. */
export const ORIGIN = randomToken(6);

type PurgeListener = (tags: readonly string[]) => void;
type WakeListener = (job: string) => void;

const purgeListeners = new Set<PurgeListener>();
const wakeListeners = new Set<WakeListener>();

/** Calls `listener` with the tags of public pages that have changed, before the write that changed them returns. Returns the way to stop. */
export function onPurge(listener: PurgeListener): () => void {
  purgeListeners.add(listener);
  return () => purgeListeners.delete(listener);
}

export function purge(tags: readonly string[]): void {
  for (const listener of purgeListeners) listener(tags);
}

export function onWake(listener: WakeListener): () => void {
  wakeListeners.add(listener);
  return () => wakeListeners.delete(listener);
}

/** Asks for a job to run soon instead of at its next time. */
export function wake(job: string): void {
  for (const listener of wakeListeners) listener(job);
}

let seen: number | null = null;

/** Purges what other processes changed since the last call; the first call only takes the mark. */
export async function pollPurges(): Promise<void> {
  if (seen === null) {
    const [row] = await reader.select({ id: max(purges.id) }).from(purges);
    seen = row?.id ?? 0;
    return;
  }
  const rows = await reader
    .select({ id: purges.id, tags: purges.tags })
    .from(purges)
    .where(and(gt(purges.id, seen), ne(purges.origin, ORIGIN)))
    .orderBy(purges.id);
  for (const row of rows) {
    seen = row.id;
    purge(row.tags.split(' '));
  }
}
