import type { Actor } from '#core/actor.ts';
import { type CheckedRow, refuseWrong } from '#core/imports.ts';
import { can, permit } from '#core/permissions.ts';
import { type Db, reader } from '#core/store.ts';
import type { SheetRow, Table } from '#core/tables.ts';
import { write } from '#core/write.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { LEVEL_LABEL, UNIT_LABEL } from '../rules.ts';
import { STAND_IN } from '../service.ts';
import * as store from '../store.ts';
import { checked, columnsOf, NOT_YOURS, type Planned, plan, plans } from './plan.ts';
import {
  PLACE_HEADINGS,
  type PlaceRecord,
  readPlaces,
  readUnits,
  UNIT_HEADINGS,
  type UnitRecord,
} from './rules.ts';

export const PLACE_COLUMNS = columnsOf(PLACE_HEADINGS, [
  ...['上级编码', '纬度', '经度'],
  ...['办公地址', '办公时间', '办公电话'],
]);
export const UNIT_COLUMNS = columnsOf(UNIT_HEADINGS, ['简称', '电话', '职责']);

async function planPlaces(actor: Actor, rows: readonly SheetRow[], db: Db): Promise<Planned<PlaceRecord>[]> {
  const pages = await store.listPlacePages(db);
  const stored = new Map(pages.map((place) => [place.code, place]));
  const codes = new Map(pages.map(({ id, code }) => [id, code]));
  const city = pages.find(({ level }) => level === 'city');
  const levels = new Map(pages.map(({ code, level }) => [code, level]));
  // Parents may stand in the same table: every row is read against all of them.
  const all = readPlaces(
    rows.map(({ values }) => values),
    levels,
  );
  for (const { code, level } of all.records) levels.set(code, level);
  return plan(
    rows,
    (values) => (values.length === rows.length ? all : readPlaces(values, levels)),
    (record) => {
      const place = stored.get(record.code);
      const above = record.parentCode === null ? null : stored.get(record.parentCode);
      const path = place?.path ?? above?.path;
      if (path !== undefined && !can(actor, 'places:edit', path)) return NOT_YOURS;
      if (!place) {
        if (record.level !== 'city' || !city) return 'add';
        return city.code === STAND_IN ? 'change' : `市已经有了，编码是“${city.code}”`;
      }
      if (place.level !== record.level) return `这个编码已用于${LEVEL_LABEL[place.level]}“${place.name}”`;
      const parent = place.parentId === null ? null : (codes.get(place.parentId) ?? null);
      if (parent !== record.parentCode) return `已有这个地方，上级是“${parent ?? '无'}”，不能用表格改`;
      return sameFields(place, record) ? 'same' : 'change';
    },
  );
}

const sameFields = (
  place: store.PlacePage,
  { name, lat, lng, officeAddress, officeHours, officePhone }: PlaceRecord,
): boolean =>
  Object.entries({ name, lat, lng, officeAddress, officeHours, officePhone }).every(
    ([key, value]) => place[key as keyof store.PlacePage] === value,
  );

export async function checkPlaces(actor: Actor, rows: readonly SheetRow[]): Promise<CheckedRow[]> {
  permit(actor, 'places:edit');
  return checked(await planPlaces(actor, rows, reader));
}

const DEPTH = Object.keys(LEVEL_LABEL);

/** Enters and changes the places of a table, all or none; parents before their children, whatever the order of the rows. */
export async function importPlaces(actor: Actor, rows: readonly SheetRow[]): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'place.import', async (tx, change) => {
    const planned = await planPlaces(actor, rows, tx);
    refuseWrong(planned);
    const known = new Map(
      (await store.listPlaces(tx)).map((place) => [place.code, { id: place.id, path: place.path }]),
    );
    const todo = plans(planned).sort((a, b) => DEPTH.indexOf(a.record.level) - DEPTH.indexOf(b.record.level));
    for (const [position, { record, action }] of todo.entries()) {
      const { level, code, parentCode, ...values } = record;
      const place = known.get(code) ?? (level === 'city' ? known.get(STAND_IN) : undefined);
      if (action === 'change' && place) {
        await store.updatePlace(tx, place.id, { code, ...values });
        known.set(code, place);
        change.note('place', place.id, { fields: Object.keys(values) });
      } else {
        const parent = parentCode === null ? null : (known.get(parentCode) ?? null);
        const added = await store.insertPlace(tx, parent, { level, code, position, ...values });
        known.set(code, added);
        change.note('place', added.id, {
          fields: ['name'],
          to: { level, code, parentId: parent?.id ?? null },
        });
        // Who may enter a district may not, by that, enter another city's.
        permit(actor, 'places:edit', added.path);
      }
    }
    change.note('place', 'import', { to: { rows: rows.length, changed: todo.length } });
    change.touch('places');
  });
}

async function planUnits(actor: Actor, rows: readonly SheetRow[], db: Db): Promise<Planned<UnitRecord>[]> {
  const places = new Map((await store.listPlaces(db)).map((place) => [place.code, place]));
  const units = new Map((await store.listUnits(db, { retired: true })).map((unit) => [unit.code, unit]));
  const codes = new Set(places.keys());
  return plan(
    rows,
    (values) => readUnits(values, codes),
    (record) => {
      const place = places.get(record.placeCode);
      if (place && !can(actor, 'places:edit', place.path)) return NOT_YOURS;
      const unit = units.get(record.code);
      if (!unit) return 'add';
      const { placeCode: _, ...values } = record;
      const same =
        unit.placeId === place?.id &&
        Object.entries(values).every(([key, value]) => unit[key as keyof store.Unit] === value);
      return same ? 'same' : 'change';
    },
  );
}

export async function checkUnits(actor: Actor, rows: readonly SheetRow[]): Promise<CheckedRow[]> {
  permit(actor, 'places:edit');
  return checked(await planUnits(actor, rows, reader));
}

/** Enters and changes the units of a table, all or none. */
export async function importUnits(actor: Actor, rows: readonly SheetRow[]): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'unit.import', async (tx, change) => {
    const planned = await planUnits(actor, rows, tx);
    refuseWrong(planned);
    const places = new Map((await store.listPlaces(tx)).map(({ code, id }) => [code, id]));
    const units = new Map((await store.listUnits(tx, { retired: true })).map(({ code, id }) => [code, id]));
    const todo = plans(planned);
    for (const { record } of todo) {
      const { placeCode, ...values } = record;
      const placeId = places.get(placeCode) as PlaceId;
      const id = units.get(record.code);
      if (id === undefined) await store.insertUnits(tx, [{ ...values, placeId }]);
      else await store.updateUnit(tx, id, { ...values, placeId });
      change.note('unit', record.code, {
        fields: ['name', 'phone', 'duties'],
        to: { kind: record.kind, placeId },
      });
    }
    change.note('unit', 'import', { to: { rows: rows.length, changed: todo.length } });
    change.touch('places');
  });
}

// What goes out is said in one of the words by which it may come in again.
const unitWord = (kind: UnitRecord['kind']): string => UNIT_LABEL[kind].split('、')[0] ?? '';

/** Every place in use, in the form in which a table of places is read. */
export async function placeTable(actor: Actor): Promise<Table> {
  permit(actor, 'places:edit');
  const all = await store.listPlacePages(reader);
  const codes = new Map(all.map(({ id, code }) => [id, code]));
  const rows = all.map((place) => [
    LEVEL_LABEL[place.level],
    place.code,
    place.name,
    place.parentId === null ? '' : (codes.get(place.parentId) ?? ''),
    place.lat,
    place.lng,
    place.officeAddress,
    place.officeHours,
    place.officePhone,
  ]);
  return { header: PLACE_HEADINGS, rows };
}

/** Every unit in use, in the form in which a table of units is read. */
export async function unitTable(actor: Actor): Promise<Table> {
  permit(actor, 'places:edit');
  const codes = new Map(
    (await store.listPlaces(reader, { retired: true })).map(({ id, code }) => [id, code]),
  );
  const rows = (await store.listUnits(reader)).map((unit) => [
    unit.code,
    unitWord(unit.kind),
    unit.name,
    unit.shortName,
    codes.get(unit.placeId) ?? '',
    unit.phone,
    unit.duties,
  ]);
  return { header: UNIT_HEADINGS, rows };
}
