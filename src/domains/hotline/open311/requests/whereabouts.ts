import { reader } from '#core/store.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import type { Point } from '../arguments.ts';
import { listPlaces } from './store.ts';

/** Where a case lies, as far as strangers may know: its community, never the point. */
export interface Whereabouts {
  address: string;
  addressId: string | null;
  centre: Point | null;
}

const NOWHERE: Whereabouts = { address: '', addressId: null, centre: null };

const idsOf = (path: string): PlaceId[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((id) => Number(id) as PlaceId);

/** The communities of these place paths. What lies in no community has the names of where it lies, and no point. */
export async function whereaboutsOf(paths: readonly string[]): Promise<(path: string) => Whereabouts> {
  const ids = [...new Set(paths.flatMap(idsOf))];
  const rows = ids.length === 0 ? [] : await listPlaces(reader, ids);
  const places = new Map(rows.map((row) => [row.id, row]));
  const told = new Map<string, Whereabouts>();
  for (const path of new Set(paths)) {
    const chain = idsOf(path).flatMap((id) => places.get(id) ?? []);
    const last = chain.findIndex((place) => place.level === 'community');
    const shown = last < 0 ? chain : chain.slice(0, last + 1);
    const community = last < 0 ? null : chain[last];
    const below = shown.length > 1 ? shown.slice(1) : shown;
    told.set(path, {
      address: below.map((place) => place.name).join(''),
      addressId: community?.code ?? null,
      centre:
        community?.lat == null || community.long === null
          ? null
          : { lat: community.lat, long: community.long },
    });
  }
  return (path) => told.get(path) ?? NOWHERE;
}
