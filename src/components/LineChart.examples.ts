import type { Props } from './LineChart.astro';

export const examples = {
  months: {
    title: '各月收到与办结',
    labelHead: '月份',
    unit: '件',
    labels: ['1月', '2月', '3月', '4月', '5月', '6月', '7月', '8月', '9月', '10月', '11月', '12月'],
    series: [
      { label: '收到', values: [42, 38, 55, 61, 58, 70, 82, 79, 66, 60, 52, 47] },
      { label: '办结', values: [40, 35, 51, 60, 57, 66, 75, 80, 69, 61, 50, null] },
    ],
    note: '12 月尚未结束，办结数待统计。',
  },
} satisfies Record<string, Props>;
