import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import { orgUnits, placeAnswers, places } from '#db/schema/places.ts';
import type { PlaceLevel, UnitKind } from '#db/schema/places.values.ts';

/** A place as lists and rights need it. */
export interface Place {
  id: PlaceId;
  level: PlaceLevel;
  parentId: PlaceId | null;
  code: string;
  name: string;
  path: string;
  position: number;
  retiredAt: Date | null;
}

/** A place with all that its public page says. */
export type PlacePage = typeof places.$inferSelect;

export interface Unit {
  id: UnitId;
  code: string;
  kind: UnitKind;
  name: string;
  shortName: string;
  placeId: PlaceId;
  duties: string;
  phone: string;
  retiredAt: Date | null;
}

const PLACE = {
  id: places.id,
  level: places.level,
  parentId: places.parentId,
  code: places.code,
  name: places.name,
  path: places.path,
  position: places.position,
  retiredAt: places.retiredAt,
};

const selectPlaces = (db: Db, where: SQL | undefined): Promise<Place[]> =>
  db.select(PLACE).from(places).where(where).orderBy(asc(places.position), asc(places.code));

/** Every place in use, in the order of siblings; retired ones only when asked for. */
export function listPlaces(db: Db, { retired = false } = {}): Promise<Place[]> {
  return selectPlaces(db, retired ? undefined : isNull(places.retiredAt));
}

export function listPlacesById(db: Db, ids: readonly PlaceId[]): Promise<Place[]> {
  return selectPlaces(db, inArray(places.id, [...ids]));
}

export async function findPlacePage(db: Db, id: PlaceId): Promise<PlacePage | null> {
  const [row] = await db.select().from(places).where(eq(places.id, id));
  return row ?? null;
}

/** Every unit in use, in the order of their codes; retired ones only when asked for. */
export function listUnits(db: Db, { retired = false } = {}): Promise<Unit[]> {
  return db
    .select()
    .from(orgUnits)
    .where(retired ? undefined : isNull(orgUnits.retiredAt))
    .orderBy(asc(orgUnits.code));
}

export async function findUnit(db: Db, id: UnitId): Promise<Unit | null> {
  const [row] = await db.select().from(orgUnits).where(eq(orgUnits.id, id));
  return row ?? null;
}

export function listUnitsAt(db: Db, placeIds: readonly PlaceId[]): Promise<Unit[]> {
  return db
    .select()
    .from(orgUnits)
    .where(and(isNull(orgUnits.retiredAt), inArray(orgUnits.placeId, [...placeIds])))
    .orderBy(asc(orgUnits.code));
}

export interface Answer {
  id: number;
  matter: string;
  unitId: UnitId;
  unitName: string;
  unitPhone: string;
  note: string;
}

/** Who answers for what at a place, in the order its page shows. */
export function listAnswers(db: Db, placeId: PlaceId): Promise<Answer[]> {
  return db
    .select({
      id: placeAnswers.id,
      matter: placeAnswers.matter,
      unitId: placeAnswers.unitId,
      unitName: orgUnits.name,
      unitPhone: orgUnits.phone,
      note: placeAnswers.note,
    })
    .from(placeAnswers)
    .innerJoin(orgUnits, eq(orgUnits.id, placeAnswers.unitId))
    .where(eq(placeAnswers.placeId, placeId))
    .orderBy(asc(placeAnswers.position), asc(placeAnswers.id));
}

export type NewPlace = Omit<typeof places.$inferInsert, 'id' | 'path'>;

/** Enters a place below its parent. Gives its id and path. */
export async function insertPlace(
  tx: Tx,
  parent: Pick<Place, 'id' | 'path'> | null,
  row: Omit<NewPlace, 'parentId'>,
): Promise<{ id: PlaceId; path: string }> {
  // The path holds the row's own id, which only the insert gives: a unique stand-in keeps the index until then.
  const [added] = await tx
    .insert(places)
    .values({ ...row, parentId: parent?.id ?? null, path: `new:${row.code}` })
    .returning({ id: places.id });
  if (!added) throw new Error('a place was not stored');
  const path = `${parent?.path ?? '/'}${added.id}/`;
  await tx.update(places).set({ path }).where(eq(places.id, added.id));
  return { id: added.id, path };
}

/** Enters units. Gives their ids by code. */
export async function insertUnits(
  tx: Tx,
  rows: readonly (typeof orgUnits.$inferInsert)[],
): Promise<Map<string, UnitId>> {
  if (rows.length === 0) return new Map();
  const added = await tx
    .insert(orgUnits)
    .values([...rows])
    .returning({ id: orgUnits.id, code: orgUnits.code });
  return new Map(added.map(({ id, code }) => [code, id]));
}

export async function insertAnswers(
  tx: Tx,
  rows: readonly (typeof placeAnswers.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(placeAnswers).values([...rows]);
}
