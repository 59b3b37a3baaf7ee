import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { places } from '#db/schema/places.ts';

/** The communities in use, each with its centre where one is known. */
export function listCentres(db: Db) {
  return db
    .select({ id: places.id, name: places.name, lat: places.lat, lng: places.lng })
    .from(places)
    .where(and(eq(places.level, 'community'), isNull(places.retiredAt)));
}
