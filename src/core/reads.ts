import { eq, sql, sum } from 'drizzle-orm';
import { pageReads } from '#db/schema/core.ts';
import { builtOnce, reader } from './store.ts';
import { write } from './write.ts';

export interface ReadCount {
  path: string;
  /** Beijing day. */
  day: string;
  people: number;
  bots: number;
}

/** Adds to the count of readings. */
export async function recordReads(rows: readonly ReadCount[]): Promise<void> {
  if (rows.length === 0) return;
  await write.quiet(async (tx) => {
    for (const row of rows) {
      await tx
        .insert(pageReads)
        .values({ key: `${row.day} ${row.path}`, ...row })
        .onConflictDoUpdate({
          target: pageReads.key,
          set: {
            people: sql`${pageReads.people} + ${row.people}`,
            bots: sql`${pageReads.bots} + ${row.bots}`,
          },
        });
    }
  });
}

const total = builtOnce((db) =>
  db
    .select({ people: sum(pageReads.people).mapWith(Number) })
    .from(pageReads)
    .where(eq(pageReads.path, sql.placeholder('path')))
    .prepare(),
);

/** How often people (known robots excluded) have read a page, up to the last minute or so. */
export async function readsOf(path: string): Promise<number> {
  const [row] = await total(reader).all({ path });
  return row?.people ?? 0;
}
