/** States of a rectification notice (整改通知单). Overdue is derived, never stored. */
export const NOTICE_STATES = [
  'draft',
  'issued',
  'received',
  'fixing',
  'submitted',
  'signed_off',
  'cannot_fix',
  'void',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Everything that can happen to a notice; the moves behind each stand in the rectification rules. */
export const NOTICE_EVENTS = [
  'draw',
  'edit',
  'issue',
  'deliver',
  'receive',
  'start',
  'submit',
  'pass',
  'fail',
  'askCannotFix',
  'refuseCannotFix',
  'cannotFix',
  'review',
  'remind',
  'visitPass',
  'visitFail',
  'relapse',
  'void',
] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** In which capacity somebody acts on a notice. `party`: the one who has to put things right. */
export const NOTICE_PARTIES = ['issuer', 'party', 'inspector', 'approver', 'system'] as const;
export type NoticeParty = (typeof NOTICE_PARTIES)[number];

/** What is to be put right; the first six are the disorders (六乱). */
export const MATTERS = [
  'STALL',
  'PARKING',
  'POSTER',
  'PILE',
  'DRYING',
  'LITTER',
  'HYGIENE',
  'GREEN',
  'FACILITY',
  'BUILD',
  'OTHER',
] as const;
export type Matter = (typeof MATTERS)[number];

export const RESPONSIBLE_KINDS = ['shop', 'unit', 'person'] as const;
export type ResponsibleKind = (typeof RESPONSIBLE_KINDS)[number];

/** A stays with the issuer for re-inspection, B goes to the responsible party. */
export const COPIES = ['A', 'B'] as const;
export type Copy = (typeof COPIES)[number];

/** `left`: the party would not sign, so that it was left before a witness (留置送达). */
export const DELIVERY_WAYS = ['hand', 'left', 'sms', 'post'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];

export const NOTICE_PHOTO_STAGES = ['before', 'after', 'visit'] as const;
export type NoticePhotoStage = (typeof NOTICE_PHOTO_STAGES)[number];

export const VISIT_STATES = ['planned', 'passed', 'failed', 'cancelled'] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** What a notice was opened from. */
export const SUBJECT_TYPES = ['case', 'finding'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];
