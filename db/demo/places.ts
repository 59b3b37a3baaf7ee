import { addDays } from '#core/clock.ts';
import { seal } from '#core/secrets.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import { insertArea, insertAssignments } from '#domains/places/duties/store.ts';
import { insertAnswers, insertPlace, insertUnits } from '#domains/places/store.ts';
import { communityPages } from './content/communities.ts';
import { duties } from './content/duties.ts';
import { places } from './content/places.ts';
import { units } from './content/units.ts';

export interface Ground {
  place(key: string): { id: PlaceId; path: string; name: string };
  unit(key: string): { id: UnitId; name: string };
}

const lookUp =
  <T>(map: ReadonlyMap<string, T>) =>
  (key: string): T => {
    const value = map.get(key);
    if (!value) throw new Error(`the demonstration refers to ${key}, which it does not have`);
    return value;
  };

async function loadPlaces(tx: Tx): Promise<Map<string, { id: PlaceId; path: string; name: string }>> {
  const pages = new Map(communityPages.map((page) => [page.place, page]));
  const known = new Map<string, { id: PlaceId; path: string; name: string }>();
  for (const [position, place] of places.entries()) {
    const page = pages.get(place.key);
    const parent = place.parent === null ? null : lookUp(known)(place.parent);
    const { id, path } = await insertPlace(tx, parent, {
      level: place.level,
      code: place.code,
      name: place.name,
      lat: place.lat,
      lng: place.lng,
      position,
      introduction: page?.introduction ?? '',
      officeAddress: page?.officeAddress ?? '',
      officeHours: page?.officeHours ?? '',
      covenant: page?.covenant ?? [],
    });
    known.set(place.key, { id, path, name: place.name });
  }
  return known;
}

async function loadDuties(tx: Tx, place: Ground['place'], today: string): Promise<void> {
  const levels = new Map(places.map(({ key, level }) => [key, level]));
  const areas = new Map<string, Awaited<ReturnType<typeof insertArea>>>();
  const rows: Parameters<typeof insertAssignments>[1][number][] = [];
  for (const duty of duties) {
    const { id: placeId, name } = place(duty.place);
    let areaId = areas.get(duty.place);
    if (areaId === undefined) {
      areaId = await insertArea(tx, {
        placeId,
        kind: levels.get(duty.place) === 'building' ? 'building' : 'patch',
        name,
      });
      areas.set(duty.place, areaId);
    }
    rows.push({
      areaId,
      role: duty.role,
      person: duty.person,
      phoneSealed: seal(duty.phone),
      phonePublic: duty.phonePublic,
      from: addDays(today, -duty.fromDaysAgo),
      to: duty.untilDays === null ? null : addDays(today, duty.untilDays),
    });
  }
  await insertAssignments(tx, rows);
}

/** Loads places, units, duty holders and what each community's page says. */
export async function loadGround(tx: Tx, change: Change, today: string): Promise<Ground> {
  const known = await loadPlaces(tx);
  const place = lookUp(known);
  const ids = await insertUnits(
    tx,
    units.map((unit) => ({
      code: unit.key,
      kind: unit.kind,
      name: unit.name,
      shortName: unit.shortName,
      placeId: place(unit.place).id,
      duties: unit.duties,
    })),
  );
  const unit = lookUp(new Map(units.map(({ key, name }) => [key, { id: lookUp(ids)(key), name }])));
  await insertAnswers(
    tx,
    communityPages.flatMap((page) =>
      page.answers.map((answer, position) => ({
        placeId: place(page.place).id,
        matter: answer.matter,
        unitId: unit(answer.unit).id,
        note: answer.note,
        position,
      })),
    ),
  );
  await loadDuties(tx, place, today);
  change.note('places', 'demo', { to: { places: known.size, units: ids.size } });
  return { place, unit };
}
