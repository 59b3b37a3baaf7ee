import { AppError } from '#core/errors.ts';
import type {
  CaseEvent,
  Category,
  Channel,
  Kind,
  Outcome,
  Party,
  RatingLevel,
  RefusalCode,
  Secrecy,
  State,
  Urgency,
} from '#db/schema/hotline.values.ts';
import { EVENTS, STATES } from '#db/schema/hotline.values.ts';

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

/** Each state in the words residents read. */
export const PUBLIC_LABEL: Readonly<Record<State, string>> = {
  filed: '已提交',
  needs_info: '待您补充',
  refused: '不予受理',
  referred: '已转有关部门',
  accepted: '已受理',
  dispatched: '已派单',
  handling: '办理中',
  returned: '退回重派',
  answered: '办理中',
  follow_up: '已答复，请您评价',
  closed: '已办结',
  signed_off: '已销号',
  redo: '重新办理',
  terminated: '终止办理',
  merged: '已并入',
  withdrawn: '已撤回',
};

/** The state in residents' words, with the name of the department or the number it was handed to, where there is one. */
export function publicLabel(state: State, towards?: string): string {
  if (state === 'referred' && towards) return `已转${towards}`;
  if (state === 'merged' && towards) return `已并入 ${towards}`;
  return PUBLIC_LABEL[state];
}

/** Each state in the words of the desk. */
export const STAFF_LABEL: Readonly<Record<State, string>> = {
  ...PUBLIC_LABEL,
  filed: '待受理',
  needs_info: '待补充',
  referred: '已转办',
  accepted: '待派单',
  dispatched: '待签收',
  returned: '退单待裁定',
  answered: '答复待审核',
  follow_up: '待回访',
  redo: '重办',
};

/** Each event as the public timeline tells it. */
export const PUBLIC_EVENT_LABEL: Readonly<Record<CaseEvent, string>> = {
  file: '诉求已提交',
  askInfo: '请诉求人补充情况',
  supply: '诉求人已补充情况',
  refuse: '不予受理，已告知理由',
  reconsider: '复核后重新登记',
  accept: '已受理',
  refer: '已转有关部门',
  referralReturned: '有关部门退回，重新登记',
  dispatch: '已派给承办单位',
  sign: '承办单位已签收，开始办理',
  return: '承办单位退回，由热线重新派单',
  rule: '已确定承办单位，重新派单',
  answer: '承办单位已提交答复，正在审核',
  sendBack: '答复未通过审核，继续办理',
  approve: '已答复',
  confirm: '诉求人确认已解决，办结',
  dispute: '诉求人认为没有解决，重新办理',
  lapse: '公布答复后 7 天未收到评价，办结',
  reassign: '更换承办单位',
  giveUp: '一直未收到补充情况，终止办理',
  contact: '已与诉求人联系',
  followOk: '回访后办结',
  followBad: '回访时诉求人反映没有解决，重新办理',
  signOff: '复查合格，销号',
  reopen: '问题再次出现或没有解决，重新办理',
  terminate: '终止办理，已说明理由',
  merge: '与同类诉求合并办理',
  unmerge: '恢复单独办理',
  withdraw: '诉求人撤回',
  askExtension: '承办单位申请延期',
  extend: '已批准延期',
  remind: '催办',
  card: '临近或超过时限，已提醒承办单位',
  comment: '补充说明',
};

/** Each event as a button or log entry of the desk. */
export const STAFF_EVENT_LABEL: Readonly<Record<CaseEvent, string>> = {
  file: '登记',
  askInfo: '请补充',
  supply: '补充',
  refuse: '不予受理',
  reconsider: '复核改受理',
  accept: '受理',
  refer: '转办',
  referralReturned: '转办退回',
  dispatch: '派单',
  sign: '签收',
  return: '退单',
  rule: '裁定派单',
  answer: '提交答复',
  sendBack: '退回修改',
  approve: '审核通过',
  confirm: '诉求人确认',
  dispute: '诉求人不认可',
  lapse: '到期自动办结',
  reassign: '改派',
  giveUp: '未补充终止',
  contact: '联系诉求人',
  followOk: '回访办结',
  followBad: '回访重办',
  signOff: '销号',
  reopen: '重办',
  terminate: '终止办理',
  merge: '并案',
  unmerge: '撤销并案',
  withdraw: '撤回',
  askExtension: '申请延期',
  extend: '批准延期',
  remind: '催办',
  card: '亮牌',
  comment: '备注',
};

export const KIND_LABEL: Readonly<Record<Kind, string>> = {
  consult: '咨询',
  help: '求助',
  complaint: '投诉',
  tipoff: '举报',
  suggestion: '建议',
};

export const SECRECY_LABEL: Readonly<Record<Secrecy, string>> = {
  open: '公开办理过程（姓名、电话、门牌号不公开）',
  closed: '不公开',
  secret: '不公开，并对承办单位保密我的身份',
};

export const CHANNEL_LABEL: Readonly<Record<Channel, string>> = {
  web: '网站',
  phone: '电话',
  onsite: '来访',
  letter: '来信',
  open311: '开放接口',
  import: '历史导入',
};

export const URGENCY_LABEL: Readonly<Record<Urgency, string>> = {
  emergency: '危及人身、财产安全',
  utilities: '水电气热、极端天气',
  ordinary: '一般',
  complex: '疑难复杂',
};

export const OUTCOME_LABEL: Readonly<Record<Outcome, string>> = {
  fixed: '已解决',
  explained: '已解释说明',
  provided: '已提供信息',
  unsubstantiated: '反映情况不实',
};

export const RATING_LABEL: Readonly<Record<RatingLevel, string>> = {
  very_satisfied: '非常满意',
  satisfied: '满意',
  basically_satisfied: '基本满意',
  dissatisfied: '不满意',
  very_dissatisfied: '非常不满意',
};

/** Why a matter is not taken on, and what the person can do instead. */
export const REFUSALS: Readonly<Record<RefusalCode, { label: string; route: string }>> = {
  notGov: {
    label: '不属于本热线职责范围',
    route: '请写明该由哪个单位处理，以及它的电话或地址。',
  },
  emergency: {
    label: '属于紧急警情、火情或急救',
    route: '紧急情况请立即拨打 110、119 或 120。',
  },
  partyCourtArmy: {
    label: '属于党委、人大、政协、监察、法院、检察院或军队事务',
    route: '请直接向相应机关反映，例如拨打 12388（纪检监察）、12368（法院）、12309（检察院）。',
  },
  inProcess: {
    label: '正在或应当通过诉讼、仲裁、行政复议、信访或信息公开申请处理',
    route: '请向正在办理该事项的机关查询和反映。',
  },
  secret: {
    label: '涉及国家秘密、商业秘密或他人隐私',
    route: '请到有权处理的单位当面反映，不要在网上提交涉密内容。',
  },
  repeat: {
    label: '同一事项已经办结，没有新的事实和理由',
    route: '可查看原来的答复；有新情况请在原诉求中申请重新办理。',
  },
  unlawful: {
    label: '内容违法、辱骂、广告，或没有具体事项',
    route: '请写清具体的事情、地点和希望解决的问题后重新提交。',
  },
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
