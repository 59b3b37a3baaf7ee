import type { PlaceId } from '#db/schema/ids.ts';
import type { Point } from '../arguments.ts';

/** How far from the centre of a community a matter still belongs to it, in kilometres «default». */
const COMMUNITY_KM = 10;
/** How far from every community a point may lie and still be the city's «default». */
const CITY_KM = 60;

const EARTH_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The distance between two points, in kilometres. */
export function kilometres(a: Point, b: Point): number {
  const half = (x: number, y: number): number => Math.sin(radians(y - x) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.long, b.long);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

interface Centre {
  id: PlaceId;
  lat: number | null;
  lng: number | null;
}

/**
 * The community whose centre is nearest; `city` where none is near enough to say, or none has a centre; `outside` for a point that
 * lies beyond the city.
 */
export function placeAt(at: Point, communities: readonly Centre[]): PlaceId | 'city' | 'outside' {
  const near = communities
    .flatMap(({ id, lat, lng }) =>
      lat === null || lng === null ? [] : [{ id, km: kilometres(at, { lat, long: lng }) }],
    )
    .sort((a, b) => a.km - b.km)[0];
  if (near === undefined) return 'city';
  if (near.km > CITY_KM) return 'outside';
  return near.km <= COMMUNITY_KM ? near.id : 'city';
}

/** The community that an address names; the longest name where several fit. */
export function placeNamed(
  address: string,
  communities: readonly { id: PlaceId; name: string }[],
): PlaceId | null {
  const fits = communities.filter(({ name }) => address.includes(name));
  return fits.sort((a, b) => b.name.length - a.name.length)[0]?.id ?? null;
}

/** A name in the order it is spoken: family name first, apart only where it is written with spaces. */
export function fullName(first: string, last: string): string {
  const latin = /[A-Za-z]$/.test(first) || /[A-Za-z]$/.test(last);
  return [last, first].filter((part) => part !== '').join(latin ? ' ' : '');
}
