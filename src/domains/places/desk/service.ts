import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { can, permit } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import type { NewAnswer, NewPlace, PlaceDetails, UnitDetails } from '../input.ts';
import { covenantOf, parentLevels } from '../rules.ts';
import { findCity, findUnit, pathTo } from '../service.ts';
import * as store from '../store.ts';

/** What the desk shows of a place: itself, the way to it, what lies under it, who answers for what. */
export interface PlaceView {
  place: store.PlacePage;
  way: store.Place[];
  children: store.Place[];
  answers: store.Answer[];
  units: store.Unit[];
  mayEdit: boolean;
}

/** A place with what lies directly under it, in use or retired. */
export async function viewPlace(actor: Actor, id: PlaceId): Promise<PlaceView> {
  permit(actor, 'places:edit');
  const place = found(await store.findPlacePage(reader, id), '没有找到这个地方。');
  return {
    place,
    way: await pathTo(place),
    children: await store.listChildren(reader, id),
    answers: await store.listAnswers(reader, id),
    units: await store.listUnitsAt(reader, [id]),
    mayEdit: can(actor, 'places:edit', place.path),
  };
}

/** What changed at a place shows on its own page and on those of the places above it. */
export function touchPlace(change: Change, path: string): void {
  change.touch(
    'places',
    ...path
      .split('/')
      .filter(Boolean)
      .map((id) => `place:${id}`),
  );
}

async function editable(tx: Tx, actor: Actor, id: PlaceId): Promise<store.PlacePage> {
  const place = found(await store.findPlacePage(tx, id), '没有找到这个地方。');
  permit(actor, 'places:edit', place.path);
  return place;
}

/** Enters a place under another; the city itself under none. Gives its id. */
export async function createPlace(actor: Actor, parentId: PlaceId | null, sent: NewPlace): Promise<PlaceId> {
  permit(actor, 'places:edit');
  return write(actor, 'place.create', async (tx, change) => {
    const parent = parentId === null ? null : await editable(tx, actor, parentId);
    const allowed = parentLevels(sent.level);
    if (parent ? !allowed.includes(parent.level) : allowed.length > 0) {
      throw new AppError('invalid', '这一级不能放在这里。', { level: '请选择可以放在这里的层级' });
    }
    if (!parent && (await findCity(tx))) throw new AppError('conflict', '市已经有了，只能有一个。');
    const { id, path } = await store.insertPlace(tx, parent, sent);
    change.note('place', id, { fields: ['name'], to: { level: sent.level, parentId, code: sent.code } });
    touchPlace(change, path);
    return id;
  });
}

/** Changes what is said of a place. */
export async function changePlace(actor: Actor, id: PlaceId, sent: PlaceDetails): Promise<void> {
  permit(actor, 'places:edit');
  if ((sent.lat === null) !== (sent.lng === null)) {
    throw new AppError('invalid', '纬度和经度要么都填，要么都不填。', { lng: '和纬度一起填，或一起留空' });
  }
  await write(actor, 'place.change', async (tx, change) => {
    const place = await editable(tx, actor, id);
    await store.updatePlace(tx, id, { ...sent, covenant: covenantOf(sent.covenant) });
    change.note('place', id, {
      fields: ['name', 'officeAddress', 'officeHours', 'officePhone', 'introduction', 'covenant'],
      from: { code: place.code, lat: place.lat, lng: place.lng },
      to: { code: sent.code, lat: sent.lat, lng: sent.lng },
    });
    touchPlace(change, place.path);
  });
}

/** Takes a place out of use, or puts it back. What was filed there stays. Throws `conflict` while something under it is in use. */
export async function retirePlace(actor: Actor, id: PlaceId, retired: boolean): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, retired ? 'place.retire' : 'place.restore', async (tx, change) => {
    const place = await editable(tx, actor, id);
    const below = (await store.listChildren(tx, id)).filter(({ retiredAt }) => retiredAt === null);
    if (retired && below.length > 0) {
      throw new AppError('conflict', `下面还有 ${below.length} 个地方在用，请先停用它们。`);
    }
    await store.updatePlace(tx, id, { retiredAt: retired ? change.at : null });
    change.note('place', id, { to: { retired: retired ? 1 : 0 } });
    touchPlace(change, place.path);
  });
}

/** Says who answers for a matter at a place. */
export async function addAnswer(actor: Actor, id: PlaceId, sent: NewAnswer): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'place.answer', async (tx, change) => {
    const place = await editable(tx, actor, id);
    if (!(await findUnit(sent.unitId, tx))) {
      throw new AppError('invalid', '没有这个单位，请重新选择。', { unitId: '请重新选择单位' });
    }
    const position = (await store.listAnswers(tx, id)).length;
    await store.insertAnswers(tx, [{ placeId: id, position, ...sent }]);
    change.note('place', id, { fields: ['answers'], to: { unitId: sent.unitId } });
    touchPlace(change, place.path);
  });
}

export async function removeAnswer(actor: Actor, id: PlaceId, answerId: number): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, 'place.answerRemoved', async (tx, change) => {
    const place = await editable(tx, actor, id);
    found((await store.deleteAnswer(tx, answerId, id)) || null, '这一条已经删去，请刷新页面。');
    change.note('place', id, { fields: ['answers'] });
    touchPlace(change, place.path);
  });
}

async function placeOfUnit(tx: Tx, actor: Actor, placeId: PlaceId): Promise<store.PlacePage> {
  const place = await store.findPlacePage(tx, placeId);
  if (!place) throw new AppError('invalid', '没有这个地域，请重新选择。', { placeId: '请重新选择地域' });
  permit(actor, 'places:edit', place.path);
  return place;
}

/** Enters a unit, or changes one. Gives its id. */
export async function saveUnit(actor: Actor, id: UnitId | null, sent: UnitDetails): Promise<UnitId> {
  permit(actor, 'places:edit');
  return write(actor, id === null ? 'unit.create' : 'unit.change', async (tx, change) => {
    const place = await placeOfUnit(tx, actor, sent.placeId);
    if (id !== null) {
      const before = found(await store.findUnit(tx, id), '没有找到这个单位。');
      await placeOfUnit(tx, actor, before.placeId);
      await store.updateUnit(tx, id, sent);
    }
    const saved = id ?? found((await store.insertUnits(tx, [sent])).get(sent.code));
    change.note('unit', saved, {
      fields: ['name', 'phone', 'duties'],
      to: { kind: sent.kind, placeId: sent.placeId },
    });
    touchPlace(change, place.path);
    return saved;
  });
}

/** Takes a unit out of use, or puts it back. Its open cases stay with it until they are handed on. */
export async function retireUnit(actor: Actor, id: UnitId, retired: boolean): Promise<void> {
  permit(actor, 'places:edit');
  await write(actor, retired ? 'unit.retire' : 'unit.restore', async (tx, change) => {
    const unit = found(await store.findUnit(tx, id), '没有找到这个单位。');
    const place = await placeOfUnit(tx, actor, unit.placeId);
    await store.updateUnit(tx, id, { retiredAt: retired ? change.at : null });
    change.note('unit', id, { to: { retired: retired ? 1 : 0 } });
    touchPlace(change, place.path);
  });
}
