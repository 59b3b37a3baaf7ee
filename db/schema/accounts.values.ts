/** Staff roles; a resident and a visitor need none. */
export const ROLES = [
  'dutyHolder',
  'operator',
  'dispatcher',
  'handler',
  'unitHead',
  'rights',
  'inspector',
  'assessor',
  'discipline',
  'editor',
  'approver',
  'community',
  'street',
  'district',
  'councilMember',
  'secretary',
  'president',
  'treasurer',
  'sysAdmin',
  'secAdmin',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export const ACCOUNT_STATES = ['active', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const SESSION_KINDS = ['staff', 'resident', 'publicComputer'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SIGN_IN_RESULTS = [
  'ok',
  'wrong',
  'needsCode',
  'wrongCode',
  'throttled',
  'disabled',
  'signedOut',
] as const;
export type SignInResult = (typeof SIGN_IN_RESULTS)[number];

export const CODE_PURPOSES = ['signIn', 'verifyPhone', 'findCases', 'openCase'] as const;
export type CodePurpose = (typeof CODE_PURPOSES)[number];
