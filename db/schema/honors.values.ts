export const HONOR_KINDS = [
  'goodPeople',
  'moralModel',
  'fiveGoodFamily',
  'civilizedFamily',
  'beautifulFamily',
  'civilizedCitizen',
  'civilizedBuilding',
  'civilizedCommunity',
  'civilizedUnit',
  'hygieneHousehold',
  'hygieneShop',
] as const;
export type HonorKind = (typeof HONOR_KINDS)[number];

/** 助人为乐 见义勇为 诚实守信 敬业奉献 孝老爱亲. */
export const HONOR_CLASSES = ['helpful', 'brave', 'honest', 'dedicated', 'filial'] as const;
export type HonorClass = (typeof HONOR_CLASSES)[number];

export const HONOREE_SUBJECTS = ['person', 'household', 'unit'] as const;
export type HonoreeSubject = (typeof HONOREE_SUBJECTS)[number];

export const HONOREE_STATES = ['candidate', 'publicity', 'listed', 'revoked'] as const;
export type HonoreeState = (typeof HONOREE_STATES)[number];

export const HONOREE_EVENTS = ['publicise', 'takeBack', 'list', 'revoke'] as const;
export type HonoreeEvent = (typeof HONOREE_EVENTS)[number];
