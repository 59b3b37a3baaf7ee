import type { Props } from './Timeline.astro';

export const examples = {
  handling: {
    steps: [
      { title: '已提交', at: new Date('2026-03-02T01:12:00Z') },
      { title: '已受理', at: new Date('2026-03-02T02:40:00Z'), by: '市热线中心' },
      { title: '已派单', at: new Date('2026-03-02T03:05:00Z'), by: '市热线中心', text: '牵头单位：市路灯所' },
      { title: '办理中', at: new Date('2026-03-02T06:30:00Z'), by: '市路灯所', state: 'now' },
      { title: '答复，请您评价', state: 'later' },
    ],
  },
} satisfies Record<string, Props>;
