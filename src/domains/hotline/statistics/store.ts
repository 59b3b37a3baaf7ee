import { and, count, eq, gte, lt, max, min, ne, type SQL } from 'drizzle-orm';
import { startOfBeijingDay } from '#core/clock.ts';
import type { Db } from '#core/store.ts';
import { cases, complaints } from '#db/schema/hotline.ts';
import type { Channel } from '#db/schema/hotline.values.ts';
import type { Handled } from './rules.ts';

const startOf = (year: number): Date => startOfBeijingDay(`${year}-01-01`);

const inYear = (year: number): SQL | undefined =>
  and(gte(complaints.filedAt, startOf(year)), lt(complaints.filedAt, startOf(year + 1)));

/** When each complaint of a year was filed and answered. Rights cases are counted by `countRights` alone. */
export function listHandled(db: Db, year: number, channel: Channel | null): Promise<Handled[]> {
  return db
    .select({ filedAt: complaints.filedAt, answeredAt: cases.firstAnsweredAt })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(
      and(inYear(year), ne(cases.category, 'RIGHTS'), channel ? eq(complaints.channel, channel) : undefined),
    );
}

/** Women's and children's rights: a figure by year and nothing more. */
export async function countRights(db: Db, year: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(and(inYear(year), eq(cases.category, 'RIGHTS')));
  return row?.n ?? 0;
}

/** The first and the last filing; null before the first. */
export async function filedSpan(db: Db): Promise<{ first: Date; last: Date } | null> {
  const [row] = await db
    .select({ first: min(complaints.filedAt), last: max(complaints.filedAt) })
    .from(complaints);
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

/** How the approved answers since `since` stood to their due date. Imported cases have none and are left out. */
export async function countPunctual(db: Db, since: Date): Promise<{ answered: number; onTime: number }> {
  const rows = await db
    .select({ late: cases.wasOverdue, n: count() })
    .from(cases)
    .where(and(gte(cases.firstAnsweredAt, since), ne(cases.category, 'RIGHTS')))
    .groupBy(cases.wasOverdue);
  const of = (late: boolean): number => rows.find((row) => row.late === late)?.n ?? 0;
  return { answered: of(true) + of(false), onTime: of(false) };
}

/** Filing and answer of what was filed since `since`; for the figures of the landing page. */
export function listHandledSince(db: Db, since: Date): Promise<Handled[]> {
  return db
    .select({ filedAt: complaints.filedAt, answeredAt: cases.firstAnsweredAt })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(
      and(gte(complaints.filedAt, since), ne(cases.category, 'RIGHTS'), ne(complaints.channel, 'import')),
    );
}
