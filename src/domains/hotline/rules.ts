import { AppError } from '#core/errors.ts';
import type { CaseEvent, Category, Kind, Party, Secrecy, State } from '#db/schema/hotline.values.ts';
import { EVENTS, STATES } from '#db/schema/hotline.values.ts';
import { STAFF_EVENT_LABEL, STAFF_LABEL } from './labels.ts';

/** States in which somebody still owes the resident something. */
export const LIVE_STATES = [
  'filed',
  'needs_info',
  'accepted',
  'dispatched',
  'handling',
  'returned',
  'answered',
  'follow_up',
  'redo',
] as const satisfies readonly State[];

/** States in which no clock runs. A few events (reopen, reconsider, unmerge …) still lead out of them. */
export const TERMINAL_STATES = [
  'refused',
  'referred',
  'closed',
  'signed_off',
  'terminated',
  'merged',
  'withdrawn',
] as const satisfies readonly State[];

/** Whether the case is still being worked on. */
export function isOpen(state: State): boolean {
  const live: readonly State[] = LIVE_STATES;
  return live.includes(state);
}

/** One row of the table of moves. `from: null` opens a case; `to: null` leaves the state as it is. */
export interface Move {
  event: CaseEvent;
  from: readonly State[] | null;
  to: readonly State[] | null;
  by: readonly Party[];
  /** The event is refused without a written reason. */
  reason: boolean;
}

const ANSWERABLE = ['handling', 'redo'] as const;
const ANYONE: readonly Party[] = ['complainant', 'operator', 'dispatcher', 'handler', 'inspector', 'system'];

/** The only moves that exist. Where `to` names several states, the case goes back to where it came from. */
export const MOVES: readonly Move[] = [
  { event: 'file', from: null, to: ['filed'], by: ['complainant', 'operator'], reason: false },
  { event: 'askInfo', from: ['filed', 'accepted'], to: ['needs_info'], by: ['dispatcher'], reason: true },
  { event: 'askInfo', from: ANSWERABLE, to: ['needs_info'], by: ['dispatcher', 'handler'], reason: true },
  {
    event: 'supply',
    from: ['needs_info'],
    to: ['filed', 'accepted', 'handling', 'redo'],
    by: ['complainant', 'operator'],
    reason: false,
  },
  { event: 'refuse', from: ['filed'], to: ['refused'], by: ['dispatcher'], reason: true },
  { event: 'reconsider', from: ['refused'], to: ['filed'], by: ['dispatcher'], reason: true },
  { event: 'accept', from: ['filed'], to: ['accepted'], by: ['dispatcher'], reason: false },
  { event: 'refer', from: ['filed', 'accepted'], to: ['referred'], by: ['dispatcher'], reason: true },
  { event: 'referralReturned', from: ['referred'], to: ['filed'], by: ['dispatcher'], reason: true },
  {
    event: 'dispatch',
    from: ['accepted', 'returned'],
    to: ['dispatched'],
    by: ['dispatcher'],
    reason: false,
  },
  { event: 'sign', from: ['dispatched'], to: ['handling'], by: ['handler'], reason: false },
  { event: 'return', from: ['dispatched', 'handling'], to: ['returned'], by: ['handler'], reason: true },
  { event: 'rule', from: ['returned'], to: ['dispatched'], by: ['dispatcher'], reason: true },
  { event: 'answer', from: ANSWERABLE, to: ['answered'], by: ['handler'], reason: false },
  { event: 'sendBack', from: ['answered'], to: ANSWERABLE, by: ['dispatcher'], reason: true },
  { event: 'approve', from: ['answered'], to: ['follow_up'], by: ['dispatcher'], reason: false },
  { event: 'confirm', from: ['follow_up'], to: ['closed'], by: ['complainant'], reason: false },
  { event: 'dispute', from: ['follow_up'], to: ['redo'], by: ['complainant'], reason: true },
  { event: 'lapse', from: ['follow_up'], to: ['closed'], by: ['system'], reason: false },
  {
    event: 'reassign',
    from: ['dispatched', 'handling'],
    to: ['dispatched'],
    by: ['dispatcher'],
    reason: true,
  },
  { event: 'giveUp', from: ['needs_info'], to: ['terminated'], by: ['system'], reason: false },
  { event: 'contact', from: LIVE_STATES, to: null, by: ['handler', 'operator'], reason: false },
  { event: 'followOk', from: ['follow_up'], to: ['closed'], by: ['operator'], reason: false },
  { event: 'followBad', from: ['follow_up'], to: ['redo'], by: ['operator'], reason: true },
  { event: 'signOff', from: ['closed'], to: ['signed_off'], by: ['inspector', 'system'], reason: false },
  {
    event: 'reopen',
    from: ['closed', 'signed_off'],
    to: ['redo'],
    by: ['complainant', 'inspector'],
    reason: true,
  },
  {
    event: 'terminate',
    from: ['accepted', 'needs_info', 'handling'],
    to: ['terminated'],
    by: ['dispatcher'],
    reason: true,
  },
  { event: 'merge', from: LIVE_STATES, to: ['merged'], by: ['dispatcher'], reason: false },
  { event: 'unmerge', from: ['merged'], to: LIVE_STATES, by: ['dispatcher'], reason: true },
  {
    event: 'withdraw',
    from: ['filed', 'needs_info', 'accepted', 'dispatched', 'handling', 'returned'],
    to: ['withdrawn'],
    by: ['complainant'],
    reason: false,
  },
  { event: 'askExtension', from: ANSWERABLE, to: null, by: ['handler'], reason: true },
  { event: 'extend', from: ANSWERABLE, to: null, by: ['dispatcher'], reason: true },
  {
    event: 'remind',
    from: LIVE_STATES,
    to: null,
    by: ['complainant', 'dispatcher', 'system'],
    reason: false,
  },
  { event: 'card', from: LIVE_STATES, to: null, by: ['system'], reason: false },
  { event: 'comment', from: STATES, to: null, by: ANYONE, reason: false },
];

/** What a terminal state says as its reason when the event itself asks nobody for one. */
export const STANDING_REASONS: Readonly<Partial<Record<CaseEvent, string>>> = {
  confirm: '诉求人确认已解决',
  lapse: '答复公布满 7 天未收到评价，自动办结',
  giveUp: '超过 10 个工作日未补充所需材料',
  followOk: '回访确认办结',
  signOff: '复查合格',
  merge: '与另一件诉求反映同一事项，合并办理',
  withdraw: '诉求人主动撤回',
};

const moves = new Map<CaseEvent, readonly Move[]>(
  EVENTS.map((event) => [event, MOVES.filter((move) => move.event === event)]),
);

const moveOf = (state: State | null, event: CaseEvent, by: Party | undefined): Move | undefined =>
  moves
    .get(event)
    ?.find(
      (move) =>
        (state === null ? move.from === null : move.from?.includes(state)) &&
        (by === undefined || move.by.includes(by)),
    );

/** Refuses, as a `conflict`, an event that the state (or the capacity somebody acts in) does not allow. */
export function assertEvent(state: State | null, event: CaseEvent, by?: Party): void {
  if (moveOf(state, event, by)) return;
  const now = state === null ? '尚未登记' : STAFF_LABEL[state];
  throw new AppError(
    'conflict',
    `工单现在是「${now}」，不能「${STAFF_EVENT_LABEL[event]}」。请刷新页面，按最新状态处理。`,
  );
}

/**
 * The state after an event. `origin` is where the case returns to (see `originOf`), needed by `supply`, `sendBack` and
 * `unmerge` alone. Throws `conflict` for a move that does not exist.
 */
export function nextState(state: State | null, event: CaseEvent, origin?: State): State {
  assertEvent(state, event);
  const targets = moveOf(state, event, undefined)?.to ?? null;
  if (targets === null) {
    if (state === null) throw new TypeError(`${event} neither opens a case nor moves one`);
    return state;
  }
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return only;
  if (origin === undefined || !targets.includes(origin)) {
    throw new TypeError(`${event} needs the state the case came from, one of ${targets.join(' ')}`);
  }
  return origin;
}

/** Events that lead into a state which is later left for where the case came from. */
const ENTRANCES: Readonly<Partial<Record<State, CaseEvent>>> = {
  needs_info: 'askInfo',
  answered: 'answer',
  merged: 'merge',
};

/** Where a case in `state` returns to, read from its log (oldest first); undefined where the state knows no way back. */
export function originOf(
  state: State,
  log: readonly { event: CaseEvent; from: State | null }[],
): State | undefined {
  const entrance = ENTRANCES[state];
  const latest = [...log].reverse().find((entry) => entry.event === entrance);
  return latest?.from ?? undefined;
}

/** What somebody in this capacity may do to a case now, in the order of the list of events. */
export function allowedEvents(state: State | null, by: Party): CaseEvent[] {
  return EVENTS.filter((event) => moveOf(state, event, by));
}

/** Whether the event is refused without a written reason. */
export function needsReason(event: CaseEvent): boolean {
  return moves.get(event)?.some((move) => move.reason) ?? false;
}

/** Whether anything about this complaint may ever stand on a public page, whatever its filer chose. */
export function mayBePublic(complaint: { kind: Kind; category: Category; secrecy: Secrecy }): boolean {
  return complaint.secrecy === 'open' && complaint.kind !== 'tipoff' && complaint.category !== 'RIGHTS';
}
