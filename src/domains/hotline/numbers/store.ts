import { randomInt } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { beijingDay } from '#core/clock.ts';
import type { Tx } from '#core/store.ts';
import { sequences } from '#db/schema/core.ts';
import { complaints } from '#db/schema/hotline.ts';

/**
 * The next `count` case numbers of a Beijing year, in order: `A2026-00001`. They are taken in the caller's transaction,
 * so that a number that was shown is never given away again, and none is lost when it fails.
 */
export async function takeCaseNumbers(tx: Tx, year: string, count = 1): Promise<string[]> {
  const [row] = await tx
    .insert(sequences)
    .values({ name: `case:${year}`, value: count })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`${sequences.value} + ${count}` } })
    .returning({ value: sequences.value });
  const first = (row?.value ?? count) - count + 1;
  return Array.from({ length: count }, (_, i) => `A${year}-${String(first + i).padStart(5, '0')}`);
}

const draw = (filedAt: Date): string =>
  `${beijingDay(filedAt).replaceAll('-', '')}-${String(randomInt(1_000_000)).padStart(6, '0')}`;

/**
 * A complaint number for each filing, `YYYYMMDD-NNNNNN`: the Beijing day and six random digits, so that one number tells
 * nothing of the next. None is in use; the unique index stands behind that.
 */
export async function freeComplaintNumbers(tx: Tx, filings: readonly Date[]): Promise<string[]> {
  const numbers = filings.map(() => '');
  const taken = new Set<string>();
  for (;;) {
    const open = numbers.flatMap((number, i) => (number === '' ? [i] : []));
    if (open.length === 0) return numbers;
    const drawn = open.map((i) => draw(filings[i] ?? new Date(0)));
    const rows = await tx
      .select({ number: complaints.number })
      .from(complaints)
      .where(inArray(complaints.number, drawn));
    for (const { number } of rows) taken.add(number);
    for (const [k, i] of open.entries()) {
      const number = drawn[k] ?? '';
      if (taken.has(number)) continue;
      taken.add(number);
      numbers[i] = number;
    }
  }
}
