import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { workdays } from '#db/schema/calendar.ts';
import type { OverrideKind } from '#db/schema/calendar.values.ts';

export interface WorkdayEntry {
  /** Beijing day, `YYYY-MM-DD`. */
  date: string;
  kind: OverrideKind;
  name: string;
  /** The notice it was announced in. */
  source: string;
}

/** Every entry of staff, in the order of the days. */
export function listEntries(db: Db): Promise<WorkdayEntry[]> {
  return db.select().from(workdays).orderBy(asc(workdays.date));
}

/** Enters a day, or replaces what was entered for it. */
export async function putEntry(tx: Tx, entry: WorkdayEntry): Promise<void> {
  const { date: _, ...set } = entry;
  await tx.insert(workdays).values(entry).onConflictDoUpdate({ target: workdays.date, set });
}

/** Takes a day's entry back; whether there was one. */
export async function removeEntry(tx: Tx, date: string): Promise<boolean> {
  const rows = await tx.delete(workdays).where(eq(workdays.date, date)).returning({ date: workdays.date });
  return rows.length > 0;
}
