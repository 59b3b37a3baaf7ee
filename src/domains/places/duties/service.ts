import type { Actor } from '#core/actor.ts';
import { addDays, beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { permit, scopesOf } from '#core/permissions.ts';
import { seal, unseal } from '#core/secrets.ts';
import { reader, type Tx } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { DutyAssignmentId, PlaceId } from '#db/schema/ids.ts';
import type { AreaKind, DutyRole } from '#db/schema/places.values.ts';
import { touchPlace } from '../desk/service.ts';
import type { NewDuty } from '../input.ts';
import { findPlacePage, listPlaces, type Place } from '../store.ts';
import { type Finding, findings } from './rules.ts';
import * as store from './store.ts';

export interface DutyEntry {
  id: DutyAssignmentId;
  area: string;
  areaKind: AreaKind;
  role: DutyRole;
  person: string;
  phone: string;
  phonePublic: boolean;
  from: string;
  to: string | null;
  /** `past` when its last day is over, `coming` before its first. */
  state: 'now' | 'coming' | 'past';
}

const entry = (row: store.Assignment, today: string): DutyEntry => ({
  id: row.id,
  area: row.areaName,
  areaKind: row.areaKind,
  role: row.role,
  person: row.person,
  phone: row.phoneSealed ? unseal(row.phoneSealed) : '',
  phonePublic: row.phonePublic,
  from: row.from,
  to: row.to,
  state: row.to !== null && row.to < today ? 'past' : row.from > today ? 'coming' : 'now',
});

/** Everyone who holds, held or will hold a duty at a place. */
export async function listDuties(actor: Actor, placeId: PlaceId): Promise<DutyEntry[]> {
  const place = found(await findPlacePage(reader, placeId), '没有找到这个地方。');
  permit(actor, 'places:edit', place.path);
  const today = beijingDay(now());
  return (await store.listAssignmentsAt(reader, placeId)).map((row) => entry(row, today));
}

export interface DutyFinding extends Finding {
  place: string;
  /** The community it lies in, or the place itself. */
  community: string;
}

export interface DutyReport {
  gaps: DutyFinding[];
  overlaps: DutyFinding[];
}

/** Where nobody, or more than one, holds a duty today or in the next weeks, within the reach of the one who asks. */
export async function dutyReport(actor: Actor): Promise<DutyReport> {
  permit(actor, 'places:edit');
  const scopes = scopesOf(actor, 'places:edit');
  const today = beijingDay(now());
  const within = ({ path }: Pick<Place, 'path'>) =>
    scopes === null || scopes.some((scope) => path.startsWith(scope));
  const all = (await listPlaces(reader)).filter(within);
  const byId = new Map<number, Place>(all.map((place) => [place.id, place]));
  // A duty that ended within the last year without a successor is still a gap; what is older has been given up.
  const rows = await store.listAssignmentsUnder(reader, '/', addDays(today, -365));
  const report = findings(
    all,
    rows.filter(({ placeId }) => byId.has(placeId)),
    today,
  );
  const named = (finding: Finding): DutyFinding => {
    const place = byId.get(finding.placeId);
    const above = (place?.path ?? '').split('/').map((id) => byId.get(Number(id)));
    const community = above.find((one) => one?.level === 'community');
    return { ...finding, place: place?.name ?? '', community: community?.name ?? place?.name ?? '' };
  };
  return { gaps: report.gaps.map(named), overlaps: report.overlaps.map(named) };
}

/** Appoints somebody to a duty as part of a larger change. */
export async function insertDuty(tx: Tx, placeId: PlaceId, sent: NewDuty): Promise<void> {
  const areaId = await store.takeArea(tx, { placeId, kind: sent.areaKind, name: sent.areaName });
  await store.insertAssignments(tx, [
    {
      areaId,
      role: sent.role,
      person: sent.person,
      phoneSealed: sent.phone === '' ? null : seal(sent.phone),
      phonePublic: sent.phonePublic,
      from: sent.from,
      to: sent.to === '' ? null : sent.to,
    },
  ]);
}

/** Appoints somebody to a duty of an area at a place. Throws `invalid` beside the field that is wrong. */
export async function appoint(actor: Actor, placeId: PlaceId, sent: NewDuty): Promise<void> {
  permit(actor, 'places:edit');
  if (sent.to !== '' && sent.to < sent.from) {
    throw new AppError('invalid', '结束日期早于开始日期。', { to: '不能早于开始日期' });
  }
  if (sent.phonePublic && sent.phone === '') {
    throw new AppError('invalid', '要公开电话，请先填写手机号。', { phone: '请填写手机号' });
  }
  await write(actor, 'duty.appoint', async (tx, change) => {
    const place = found(await findPlacePage(tx, placeId));
    permit(actor, 'places:edit', place.path);
    await insertDuty(tx, placeId, sent);
    change.note('place', placeId, {
      fields: ['person', 'phone'],
      to: { role: sent.role, from: sent.from, to: sent.to || null, phonePublic: sent.phonePublic ? 1 : 0 },
    });
    touchPlace(change, place.path);
  });
}

async function editable(tx: Tx, actor: Actor, id: DutyAssignmentId): Promise<store.Assignment> {
  const row = found(await store.findAssignment(tx, id), '没有找到这位责任人，请刷新页面。');
  permit(actor, 'places:edit', row.placePath);
  return row;
}

/** Ends a term on a day; who held it stays in the history. */
export async function endDuty(actor: Actor, id: DutyAssignmentId, lastDay: string): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'duty.end', async (tx, change) => {
    const row = await editable(tx, actor, id);
    if (lastDay < row.from)
      throw new AppError('invalid', '最后一天早于开始日期。', { to: '不能早于开始日期' });
    await store.updateAssignment(tx, id, { to: lastDay });
    change.note('duty', id, { from: { to: row.to }, to: { to: lastDay } });
    touchPlace(change, row.placePath);
  });
}

/** Records whether the holder agrees that his phone number is shown to everyone. */
export async function setConsent(actor: Actor, id: DutyAssignmentId, phonePublic: boolean): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'duty.consent', async (tx, change) => {
    const row = await editable(tx, actor, id);
    if (phonePublic && !row.phoneSealed) throw new AppError('conflict', '这位责任人没有登记手机号。');
    await store.updateAssignment(tx, id, { phonePublic });
    change.note('duty', id, {
      from: { phonePublic: row.phonePublic ? 1 : 0 },
      to: { phonePublic: phonePublic ? 1 : 0 },
    });
    touchPlace(change, row.placePath);
  });
}
