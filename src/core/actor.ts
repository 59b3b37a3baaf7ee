import type { Role } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId, ResidentId, UnitId } from '#db/schema/ids.ts';

/** A role over a place and everything under it; `categories: null` means all. */
export interface Grant {
  role: Role;
  placeId: PlaceId;
  placePath: string;
  categories: string[] | null;
}

export interface Staff {
  kind: 'staff';
  id: AccountId;
  name: string;
  unitId: UnitId | null;
  grants: readonly Grant[];
}

export interface Resident {
  kind: 'resident';
  id: ResidentId;
  phoneHash: string;
}

/** Who acts. Scopes travel with the actor, so that `permit` needs no look-up. */
export type Actor = { kind: 'anonymous' } | Resident | Staff | { kind: 'system'; job: string };

export const ANONYMOUS: Actor = { kind: 'anonymous' };

export const system = (job: string): Actor => ({ kind: 'system', job });
