import type { Props } from './PromiseStrip.astro';

export const examples = {
  month: {
    figures: [
      { label: '一般几天办结', value: '2.4', unit: '个工作日', href: '#' },
      { label: '按时办结', value: '96.3%', href: '#' },
      { label: '群众满意', value: '91.8%', href: '#' },
    ],
    note: '近 30 天，点数字看算法。',
  },
} satisfies Record<string, Props>;
