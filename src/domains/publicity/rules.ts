import { DAY_MS } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import type {
  ObjectionState,
  PublicityEvent,
  PublicityState,
  PublicitySubject,
} from '#db/schema/publicity.values.ts';
import type { Calendar, Due, Limit } from '#domains/calendar/rules.ts';
import { addDays, addWorkdays, extendDue, laterDue } from '#domains/calendar/rules.ts';

export const PUBLICITY_LABEL: Readonly<Record<PublicityState, string>> = {
  scheduled: '待公示',
  running: '公示中',
  objected: '有异议，核查中',
  passed: '公示无异议',
  failed: '公示未通过',
  withdrawn: '已撤回',
};

export const SUBJECT_LABEL: Readonly<Record<PublicitySubject, string>> = {
  family: '五好文明家庭',
  goodPerson: '好人榜',
  model: '道德模范',
  star: '星级志愿者',
  needyList: '困难帮扶名单',
  prize: '获奖名单',
  member: '成员名单',
  statement: '收支公开',
};

export const OBJECTION_LABEL: Readonly<Record<ObjectionState, string>> = {
  received: '已收到',
  checking: '核查中',
  upheld: '异议成立',
  rejected: '异议不成立',
};

const EVENT_LABEL: Readonly<Record<PublicityEvent, string>> = {
  start: '开始公示',
  object: '登记异议',
  settle: '异议核查完毕',
  pass: '公示通过',
  fail: '公示不通过',
  rerun: '更正后重新公示',
  withdraw: '撤回',
};

/** The only moves of a notice period. A rerun after a correction begins a whole new period. */
export const PUBLICITY_MOVES: Readonly<
  Record<PublicityEvent, { from: readonly PublicityState[]; to: PublicityState; reason: boolean }>
> = {
  start: { from: ['scheduled'], to: 'running', reason: false },
  object: { from: ['running', 'objected'], to: 'objected', reason: false },
  settle: { from: ['objected'], to: 'running', reason: true },
  pass: { from: ['running'], to: 'passed', reason: false },
  fail: { from: ['objected'], to: 'failed', reason: true },
  rerun: { from: ['objected', 'failed'], to: 'scheduled', reason: true },
  withdraw: { from: ['scheduled', 'running', 'objected'], to: 'withdrawn', reason: true },
};

/** How long a notice stands: both counts must be reached. */
export interface Length {
  days: number;
  workdays: number;
}

export const STANDARD_LENGTH: Length = { days: 7, workdays: 5 };

/** Time in which an objection is checked and answered. */
export const OBJECTION_LIMIT: Limit = { n: 5, unit: 'workday' };

/** When a notice posted at `postedAt` ends, at 24:00: the posting day is not counted, the longer of both counts decides. */
export function publicityEnd(cal: Calendar, postedAt: Date, length: Length = STANDARD_LENGTH): Due {
  return laterDue(addDays(cal, postedAt, length.days), addWorkdays(cal, postedAt, length.workdays));
}

/** The end after the notice could not be read for a while: every day begun of the outage is added. */
export function extendForOutage(cal: Calendar, end: Due, from: Date, to: Date): Due {
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  return days <= 0 ? end : extendDue(cal, end, { n: days, unit: 'day' });
}

/** Where a notice stands when somebody wants to move it. */
export interface Standing {
  state: PublicityState;
  endsAt: Date;
  objections: readonly ObjectionState[];
  reason?: string;
}

const OPEN: readonly ObjectionState[] = ['received', 'checking'];

/** The state after an event. Nothing passes while the period runs, an objection is open, or one was upheld. */
export function nextPublicityState(event: PublicityEvent, standing: Standing, now: Date): PublicityState {
  const move = PUBLICITY_MOVES[event];
  if (!move.from.includes(standing.state)) {
    throw new AppError(
      'conflict',
      `公示现在是「${PUBLICITY_LABEL[standing.state]}」，不能「${EVENT_LABEL[event]}」。请刷新页面后再操作。`,
    );
  }
  if (move.reason && (standing.reason ?? '').trim() === '') {
    throw new AppError('invalid', `请写明「${EVENT_LABEL[event]}」的理由。`, { reason: '请写明理由' });
  }
  if (event === 'object' && now.getTime() >= standing.endsAt.getTime()) {
    throw new AppError('conflict', '公示期已经结束，不能再登记异议。可以向主办单位书面反映。');
  }
  if (event === 'pass' || event === 'settle') {
    if (standing.objections.some((state) => OPEN.includes(state))) {
      throw new AppError('conflict', '还有异议没有核查完，公示不能继续。请先处理异议。');
    }
    if (standing.objections.includes('upheld')) {
      throw new AppError('conflict', '有一件异议成立，公示不能通过。请改为不通过，或更正后重新公示。');
    }
  }
  if (event === 'pass' && now.getTime() < standing.endsAt.getTime()) {
    throw new AppError('conflict', '公示期还没有结束，不能通过。');
  }
  return move.to;
}

/** What a notice still lacks before it may be posted, field by field; at least one way to object must stand in it. */
export function publicityProblems(notice: {
  text: string;
  phone: string;
  address: string;
  mail: string;
}): Record<string, string> {
  const problems: Record<string, string> = {};
  if (notice.text.trim() === '') problems.text = '请填写公示内容';
  if (notice.phone.trim() === '') problems.phone = '请填写接受异议的电话';
  if (notice.address.trim() === '' && notice.mail.trim() === '')
    problems.address = '请填写接受异议的地址或邮箱';
  return problems;
}

const SEARCHABLE_DAYS = 30;

/** Whether names of a notice may still be found by search: until 30 days after its end. */
export function isSearchable(endsAt: Date, now: Date): boolean {
  return now.getTime() < endsAt.getTime() + SEARCHABLE_DAYS * DAY_MS;
}
