import type { Props } from './BarChart.astro';

export const examples = {
  categories: {
    title: '各类诉求的件数',
    labelHead: '类别',
    valueHead: '件数',
    unit: ' 件',
    note: '统计到昨日 24:00。',
    bars: [
      { label: '乱停车', value: 128 },
      { label: '路面、路灯', value: 96 },
      { label: '暴露垃圾', value: 61 },
      { label: '油烟、噪声', value: 17 },
    ],
  },
} satisfies Record<string, Props>;
