/** What a public notice period is held for. */
export const PUBLICITY_SUBJECTS = [
  'family',
  'goodPerson',
  'model',
  'star',
  'needyList',
  'prize',
  'member',
  'statement',
] as const;
export type PublicitySubject = (typeof PUBLICITY_SUBJECTS)[number];

export const PUBLICITY_STATES = [
  'scheduled',
  'running',
  'objected',
  'passed',
  'failed',
  'withdrawn',
] as const;
export type PublicityState = (typeof PUBLICITY_STATES)[number];

export const PUBLICITY_EVENTS = ['start', 'object', 'settle', 'pass', 'fail', 'rerun', 'withdraw'] as const;
export type PublicityEvent = (typeof PUBLICITY_EVENTS)[number];

export const OBJECTION_STATES = ['received', 'checking', 'upheld', 'rejected'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];
