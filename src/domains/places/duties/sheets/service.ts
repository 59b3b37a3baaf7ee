import type { Actor } from '#core/actor.ts';
import { type CheckedRow, refuseWrong } from '#core/imports.ts';
import { can, permit } from '#core/permissions.ts';
import { seal, unseal } from '#core/secrets.ts';
import { type Db, reader } from '#core/store.ts';
import type { SheetRow, Table } from '#core/tables.ts';
import { write } from '#core/write.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { AREA_LABEL, DUTY_LABEL } from '../../rules.ts';
import { checked, columnsOf, NOT_YOURS, type Planned, plan, plans } from '../../sheets/plan.ts';
import { DUTY_HEADINGS, type DutyRecord, readDuties } from '../../sheets/rules.ts';
import { listPlaces } from '../../store.ts';
import { insertDuty } from '../service.ts';
import { type Assignment, listAssignmentsUnder, updateAssignment } from '../store.ts';

export const DUTY_COLUMNS = columnsOf(DUTY_HEADINGS, ['电话', '公开电话', '结束日期']);

const dutyKey = (
  placeCode: string,
  record: Pick<DutyRecord, 'areaKind' | 'areaName' | 'role' | 'person' | 'from'>,
) => JSON.stringify([placeCode, record.areaKind, record.areaName, record.role, record.person, record.from]);

async function storedDuties(db: Db): Promise<Map<string, Assignment>> {
  const codes = new Map((await listPlaces(db)).map(({ id, code }) => [id, code]));
  const rows = await listAssignmentsUnder(db, '/', '0000-00-00');
  return new Map(rows.map((row) => [dutyKey(codes.get(row.placeId) ?? '', row), row]));
}

async function planDuties(actor: Actor, rows: readonly SheetRow[], db: Db): Promise<Planned<DutyRecord>[]> {
  const places = new Map((await listPlaces(db)).map((place) => [place.code, place]));
  const stored = await storedDuties(db);
  const codes = new Set(places.keys());
  const seen = new Set<string>();
  return plan(
    rows,
    (values) => readDuties(values, codes),
    (record) => {
      const key = dutyKey(record.placeCode, record);
      if (seen.has(key)) return '和上面的一行是同一个人的同一任期';
      seen.add(key);
      const place = places.get(record.placeCode);
      if (place && !can(actor, 'places:edit', place.path)) return NOT_YOURS;
      const row = stored.get(key);
      if (!row) return 'add';
      const phone = row.phoneSealed ? unseal(row.phoneSealed) : '';
      const same = row.to === record.to && row.phonePublic === record.phonePublic && phone === record.phone;
      return same ? 'same' : 'change';
    },
  );
}

export async function checkDuties(actor: Actor, rows: readonly SheetRow[]): Promise<CheckedRow[]> {
  permit(actor, 'places:edit');
  return checked(await planDuties(actor, rows, reader));
}

/** Appoints the people of a table and changes the terms that are there already, all or none. */
export async function importDuties(actor: Actor, rows: readonly SheetRow[]): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'duty.import', async (tx, change) => {
    const planned = await planDuties(actor, rows, tx);
    refuseWrong(planned);
    const places = new Map((await listPlaces(tx)).map(({ code, id }) => [code, id]));
    const stored = await storedDuties(tx);
    const todo = plans(planned);
    for (const { record } of todo) {
      const known = stored.get(dutyKey(record.placeCode, record));
      const { placeCode, to, phone, ...rest } = record;
      const phoneSealed = phone === '' ? null : seal(phone);
      if (known) await updateAssignment(tx, known.id, { to, phoneSealed, phonePublic: record.phonePublic });
      else await insertDuty(tx, places.get(placeCode) as PlaceId, { ...rest, phone, to: to ?? '' });
      const said = { role: record.role, from: record.from, to, phonePublic: record.phonePublic ? 1 : 0 };
      change.note('place', placeCode, { fields: ['person', 'phone'], to: said });
    }
    change.note('duty', 'import', { to: { rows: rows.length, changed: todo.length } });
    change.touch('places');
  });
}

/** Everyone whose term is not over, in the form in which a table of duties is read; all phones, for those who may. */
export async function dutyTable(actor: Actor, today: string): Promise<Table> {
  permit(actor, 'places:edit');
  const codes = new Map((await listPlaces(reader, { retired: true })).map(({ id, code }) => [id, code]));
  const rows = (await listAssignmentsUnder(reader, '/', today))
    .filter(({ placePath }) => can(actor, 'places:edit', placePath))
    .map((row) => [
      codes.get(row.placeId) ?? '',
      AREA_LABEL[row.areaKind],
      row.areaName,
      DUTY_LABEL[row.role],
      row.person,
      row.phoneSealed ? unseal(row.phoneSealed) : '',
      row.phonePublic ? '是' : '否',
      row.from,
      row.to ?? '',
    ]);
  return { header: DUTY_HEADINGS, rows };
}
