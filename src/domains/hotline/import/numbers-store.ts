import { randomInt } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { beijingDay } from '#core/clock.ts';
import type { Tx } from '#core/store.ts';
import { sequences } from '#db/schema/core.ts';
import { complaints } from '#db/schema/hotline.ts';
import { caseNumber, complaintNumber } from '../numbers.ts';

async function takeOfYear(tx: Tx, year: number, count: number): Promise<string[]> {
  const [row] = await tx
    .insert(sequences)
    .values({ name: `case:${year}`, value: count })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`${sequences.value} + ${count}` } })
    .returning({ value: sequences.value });
  if (!row) throw new Error('a sequence gave no number');
  return Array.from({ length: count }, (_, i) => caseNumber(year, row.value - count + 1 + i));
}

/** A case number for each filing, counted on in its Beijing year, in the order in which they are given. */
export async function takeCaseNumbers(tx: Tx, filings: readonly Date[]): Promise<string[]> {
  const years = filings.map((at) => Number(beijingDay(at).slice(0, 4)));
  const stocks = new Map<number, string[]>();
  for (const year of new Set(years)) {
    stocks.set(year, await takeOfYear(tx, year, years.filter((each) => each === year).length));
  }
  return years.map((year) => stocks.get(year)?.shift() ?? '');
}

/** A complaint number for each filing that no other complaint has; the unique index stands behind that. */
export async function drawComplaintNumbers(tx: Tx, filings: readonly Date[]): Promise<string[]> {
  const drawn = new Map<number, string>();
  const taken = new Set<string>();
  while (drawn.size < filings.length) {
    const open = [...filings.entries()].filter(([i]) => !drawn.has(i));
    const tries = open.map(([i, at]) => ({ i, number: complaintNumber(at, randomInt(1_000_000)) }));
    const rows = await tx
      .select({ number: complaints.number })
      .from(complaints)
      .where(
        inArray(
          complaints.number,
          tries.map(({ number }) => number),
        ),
      );
    for (const { number } of rows) taken.add(number);
    for (const { i, number } of tries) {
      if (!taken.has(number)) drawn.set(i, number);
      taken.add(number);
    }
  }
  return filings.map((_, i) => drawn.get(i) ?? '');
}
