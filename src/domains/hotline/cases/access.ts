import type { Actor, Grant, Staff } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { can, type Permission, permissionsOf, permit } from '#core/permissions.ts';
import type { UnitId } from '#db/schema/ids.ts';

/** What of a case decides who may do what to it. */
export interface Guarded {
  category: string;
  placePath: string;
  leadUnitId: UnitId | null;
  /** The unit complained of: neither it nor its line learns of the case (信访工作条例 art. 30). */
  aboutUnitId?: UnitId | null;
  /** Units that help: they read, and do nothing else. */
  helperUnitIds?: readonly UnitId[];
}

const RIGHTS = 'RIGHTS';

// A unit reads what was given to it, wherever the place lies; its grant's own place only says where it belongs.
const ofUnit = (grant: Grant): boolean => grant.role === 'handler' || grant.role === 'unitHead';

// A complaint about the hotline itself still has to be taken on by the hotline.
const ofCentre = (grant: Grant): boolean => grant.role === 'dispatcher' || grant.role === 'operator';

const isAbout = (actor: Staff, c: Guarded): boolean =>
  actor.unitId !== null && c.aboutUnitId === actor.unitId;

const covers = (actor: Staff, grant: Grant, c: Guarded, permission: Permission): boolean => {
  if (grant.categories !== null && !grant.categories.includes(c.category)) return false;
  if (isAbout(actor, c) && !ofCentre(grant) && c.category !== RIGHTS) return false;
  if (!ofUnit(grant)) return c.placePath.startsWith(grant.placePath);
  if (actor.unitId === null) return false;
  const helps = permission === 'hotline:read' && (c.helperUnitIds ?? []).includes(actor.unitId);
  return helps || c.leadUnitId === actor.unitId;
};

/** Whether the actor holds the permission for this very case: by place and category, or as the unit that has it. */
export function holds(actor: Actor, permission: Permission, c: Guarded): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff') return false;
  // Women's and children's rights: the officers for them do every step, and nobody else learns that the case exists.
  const needed: Permission = c.category === RIGHTS ? 'hotline:rights' : permission;
  return actor.grants.some(
    (grant) => permissionsOf(grant.role).includes(needed) && covers(actor, grant, c, needed),
  );
}

/** The first line of every step: throws when the actor may take it nowhere, before any row is read. */
export function permitStep(actor: Actor, permission: Permission): void {
  if (!can(actor, 'hotline:rights')) permit(actor, permission);
}

/** Whether the case exists for this actor at all. */
export function mayRead(actor: Actor, c: Guarded): boolean {
  return holds(actor, 'hotline:read', c);
}

/** Throws `not_found` for a case that is not the actor's to see, `forbidden` for a step that is not his to take. */
export function permitCase(actor: Actor, permission: Permission, c: Guarded): void {
  if (holds(actor, permission, c)) return;
  if (!mayRead(actor, c)) throw new AppError('not_found', '没有找到这张工单，请检查编号。');
  permit(actor, permission, c.placePath);
  throw new AppError('forbidden', '这张工单不在您的办理范围内。如工作需要，请联系派单员。');
}

/** How far a staff member's lists reach: places (with categories), own unit, and whether the rights cases. */
export interface Reach {
  everywhere: boolean;
  places: readonly { path: string; categories: readonly string[] | null }[];
  unitId: UnitId | null;
  /** The unit about which complaints are kept from this person. */
  notAbout: UnitId | null;
  rightsPaths: readonly string[];
}

/** The same decision as `mayRead`, as the limits of a list. */
export function reachOf(actor: Actor): Reach {
  const nothing = { everywhere: false, places: [], unitId: null, notAbout: null, rightsPaths: [] };
  if (actor.kind === 'system') return { ...nothing, everywhere: true };
  if (actor.kind !== 'staff') return nothing;
  const reading = actor.grants.filter((grant) => permissionsOf(grant.role).includes('hotline:read'));
  return {
    everywhere: false,
    places: reading
      .filter((grant) => !ofUnit(grant))
      .map((grant) => ({ path: grant.placePath, categories: grant.categories })),
    unitId: reading.some(ofUnit) ? actor.unitId : null,
    notAbout: reading.some(ofCentre) ? null : actor.unitId,
    rightsPaths: actor.grants
      .filter((grant) => permissionsOf(grant.role).includes('hotline:rights'))
      .map((grant) => grant.placePath),
  };
}
