import { addDays, beijingDay, beijingTime } from '#core/clock.ts';

export type ClockState = 'running' | 'soon' | 'overdue' | 'paused' | 'met' | 'missed';

export interface ClockView {
  state: ClockState;
  /** Whole units left, or past when overdue; none while paused or after the end. */
  count?: number;
  unit?: 'workday' | 'day' | 'hour' | 'minute';
}

const UNIT_WORDS = { workday: '个工作日', day: '天', hour: '小时', minute: '分钟' } as const;

/** A deadline as a person would say it: 「还剩 2 个工作日」, 「今天到期」, 「已超期 1 小时」. */
export function clockWords({ state, count = 0, unit = 'workday' }: ClockView): string {
  const amount = `${count} ${UNIT_WORDS[unit]}`;
  switch (state) {
    case 'running':
    case 'soon':
      if (count > 0) return `还剩 ${amount}`;
      return unit === 'hour' || unit === 'minute' ? '即将到期' : '今天到期';
    case 'overdue':
      return count > 0 ? `已超期 ${amount}` : '已超期';
    case 'paused':
      return '已暂停，等待补充';
    case 'met':
      return '按时办结';
    case 'missed':
      return '超期办结';
  }
}

/** When something is due, as people say it: a day that ends at midnight is that day's 24:00, not the next day's 00:00. */
export function endOfDay(due: Date): string {
  const time = beijingTime(due);
  return time.endsWith('00:00') ? `${addDays(beijingDay(due), -1)} 24:00` : time;
}

/** The same for a list, where the year goes without saying: 「11月27日」, 「11月27日 14:30」. */
export function shortDue(due: Date): string {
  const time = beijingTime(due);
  const wholeDay = time.endsWith('00:00');
  const [, month, day] = (wholeDay ? addDays(beijingDay(due), -1) : beijingDay(due)).split('-').map(Number);
  return `${month}月${day}日${wholeDay ? '' : time.slice(10)}`;
}
