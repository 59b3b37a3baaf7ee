import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import { type Db, isUnique, type Tx } from '#core/store.ts';
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

/** What lies directly under a place, retired ones last. */
export async function listChildren(db: Db, id: PlaceId): Promise<Place[]> {
  const rows = await selectPlaces(db, eq(places.parentId, id));
  return rows.sort((a, b) => Number(a.retiredAt !== null) - Number(b.retiredAt !== null));
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

const codeTaken = () =>
  new AppError('conflict', '这个编码已经用在别处，请换一个。', { code: '编码已被占用' });

export type NewPlace = Omit<typeof places.$inferInsert, 'id' | 'path'>;

async function insertUnderStandIn(
  tx: Tx,
  parent: Pick<Place, 'id'> | null,
  row: Omit<NewPlace, 'parentId'>,
): Promise<{ id: PlaceId }> {
  try {
    const [added] = await tx
      .insert(places)
      .values({ ...row, parentId: parent?.id ?? null, path: `new:${row.code}` })
      .returning({ id: places.id });
    if (!added) throw new Error('a place was not stored');
    return added;
  } catch (error) {
    if (!isUnique(error)) throw error;
    throw codeTaken();
  }
}

/** Enters a place below its parent. Gives its id and path. Throws `conflict` beside `code` when the code is taken. */
export async function insertPlace(
  tx: Tx,
  parent: Pick<Place, 'id' | 'path'> | null,
  row: Omit<NewPlace, 'parentId'>,
): Promise<{ id: PlaceId; path: string }> {
  // The path holds the row's own id, which only the insert gives: a unique stand-in keeps the index until then.
  const added = await insertUnderStandIn(tx, parent, row);
  const path = `${parent?.path ?? '/'}${added.id}/`;
  await tx.update(places).set({ path }).where(eq(places.id, added.id));
  return { id: added.id, path };
}

/** Enters units. Gives their ids by code. Throws `conflict` beside `code` when one is taken. */
export async function insertUnits(
  tx: Tx,
  rows: readonly (typeof orgUnits.$inferInsert)[],
): Promise<Map<string, UnitId>> {
  if (rows.length === 0) return new Map();
  try {
    const added = await tx
      .insert(orgUnits)
      .values([...rows])
      .returning({ id: orgUnits.id, code: orgUnits.code });
    return new Map(added.map(({ id, code }) => [code, id]));
  } catch (error) {
    if (isUnique(error)) throw codeTaken();
    throw error;
  }
}

export async function insertAnswers(
  tx: Tx,
  rows: readonly (typeof placeAnswers.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(placeAnswers).values([...rows]);
}

export type PlaceValues = Partial<
  Pick<
    PlacePage,
    | 'name'
    | 'code'
    | 'lat'
    | 'lng'
    | 'introduction'
    | 'officeAddress'
    | 'officeHours'
    | 'officePhone'
    | 'covenant'
    | 'position'
    | 'retiredAt'
  >
>;

/** Throws `conflict` beside `code` when another place has that code. */
export async function updatePlace(tx: Tx, id: PlaceId, values: PlaceValues): Promise<void> {
  try {
    await tx.update(places).set(values).where(eq(places.id, id));
  } catch (error) {
    if (!isUnique(error)) throw error;
    throw codeTaken();
  }
}

/** Every place with what a table of them holds, parents before their children. */
export function listPlacePages(db: Db): Promise<PlacePage[]> {
  return db
    .select()
    .from(places)
    .where(isNull(places.retiredAt))
    .orderBy(asc(sql`length(${places.path}) - length(replace(${places.path}, '/', ''))`), asc(places.code));
}

export type UnitValues = Partial<Omit<Unit, 'id'>>;

/** Throws `conflict` beside `code` when another unit has that code. */
export async function updateUnit(tx: Tx, id: UnitId, values: UnitValues): Promise<void> {
  try {
    await tx.update(orgUnits).set(values).where(eq(orgUnits.id, id));
  } catch (error) {
    if (!isUnique(error)) throw error;
    throw codeTaken();
  }
}

/** Takes one answer of a place back; whether there was one. */
export async function deleteAnswer(tx: Tx, id: number, placeId: PlaceId): Promise<boolean> {
  const rows = await tx
    .delete(placeAnswers)
    .where(and(eq(placeAnswers.id, id), eq(placeAnswers.placeId, placeId)))
    .returning({ id: placeAnswers.id });
  return rows.length > 0;
}
