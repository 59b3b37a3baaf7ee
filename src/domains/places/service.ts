import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { unseal } from '#core/secrets.ts';
import { type Db, reader, type Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import { DUTY_ROLES, type DutyRole, type PlaceLevel } from '#db/schema/places.values.ts';
import { type Assignment, listHoldersOn, listHoldersUnder } from './duties/store.ts';
import * as store from './store.ts';

export type { Place, Unit } from './store.ts';

/** The ids in a path, from the city down. */
const idsOf = (path: string): PlaceId[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((id) => Number(id) as PlaceId);

/** A place, in use or retired; `null` when there is none. */
export async function findPlace(id: PlaceId, db: Db = reader): Promise<store.Place | null> {
  const [place] = await store.listPlacesById(db, [id]);
  return place ?? null;
}

/** The way to a place: the city first, the place itself last. */
export async function pathTo(place: Pick<store.Place, 'path'>, db: Db = reader): Promise<store.Place[]> {
  const ids = idsOf(place.path);
  const rows = new Map((await store.listPlacesById(db, ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Every place in use, siblings in order. */
export function listAllPlaces(db: Db = reader): Promise<store.Place[]> {
  return store.listPlaces(db);
}

/** The city itself; `null` before any place has been entered. */
export async function findCity(db: Db = reader): Promise<store.Place | null> {
  return (await store.listPlaces(db)).find((place) => place.level === 'city') ?? null;
}

/** The code of a city that was entered only so that somebody could be given a role over it. */
export const STAND_IN = 'CITY';

/** The city, entered under a stand-in name and code where there is none yet: roles hold over places. */
export async function ensureCity(tx: Tx, change: Change): Promise<PlaceId> {
  const city = await findCity(tx);
  if (city) return city.id;
  const { id } = await store.insertPlace(tx, null, { level: 'city', code: STAND_IN, name: '本市' });
  change.note('place', id, { to: { level: 'city', code: STAND_IN } });
  change.touch('places');
  return id;
}

export interface PlaceNode extends store.Place {
  children: PlaceNode[];
}

/** Every place in use as one tree below the city, down to `deepest`. Empty before any place has been entered. */
export async function placeTree(deepest: PlaceLevel = 'community', db: Db = reader): Promise<PlaceNode[]> {
  const rows = await store.listPlaces(db);
  const nodes = new Map<PlaceId, PlaceNode>(rows.map((row) => [row.id, { ...row, children: [] }]));
  const roots: PlaceNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.parentId === null ? undefined : nodes.get(node.parentId);
    if (node.parentId === null) roots.push(node);
    else if (parent && parent.level !== deepest) parent.children.push(node);
  }
  return roots;
}

export interface Community extends store.Place {
  /** The street or town, and the district, that it belongs to. */
  street: string;
  district: string;
}

/** The communities and villages in use, district by district and street by street. */
export async function listCommunities(db: Db = reader): Promise<Community[]> {
  const [city] = await placeTree('community', db);
  return (city?.children ?? []).flatMap((district) =>
    district.children.flatMap((street) =>
      street.children.map(({ children: _, ...place }) => ({
        ...place,
        street: street.name,
        district: district.name,
      })),
    ),
  );
}

/** The units in use, all of them. */
export function listUnits(db: Db = reader): Promise<store.Unit[]> {
  return store.listUnits(db);
}

/** A unit, in use or retired; `null` when there is none. */
export function findUnit(id: UnitId, db: Db = reader): Promise<store.Unit | null> {
  return store.findUnit(db, id);
}

/** The units that answer for a place: its own, and those of every place above it. */
export async function unitsAt(id: PlaceId, db: Db = reader): Promise<store.Unit[]> {
  const place = await findPlace(id, db);
  return place ? store.listUnitsAt(db, idsOf(place.path)) : [];
}

export interface Holder {
  role: DutyRole;
  person: string;
  /** The area he answers for: a patch, a road, a building. */
  area: string;
  placeId: PlaceId;
  place: string;
  /** Only with the holder's consent. */
  phone: string | null;
}

const holder = (row: Assignment): Holder => ({
  role: row.role,
  person: row.person,
  area: row.areaName,
  placeId: row.placeId,
  place: row.placeName,
  phone: row.phonePublic && row.phoneSealed ? unseal(row.phoneSealed) : null,
});

/** Place by place, in each the one who leads first. */
const inOrder = (a: Assignment, b: Assignment): number =>
  a.placePosition - b.placePosition || DUTY_ROLES.indexOf(a.role) - DUTY_ROLES.indexOf(b.role);

/** Who is responsible at a place today: its own duty holders, and those of every place above it, nearest first. */
export async function responsibleFor(id: PlaceId, db: Db = reader): Promise<Holder[]> {
  const place = await findPlace(id, db);
  if (!place) return [];
  const rows = await listHoldersOn(db, idsOf(place.path), beijingDay(now()));
  return rows.sort((a, b) => b.placePath.length - a.placePath.length).map(holder);
}

export interface CommunityView {
  community: store.PlacePage;
  /** The city first, the community itself last. */
  way: store.Place[];
  answers: store.Answer[];
  /** Today's duty holders of the community, its grids and buildings. */
  holders: Holder[];
  units: store.Unit[];
}

/** What a community's public page says of the community itself. Throws `not_found` for anything but a community in use. */
export async function viewCommunity(id: PlaceId): Promise<CommunityView> {
  const community = found(await store.findPlacePage(reader, id));
  if (community.level !== 'community' || community.retiredAt)
    throw new AppError('not_found', '没有找到这个社区。');
  return {
    community,
    way: await pathTo(community),
    answers: await store.listAnswers(reader, id),
    holders: (await listHoldersUnder(reader, community.path, beijingDay(now()))).sort(inOrder).map(holder),
    units: await store.listUnitsAt(reader, [id]),
  };
}
