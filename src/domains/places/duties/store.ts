import { and, asc, eq, gte, inArray, isNull, like, lte, or, type SQL } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { DutyAreaId, DutyAssignmentId, PlaceId } from '#db/schema/ids.ts';
import { dutyAreas, dutyAssignments, places } from '#db/schema/places.ts';
import type { AreaKind, DutyRole } from '#db/schema/places.values.ts';

export interface Assignment {
  id: DutyAssignmentId;
  areaId: DutyAreaId;
  areaName: string;
  areaKind: AreaKind;
  placeId: PlaceId;
  placeName: string;
  placePath: string;
  placePosition: number;
  role: DutyRole;
  person: string;
  phoneSealed: string | null;
  phonePublic: boolean;
  from: string;
  to: string | null;
}

const select = (db: Db, where: SQL | undefined): Promise<Assignment[]> =>
  db
    .select({
      id: dutyAssignments.id,
      areaId: dutyAssignments.areaId,
      areaName: dutyAreas.name,
      areaKind: dutyAreas.kind,
      placeId: dutyAreas.placeId,
      placeName: places.name,
      placePath: places.path,
      placePosition: places.position,
      role: dutyAssignments.role,
      person: dutyAssignments.person,
      phoneSealed: dutyAssignments.phoneSealed,
      phonePublic: dutyAssignments.phonePublic,
      from: dutyAssignments.from,
      to: dutyAssignments.to,
    })
    .from(dutyAssignments)
    .innerJoin(dutyAreas, eq(dutyAreas.id, dutyAssignments.areaId))
    .innerJoin(places, eq(places.id, dutyAreas.placeId))
    .where(where)
    .orderBy(asc(places.path), asc(dutyAssignments.role), asc(dutyAssignments.from));

/** Who holds a duty at these places on a day, both ends of the term included. */
export function listHoldersOn(db: Db, placeIds: readonly PlaceId[], day: string): Promise<Assignment[]> {
  return select(
    db,
    and(
      inArray(dutyAreas.placeId, [...placeIds]),
      lte(dutyAssignments.from, day),
      or(isNull(dutyAssignments.to), gte(dutyAssignments.to, day)),
    ),
  );
}

/** Who holds a duty on a day at a place or anywhere under it. */
export function listHoldersUnder(db: Db, path: string, day: string): Promise<Assignment[]> {
  return select(
    db,
    and(
      like(places.path, `${path}%`),
      lte(dutyAssignments.from, day),
      or(isNull(dutyAssignments.to), gte(dutyAssignments.to, day)),
    ),
  );
}

/** Enters an area of duty. Gives its id. */
export async function insertArea(tx: Tx, row: typeof dutyAreas.$inferInsert): Promise<DutyAreaId> {
  const [added] = await tx.insert(dutyAreas).values(row).returning({ id: dutyAreas.id });
  if (!added) throw new Error('an area was not stored');
  return added.id;
}

export async function insertAssignments(
  tx: Tx,
  rows: readonly (typeof dutyAssignments.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(dutyAssignments).values([...rows]);
}

/** Every assignment that is not over before a day, at a place and anywhere under it. */
export function listAssignmentsUnder(db: Db, path: string, notBefore: string): Promise<Assignment[]> {
  return select(
    db,
    and(like(places.path, `${path}%`), or(isNull(dutyAssignments.to), gte(dutyAssignments.to, notBefore))),
  );
}

/** Everyone who ever held a duty at a place. */
export function listAssignmentsAt(db: Db, placeId: PlaceId): Promise<Assignment[]> {
  return select(db, eq(dutyAreas.placeId, placeId));
}

export async function findAssignment(db: Db, id: DutyAssignmentId): Promise<Assignment | null> {
  const [row] = await select(db, eq(dutyAssignments.id, id));
  return row ?? null;
}

/** An area of duty at a place, entered when it is not there yet. */
export async function takeArea(
  tx: Tx,
  row: { placeId: PlaceId; kind: AreaKind; name: string },
): Promise<DutyAreaId> {
  const [known] = await tx
    .select({ id: dutyAreas.id })
    .from(dutyAreas)
    .where(
      and(eq(dutyAreas.placeId, row.placeId), eq(dutyAreas.kind, row.kind), eq(dutyAreas.name, row.name)),
    );
  return known?.id ?? insertArea(tx, row);
}

export async function updateAssignment(
  tx: Tx,
  id: DutyAssignmentId,
  values: { to?: string | null; phoneSealed?: string | null; phonePublic?: boolean },
): Promise<void> {
  await tx.update(dutyAssignments).set(values).where(eq(dutyAssignments.id, id));
}
