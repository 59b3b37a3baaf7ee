/** What kind of matter a person files: 咨询 求助 投诉 举报 建议. */
export const KINDS = ['consult', 'help', 'complaint', 'tipoff', 'suggestion'] as const;
export type Kind = (typeof KINDS)[number];

/** `open`: what happened is public · `closed`: not public · `secret`: not public, and the unit never learns who filed. */
export const SECRECIES = ['open', 'closed', 'secret'] as const;
export type Secrecy = (typeof SECRECIES)[number];

export const CHANNELS = ['web', 'phone', 'onsite', 'letter', 'open311', 'import'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CATEGORIES = [
  'STALL',
  'PARKING',
  'POSTER',
  'PILE',
  'DRYING',
  'LITTER',
  'BUILD',
  'MANHOLE',
  'FACILITY',
  'DRAIN',
  'GREEN',
  'SIGN',
  'POULTRY',
  'TOILET',
  'ENV',
  'PROPERTY',
  'SERVICE',
  'RIGHTS',
  'OTHER',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** States of a case (工单). */
export const STATES = [
  'filed',
  'needs_info',
  'refused',
  'referred',
  'accepted',
  'dispatched',
  'handling',
  'returned',
  'answered',
  'follow_up',
  'closed',
  'signed_off',
  'redo',
  'terminated',
  'merged',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

/** Everything that can happen to a case; the moves behind each stand in the hotline rules. */
export const EVENTS = [
  'file',
  'askInfo',
  'supply',
  'refuse',
  'reconsider',
  'accept',
  'refer',
  'referralReturned',
  'dispatch',
  'sign',
  'return',
  'rule',
  'answer',
  'sendBack',
  'approve',
  'confirm',
  'dispute',
  'lapse',
  'reassign',
  'giveUp',
  'contact',
  'followOk',
  'followBad',
  'signOff',
  'reopen',
  'terminate',
  'merge',
  'unmerge',
  'withdraw',
  'askExtension',
  'extend',
  'remind',
  'card',
  'comment',
] as const;
export type CaseEvent = (typeof EVENTS)[number];

/** In which capacity somebody acts on a case. `complainant` also stands for whoever files. */
export const PARTIES = ['complainant', 'operator', 'dispatcher', 'handler', 'inspector', 'system'] as const;
export type Party = (typeof PARTIES)[number];

export const REFUSAL_CODES = [
  'notGov',
  'emergency',
  'partyCourtArmy',
  'inProcess',
  'secret',
  'repeat',
  'unlawful',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** How a closed case ended, as the follow-up found it. */
export const OUTCOMES = ['fixed', 'explained', 'provided', 'unsubstantiated'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** From best to worst: 非常满意 满意 基本满意 不满意 非常不满意. */
export const RATING_LEVELS = [
  'very_satisfied',
  'satisfied',
  'basically_satisfied',
  'dissatisfied',
  'very_dissatisfied',
] as const;
export type RatingLevel = (typeof RATING_LEVELS)[number];

/** `emergency`: life or property · `utilities`: water, power, gas, heat, extreme weather · `complex`: on approval. */
export const URGENCIES = ['emergency', 'utilities', 'ordinary', 'complex'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A resident's picture stays `pending` until staff publish or hide it. */
export const PHOTO_STATES = ['pending', 'published', 'hidden'] as const;
export type PhotoState = (typeof PHOTO_STATES)[number];

/** Whether staff have put a complaint on the public ledger. */
export const PUBLICATIONS = ['pending', 'published', 'hidden'] as const;
export type Publication = (typeof PUBLICATIONS)[number];

export const CARDS = ['yellow', 'red'] as const;
export type Card = (typeof CARDS)[number];

/** Circumstances that staff tick on accepting, and that change a category's limit. */
export const CASE_FLAGS = ['blocking', 'fireLane', 'rubble', 'road', 'danger', 'supervised'] as const;
export type CaseFlag = (typeof CASE_FLAGS)[number];

/** `before`: sent with the filing · `supplement`: sent later · `after`: the unit's, of what was put right. */
export const PHOTO_STAGES = ['before', 'supplement', 'after'] as const;
export type PhotoStage = (typeof PHOTO_STAGES)[number];
