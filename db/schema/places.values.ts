/** From the city down; a town stands beside a street, a village beside a community. */
export const PLACE_LEVELS = ['city', 'district', 'street', 'community', 'grid', 'building'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

export const UNIT_KINDS = [
  'office',
  'department',
  'street',
  'community',
  'property',
  'utility',
  'partner',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const AREA_KINDS = ['patch', 'road', 'building'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** 一长五员, with the community's lead, grid workers and area cadres. */
export const DUTY_ROLES = [
  'lead',
  'cadre',
  'gridWorker',
  'head',
  'publicist',
  'security',
  'mediator',
  'hygiene',
  'familyPlanning',
] as const;
export type DutyRole = (typeof DUTY_ROLES)[number];
