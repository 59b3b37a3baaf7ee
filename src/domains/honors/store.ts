import { and, asc, desc, eq, isNotNull, like, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { honorees } from '#db/schema/honors.ts';
import type { HonorKind } from '#db/schema/honors.values.ts';
import type { HonoreeId, PlaceId } from '#db/schema/ids.ts';
import { places } from '#db/schema/places.ts';

export type HonoreeRow = typeof honorees.$inferSelect;
export type NewHonoree = typeof honorees.$inferInsert;

/** An honouree with the name of his place. */
export interface Honoree extends HonoreeRow {
  place: string;
}

const LISTED: SQL | undefined = and(eq(honorees.state, 'listed'), isNotNull(honorees.consentAt));

const select = (db: Db) =>
  db
    .select({ row: honorees, place: places.name })
    .from(honorees)
    .innerJoin(places, eq(places.id, honorees.placeId))
    .$dynamic();

const flat = (rows: readonly { row: HonoreeRow; place: string }[]): Honoree[] =>
  rows.map(({ row, place }) => ({ ...row, place }));

/** Those on a roll in a year, the newest period first. */
export async function listYear(db: Db, kind: HonorKind, year: string): Promise<Honoree[]> {
  const inYear = or(eq(honorees.period, year), like(honorees.period, `${year}-%`));
  return flat(
    await select(db)
      .where(and(LISTED, eq(honorees.kind, kind), inYear))
      .orderBy(desc(honorees.period), asc(honorees.id)),
  );
}

/** Those of a roll who were listed last. */
export async function listNewest(db: Db, kind: HonorKind, limit: number): Promise<Honoree[]> {
  return flat(
    await select(db)
      .where(and(LISTED, eq(honorees.kind, kind)))
      .orderBy(desc(honorees.period), desc(honorees.listedAt), asc(honorees.id))
      .limit(limit),
  );
}

/** Those of a community, the newest first. */
export async function listOfPlace(db: Db, placeId: PlaceId, limit: number): Promise<Honoree[]> {
  return flat(
    await select(db)
      .where(and(LISTED, eq(honorees.placeId, placeId)))
      .orderBy(desc(honorees.period), asc(honorees.id))
      .limit(limit),
  );
}

export async function findHonoree(db: Db, id: HonoreeId): Promise<Honoree | null> {
  const rows = await select(db).where(eq(honorees.id, id));
  return flat(rows)[0] ?? null;
}

/** How many each roll lists, year by year, the newest first. */
export function countYears(db: Db): Promise<{ kind: HonorKind; year: string; n: number }[]> {
  const year = sql<string>`substr(${honorees.period}, 1, 4)`;
  return db
    .select({ kind: honorees.kind, year, n: sql<number>`count(*)` })
    .from(honorees)
    .where(LISTED)
    .groupBy(honorees.kind, year)
    .orderBy(desc(year));
}

export function listLandmarks(db: Db): Promise<{ id: HonoreeId; listedAt: Date | null }[]> {
  return db.select({ id: honorees.id, listedAt: honorees.listedAt }).from(honorees).where(LISTED);
}

export async function insertHonorees(tx: Tx, rows: readonly NewHonoree[]): Promise<HonoreeId[]> {
  if (rows.length === 0) return [];
  const added = await tx
    .insert(honorees)
    .values([...rows])
    .returning({ id: honorees.id });
  return added.map((row) => row.id);
}
