import { AppError } from '#core/errors.ts';
import type {
  HonorClass,
  HonoreeEvent,
  HonoreeState,
  HonoreeSubject,
  HonorKind,
} from '#db/schema/honors.values.ts';
import { HONOR_CLASSES } from '#db/schema/honors.values.ts';

export const CLASS_LABEL: Readonly<Record<HonorClass, string>> = {
  helpful: '助人为乐',
  brave: '见义勇为',
  honest: '诚实守信',
  dedicated: '敬业奉献',
  filial: '孝老爱亲',
};

export const HONOREE_STATE_LABEL: Readonly<Record<HonoreeState, string>> = {
  candidate: '候选',
  publicity: '公示中',
  listed: '已入榜',
  revoked: '已撤销',
};

/** How an honour works. */
export interface HonorInfo {
  label: string;
  subject: HonoreeSubject;
  /** What `period` names: `2026-08` or `2026`. */
  period: 'month' | 'year';
  classes: readonly HonorClass[];
  /** Listed only after a passed notice period; without one, a recorded visit stands in its place. */
  publicity: boolean;
}

const info = (
  label: string,
  subject: HonoreeSubject,
  period: 'month' | 'year',
  classes: readonly HonorClass[] = [],
  publicity = true,
): HonorInfo => ({ label, subject, period, classes, publicity });

export const HONOR_INFO: Readonly<Record<HonorKind, HonorInfo>> = {
  goodPeople: info('身边好人榜', 'person', 'month', HONOR_CLASSES),
  moralModel: info('道德模范', 'person', 'year', HONOR_CLASSES),
  fiveGoodFamily: info('五好文明家庭', 'household', 'year'),
  civilizedFamily: info('文明家庭', 'household', 'year'),
  beautifulFamily: info('最美家庭', 'household', 'year'),
  civilizedCitizen: info('文明市民', 'person', 'year'),
  civilizedBuilding: info('文明楼院', 'unit', 'year'),
  civilizedCommunity: info('文明社区', 'unit', 'year'),
  civilizedUnit: info('文明单位', 'unit', 'year'),
  hygieneHousehold: info('文明卫生户', 'household', 'month', [], false),
  hygieneShop: info('文明卫生门店', 'unit', 'month', [], false),
};

const EVENT_LABEL: Readonly<Record<HonoreeEvent, string>> = {
  publicise: '开始公示',
  takeBack: '退回候选',
  list: '入榜',
  revoke: '撤销',
};

const MOVES: Readonly<
  Record<HonoreeEvent, { from: readonly HonoreeState[]; to: HonoreeState; reason: boolean }>
> = {
  publicise: { from: ['candidate'], to: 'publicity', reason: false },
  takeBack: { from: ['publicity'], to: 'candidate', reason: true },
  list: { from: ['candidate', 'publicity'], to: 'listed', reason: false },
  revoke: { from: ['listed'], to: 'revoked', reason: true },
};

/** What decides over the next step of an honouree. */
export interface Standing {
  kind: HonorKind;
  state: HonoreeState;
  consentAt: Date | null;
  /** Whether its notice period has passed. */
  publicityPassed: boolean;
  reason?: string;
}

/** The state after an event. Nothing becomes public without recorded consent, nothing is listed before its notice passed. */
export function nextHonoreeState(event: HonoreeEvent, standing: Standing): HonoreeState {
  const move = MOVES[event];
  const label = EVENT_LABEL[event];
  if (!move.from.includes(standing.state)) {
    throw new AppError(
      'conflict',
      `现在是「${HONOREE_STATE_LABEL[standing.state]}」，不能「${label}」。请刷新页面后再操作。`,
    );
  }
  if (move.reason && (standing.reason ?? '').trim() === '') {
    throw new AppError('invalid', `请写明${label}的理由。`, { reason: '请写明理由' });
  }
  if ((event === 'publicise' || event === 'list') && standing.consentAt === null) {
    throw new AppError('conflict', '还没有本人（未成年人为监护人）同意公开的记录，请先取得并登记同意。');
  }
  const needsPublicity = HONOR_INFO[standing.kind].publicity;
  if (event === 'publicise' && !needsPublicity) {
    throw new AppError(
      'conflict',
      `「${HONOR_INFO[standing.kind].label}」以上门核实代替公示，可以直接入榜。`,
    );
  }
  if (event === 'list' && needsPublicity && !(standing.state === 'publicity' && standing.publicityPassed)) {
    throw new AppError('conflict', '公示通过以后才能入榜。');
  }
  return move.to;
}

/** Whether name, portrait and deeds may stand on a public page. */
export function isShown(honoree: { state: HonoreeState; consentAt: Date | null }): boolean {
  return honoree.consentAt !== null && (honoree.state === 'publicity' || honoree.state === 'listed');
}

/** A period in words: 「2026年8月」 or 「2026年」; null for what is none of the kind's sort. */
export function periodLabel(kind: HonorKind, period: string): string | null {
  const match = /^(20\d{2})(?:-(0[1-9]|1[0-2]))?$/.exec(period);
  if (!match || (HONOR_INFO[kind].period === 'month') !== (match[2] !== undefined)) return null;
  return match[2] === undefined ? `${match[1]}年` : `${match[1]}年${Number(match[2])}月`;
}

/** Stands above every list of persons, since a list in a row looks like a ranking. */
export const ORDER_NOTE = '按姓氏笔画排列，不分先后';

const byStroke = new Intl.Collator('zh-Hans-u-co-stroke');

/** The usual order of persons, by strokes of the name; equal names keep their order. */
export function inStrokeOrder<T extends { name: string }>(people: readonly T[]): T[] {
  return [...people].sort((a, b) => byStroke.compare(a.name, b.name));
}
