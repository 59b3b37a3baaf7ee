import { addDays as shiftDay, startOfBeijingDay } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import type { AccountId, UnitId } from '#db/schema/ids.ts';
import type { Matter, NoticeEvent, NoticeParty, NoticeState } from '#db/schema/rectification.values.ts';
import { NOTICE_EVENTS } from '#db/schema/rectification.values.ts';
import {
  addDays,
  addMonths,
  addWorkdays,
  type Calendar,
  type Due,
  describeDue,
  lastDay,
} from '#domains/calendar/rules.ts';
import { EVENT_LABEL, MATTER_INFO, STATE_LABEL } from './labels.ts';

/** States in which the responsible party still has to put things right. */
export const OWED_STATES = ['issued', 'received', 'fixing'] as const satisfies readonly NoticeState[];
/** States that are not yet settled. */
export const OPEN_STATES = [...OWED_STATES, 'submitted'] as const satisfies readonly NoticeState[];

/** One row of the table of moves. `from: null` draws up a notice; `to: null` leaves the state as it is. */
export interface Move {
  event: NoticeEvent;
  from: readonly NoticeState[] | null;
  to: NoticeState | null;
  by: readonly NoticeParty[];
  /** The event is refused without words. */
  words: boolean;
}

const EITHER: readonly NoticeParty[] = ['party', 'issuer'];

/** The only moves that exist. */
export const MOVES: readonly Move[] = [
  { event: 'draw', from: null, to: 'draft', by: ['issuer', 'inspector'], words: false },
  { event: 'edit', from: ['draft'], to: null, by: ['issuer'], words: false },
  { event: 'issue', from: ['draft'], to: 'issued', by: ['issuer', 'inspector'], words: false },
  { event: 'deliver', from: OPEN_STATES, to: null, by: ['issuer'], words: false },
  { event: 'receive', from: ['issued'], to: 'received', by: EITHER, words: false },
  { event: 'start', from: ['received'], to: 'fixing', by: EITHER, words: false },
  { event: 'submit', from: ['fixing'], to: 'submitted', by: EITHER, words: false },
  { event: 'pass', from: ['submitted'], to: 'signed_off', by: ['inspector'], words: false },
  { event: 'fail', from: ['submitted'], to: 'fixing', by: ['inspector'], words: true },
  { event: 'askCannotFix', from: ['fixing'], to: null, by: EITHER, words: true },
  { event: 'refuseCannotFix', from: ['fixing'], to: null, by: ['approver'], words: true },
  { event: 'cannotFix', from: ['fixing'], to: 'cannot_fix', by: ['approver'], words: true },
  { event: 'review', from: ['cannot_fix'], to: null, by: ['approver'], words: true },
  { event: 'remind', from: ['issued'], to: null, by: ['system'], words: false },
  { event: 'visitPass', from: ['signed_off'], to: null, by: ['inspector'], words: false },
  { event: 'visitFail', from: ['signed_off'], to: null, by: ['inspector'], words: true },
  { event: 'relapse', from: ['signed_off'], to: null, by: ['issuer', 'inspector'], words: false },
  {
    event: 'void',
    from: ['draft', 'issued', 'received', 'fixing', 'submitted', 'cannot_fix'],
    to: 'void',
    by: ['issuer'],
    words: true,
  },
];

const moveOf = (state: NoticeState | null, event: NoticeEvent, by: NoticeParty): Move | undefined =>
  MOVES.find(
    (move) =>
      move.event === event &&
      move.by.includes(by) &&
      (state === null ? move.from === null : move.from?.includes(state)),
  );

/** The state after an event. Throws `conflict` for a move that does not exist, or not for somebody in this capacity. */
export function nextState(state: NoticeState | null, event: NoticeEvent, by: NoticeParty): NoticeState {
  const move = moveOf(state, event, by);
  const to = move?.to ?? state;
  if (move && to !== null) return to;
  const now = state === null ? '还没有起草' : `现在是「${STATE_LABEL[state]}」`;
  throw new AppError(
    'conflict',
    `这张通知单${now}，不能「${EVENT_LABEL[event]}」。请刷新页面，按最新状态处理。`,
  );
}

/** What somebody in this capacity may do to a notice now, in the order of the list of events. */
export function allowedEvents(state: NoticeState, by: NoticeParty): NoticeEvent[] {
  return NOTICE_EVENTS.filter((event) => moveOf(state, event, by));
}

/** Whether the event is refused without words. */
export const needsWords = (event: NoticeEvent): boolean =>
  MOVES.some((move) => move.event === event && move.words);

/** The limits in force; they are settings, dated as all of them are. */
export interface NoticeLimits {
  hygieneWorkdays: number;
  otherWorkdays: number;
  receiveWorkdays: number;
  firstVisitDays: number;
  secondVisitDays: number;
  thirdVisitDays: number;
  reviewMonths: number;
}

/** How many working days a matter has, 0 for the same day; what the issuer set goes before it. */
export function limitDays(matter: Matter, own: number | null, limits: NoticeLimits): number {
  return own ?? (MATTER_INFO[matter].hygiene ? limits.hygieneWorkdays : limits.otherWorkdays);
}

const inWords = (days: number): string => (days === 0 ? '当天' : `${days} 个工作日`);

/** What the limits in force come to, as whoever issues is told. */
export const limitWords = (limits: NoticeLimits): string =>
  `卫生类${inWords(limits.hygieneWorkdays)}，其他 ${inWords(limits.otherWorkdays)}`;

/** After how many days each visit follows, as whoever visits is told: 「3、10、30」. */
export const visitWords = (limits: NoticeLimits): string =>
  [limits.firstVisitDays, limits.secondVisitDays, limits.thirdVisitDays].join('、');

/** The due instant of a limit that begins at `at`. 0 working days end with the day itself. */
export const dueAfter = (cal: Calendar, at: Date, days: number): Due => addWorkdays(cal, at, days);

/** What is given after a failed re-inspection: half the first limit, rounded up; the same day stays the same day. */
export const halved = (days: number): number => Math.ceil(days / 2);

/** Until when the party may leave the notice unsigned before it is reminded. */
export const receiveDue = (cal: Calendar, issuedAt: Date, limits: NoticeLimits): Due =>
  addWorkdays(cal, issuedAt, limits.receiveWorkdays);

/** Whether a notice is late: not yet sent in past its due instant, or sent in after it. Derived, never stored. */
export function isOverdue(
  n: { state: NoticeState; dueAt: Date | null; submittedAt: Date | null },
  now: Date,
): boolean {
  if (n.dueAt === null) return false;
  if (n.state === 'submitted') return (n.submittedAt ?? now).getTime() >= n.dueAt.getTime();
  return OWED_STATES.some((state) => state === n.state) && now.getTime() >= n.dueAt.getTime();
}

export interface NoticeClock {
  /** By when, in words. */
  by: string;
  /** How it stands: what is left, by how much it is late, or how it ended. */
  stands: string;
  tone: 'info' | 'warn' | 'bad' | 'good' | 'plain';
  provisional: boolean;
}

interface Clocked {
  state: NoticeState;
  dueAt: Date | null;
  dueProvisional: boolean;
  submittedAt: Date | null;
  wasOverdue: boolean | null;
}

/** The clock of a notice at `now`; null before it is issued and once it is void. */
export function clockOf(cal: Calendar, n: Clocked, now: Date): NoticeClock | null {
  if (n.dueAt === null || n.state === 'draft' || n.state === 'void') return null;
  const due = { at: n.dueAt, provisional: n.dueProvisional };
  const words = describeDue(cal, due, now);
  const base = { by: words.by, provisional: n.dueProvisional };
  if (n.state === 'cannot_fix') return { ...base, stands: '无法整改', tone: 'plain' };
  if (n.state === 'signed_off') {
    return { ...base, stands: n.wasOverdue ? '超期完成' : '按期完成', tone: n.wasOverdue ? 'warn' : 'good' };
  }
  if (n.state === 'submitted') {
    const late = isOverdue(n, now);
    return { ...base, stands: late ? '超期提交，待复查' : '按期提交，待复查', tone: late ? 'warn' : 'good' };
  }
  const last = words.left === '今天到期' || words.left.startsWith('还剩 1 个工作日');
  return { ...base, stands: words.left, tone: words.overdue ? 'bad' : last ? 'warn' : 'info' };
}

/** Who had a hand in a notice, as far as the rule of four eyes goes. */
export interface Hands {
  issuedBy: AccountId | null;
  /** Everyone on the staff who recorded the start or the result of the fix. */
  fixers: readonly AccountId[];
  askedBy: AccountId | null;
  partyUnitId: UnitId | null;
}

interface Someone {
  id: AccountId;
  unitId: UnitId | null;
}

const ofParty = (who: Someone, hands: Hands): boolean =>
  who.unitId !== null && who.unitId === hands.partyUnitId;

/** Why this person may not judge the fix; null when he may. Neither who fixed it nor who issued the notice signs it off. */
export function barredFromSignOff(who: Someone, hands: Hands): string | null {
  if (hands.fixers.includes(who.id)) return '整改是由您登记的，要由另一位检查员复查。';
  if (ofParty(who, hands)) return '您的单位就是整改责任方，要由别的单位的检查员复查。';
  if (hands.issuedBy === who.id) return '这张通知单是您开具的，要由另一位检查员复查。';
  return null;
}

/** Why this person may not visit after sign-off; null when he may. Who issued it may: he did not fix it. */
export function barredFromVisit(who: Someone, hands: Hands): string | null {
  if (hands.fixers.includes(who.id)) return '整改是由您登记的，回头看要由另一位检查员做。';
  if (ofParty(who, hands)) return '您的单位就是整改责任方，回头看要由别的单位做。';
  return null;
}

/** Why this person may not decide that it cannot be fixed; null when he may. */
export function barredFromCannotFix(who: Someone, hands: Hands): string | null {
  if (hands.askedBy === who.id) return '申请是您提的，要由另一位审批。';
  if (ofParty(who, hands)) return '您的单位就是整改责任方，要由别的单位审批。';
  return null;
}

/** Whether visits follow the sign-off. */
export const hasVisits = (matter: Matter, lookBack: boolean): boolean =>
  MATTER_INFO[matter].disorder || lookBack;

/** The days of the visits after a sign-off; a day of rest gives way to the next working day. */
export function visitDays(cal: Calendar, signedOffAt: Date, limits: NoticeLimits): string[] {
  const days = [limits.firstVisitDays, limits.secondVisitDays, limits.thirdVisitDays];
  return days.map((n) => lastDay(addDays(cal, signedOffAt, n)));
}

/** The day by which a notice that cannot be fixed is looked at again. */
export const reviewDayAfter = (cal: Calendar, at: Date, limits: NoticeLimits): string =>
  lastDay(addMonths(cal, at, limits.reviewMonths));

/** What must stand in a draft before it can be issued. */
export interface Issuable {
  point: string;
  legalBasis: string;
  clause: string;
  description: string;
  demand: string;
  partyName: string;
  partyAddress: string;
  photos: number;
}

const WANTED: readonly (readonly [keyof Issuable, string])[] = [
  ['point', '点位'],
  ['legalBasis', '依据'],
  ['clause', '条款'],
  ['description', '问题描述'],
  ['demand', '整改要求'],
  ['partyName', '责任方名称'],
  ['partyAddress', '责任方地址'],
  ['photos', '整改前照片'],
];

/** What a draft still lacks, by field; empty when it can be issued. */
export function missingForIssue(draft: Issuable): Record<string, string> {
  return Object.fromEntries(
    WANTED.filter(([field]) => draft[field] === '' || draft[field] === 0).map(([field, label]) => [
      field,
      `开具前请补上${label}`,
    ]),
  );
}

const CELL = 2.5;
const ROOMY = 300;

/** Whether a notice is set small, so that both of its copies stay on one sheet. Narrow cells take more room for the same words. */
export function isDense(n: Omit<Issuable, 'photos'> & { placeName: string }): boolean {
  const wide = n.description.length + n.legalBasis.length + n.clause.length + n.demand.length;
  const first = Math.max(n.partyName.length, n.partyAddress.length);
  const second = n.placeName.length + n.point.length;
  return wide + CELL * (first + second) > ROOMY;
}

/** The first instant after a Beijing month, `YYYY-MM`, and its own first. */
export function monthSpan(month: string): { from: Date; to: Date } {
  const from = startOfBeijingDay(`${month}-01`);
  const next = shiftDay(`${month}-28`, 4).slice(0, 7);
  return { from, to: startOfBeijingDay(`${next}-01`) };
}
