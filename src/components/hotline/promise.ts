import type { PromiseFigures } from '#domains/hotline/statistics/service.ts';
import type { Props } from '../PromiseStrip.astro';

const HOW = '/hotline/statistics';

/** The hotline's promise in three figures, each leading to how it is counted. */
export function promiseOf({ days, received, answered, medianDays, onTime }: PromiseFigures): Props {
  return {
    figures: [
      { label: '已答复', value: String(answered), unit: '件', href: `${HOW}#answered` },
      { label: '用时中位数', value: medianDays?.toFixed(1) ?? '—', unit: '天', href: `${HOW}#median` },
      { label: '按时答复', value: onTime, href: `${HOW}#on-time` },
    ],
    note: `最近 ${days} 天共收到 ${received} 件。点数字看怎么算。`,
  };
}
