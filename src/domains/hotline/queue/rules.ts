import type { Actor } from '#core/actor.ts';
import { can, type Permission } from '#core/permissions.ts';
import type { State, Urgency } from '#db/schema/hotline.values.ts';
import type { Calendar, Due, Limit } from '#domains/calendar/rules.ts';
import { dispatchDue, type LimitTable, stepDue } from '../clocks.ts';
import { LIVE_STATES } from '../rules.ts';

/** What narrows a basket beyond the states of its cases. */
export type Narrow = 'review' | 'publish' | 'callBack' | 'lead' | 'helper';

/** One pile on somebody's desk. */
export interface Basket {
  label: string;
  /** Whose work it is. */
  permission: Permission;
  /** Null: cases in every state. */
  states: readonly State[] | null;
  narrow?: Narrow;
  /** `due`: the most urgent clock first · `waiting`: the longest wait first · `newest`: the latest filing first. */
  order: 'due' | 'waiting' | 'newest';
  /** Whether somebody waits for this person here; other baskets are for looking. */
  work: boolean;
  /** What will appear here, said while it is empty. */
  empty: string;
}

export const BASKETS = {
  intake: {
    label: '待受理',
    permission: 'hotline:accept',
    states: ['filed'],
    order: 'due',
    work: true,
    empty: '群众新提交的诉求会出现在这里。',
  },
  review: {
    label: '超量待核',
    permission: 'hotline:accept',
    states: ['filed'],
    narrow: 'review',
    order: 'due',
    work: true,
    empty: '同一手机号短时间内提交过多的诉求会标在这里，请先看是否重复。',
  },
  dispatch: {
    label: '待派单',
    permission: 'hotline:dispatch',
    states: ['accepted'],
    order: 'due',
    work: true,
    empty: '已受理、还没有派给单位的工单会出现在这里。',
  },
  returned: {
    label: '退单待裁定',
    permission: 'hotline:dispatch',
    states: ['returned'],
    order: 'due',
    work: true,
    empty: '单位退回的工单会出现在这里，由热线裁定谁办。',
  },
  answered: {
    label: '答复待审核',
    permission: 'hotline:approve',
    states: ['answered'],
    order: 'due',
    work: true,
    empty: '单位提交的答复会出现在这里，审核通过后才告诉诉求人。',
  },
  publish: {
    label: '待公开审核',
    permission: 'hotline:publish',
    states: null,
    narrow: 'publish',
    order: 'waiting',
    work: true,
    empty: '诉求人同意公开、还没有决定公开内容的工单会出现在这里。',
  },
  callback: {
    label: '请回电',
    permission: 'hotline:follow-up',
    states: LIVE_STATES,
    narrow: 'callBack',
    order: 'waiting',
    work: true,
    empty: '要求回电、还没有联系过的诉求人会出现在这里。',
  },
  followup: {
    label: '待回访',
    permission: 'hotline:follow-up',
    states: ['follow_up'],
    order: 'waiting',
    work: true,
    empty: '已答复的工单会出现在这里，请在答复后一个工作日内回访。',
  },
  sign: {
    label: '待签收',
    permission: 'hotline:handle',
    states: ['dispatched'],
    narrow: 'lead',
    order: 'due',
    work: true,
    empty: '热线派给本单位的工单会出现在这里。',
  },
  handling: {
    label: '办理中',
    permission: 'hotline:handle',
    states: ['handling'],
    narrow: 'lead',
    order: 'due',
    work: true,
    empty: '签收后还没有答复的工单会出现在这里。',
  },
  redo: {
    label: '重办',
    permission: 'hotline:handle',
    states: ['redo'],
    narrow: 'lead',
    order: 'due',
    work: true,
    empty: '诉求人认为没有解决、要重新办理的工单会出现在这里。',
  },
  checking: {
    label: '答复审核中',
    permission: 'hotline:handle',
    states: ['answered'],
    narrow: 'lead',
    order: 'due',
    work: false,
    empty: '本单位已提交、热线还没有审核的答复会出现在这里。',
  },
  helping: {
    label: '协办',
    permission: 'hotline:handle',
    states: LIVE_STATES,
    narrow: 'helper',
    order: 'due',
    work: false,
    empty: '由别的单位牵头、本单位协办的工单会出现在这里。',
  },
  paused: {
    label: '等诉求人补充',
    permission: 'hotline:read',
    states: ['needs_info'],
    order: 'waiting',
    work: false,
    empty: '正等诉求人补充情况、期限暂停的工单会出现在这里。',
  },
  open: {
    label: '全部在办',
    permission: 'hotline:read',
    states: LIVE_STATES,
    order: 'due',
    work: false,
    empty: '您负责的范围内还没有在办的工单。',
  },
  all: {
    label: '全部工单',
    permission: 'hotline:read',
    states: null,
    order: 'newest',
    work: false,
    empty: '您负责的范围内还没有工单。',
  },
} as const satisfies Record<string, Basket>;
export type BasketKey = keyof typeof BASKETS;

export const BASKET_KEYS = Object.keys(BASKETS) as readonly BasketKey[];

export const basketOf = (key: BasketKey): Basket => BASKETS[key];

// Their cases are never public, and no unit helps with them.
const NOT_FOR_RIGHTS: readonly BasketKey[] = ['publish', 'helping'];

/** The baskets on this person's desk, in the order of a case's way. The officers for rights take every step themselves. */
export function basketsFor(actor: Actor): BasketKey[] {
  const rights = can(actor, 'hotline:rights');
  return BASKET_KEYS.filter(
    (key) => can(actor, BASKETS[key].permission) || (rights && !NOT_FOR_RIGHTS.includes(key)),
  );
}

/** States whose clock runs: what is asked of the filer, or already answered, is nobody's delay. */
export const TICKING_STATES = [
  'filed',
  'accepted',
  'dispatched',
  'handling',
  'returned',
  'answered',
  'redo',
] as const satisfies readonly State[];

/** A case as far as the clock of its present step goes. */
export interface Stepping {
  state: State;
  urgency: Urgency;
  filedAt: Date;
  /** When it came into its present state. */
  since: Date;
}

/** The clock of the step that a case now waits for, beside its own; null where the step has none. */
export function stepClock(
  cal: Calendar,
  c: Stepping,
  limits: LimitTable,
): { label: string; due: Due } | null {
  switch (c.state) {
    case 'filed':
      return { label: '受理', due: stepDue(cal, c.filedAt, 'accept', limits) };
    case 'accepted':
      return { label: '派单', due: dispatchDue(cal, c.filedAt, c.urgency, limits) };
    case 'dispatched':
      return { label: '签收', due: stepDue(cal, c.since, 'sign', limits) };
    case 'needs_info':
      return { label: '补充', due: stepDue(cal, c.since, 'info', limits) };
    case 'follow_up':
      return { label: '回访', due: stepDue(cal, c.since, 'followUp', limits) };
    default:
      return null;
  }
}

const UNIT_WORDS = { hour: '小时', workday: '个工作日', day: '天', month: '个月' } as const;

/** 「4 小时」, 「1 个工作日」. */
export const limitWords = ({ n, unit }: Limit): string => `${n} ${UNIT_WORDS[unit]}`;
