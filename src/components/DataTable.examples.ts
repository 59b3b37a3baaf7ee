import type { Props } from './DataTable.astro';

export const examples = {
  cases: {
    caption: '公开的诉求',
    columns: [
      { key: 'number', label: '工单号' },
      { key: 'title', label: '事项' },
      { key: 'unit', label: '承办单位' },
      { key: 'days', label: '用时（工作日）', numeric: true },
      { key: 'state', label: '状态' },
    ],
    rows: [
      {
        number: { text: 'A2026-00012', href: '#' },
        title: '桂花社区 3 号楼道灯不亮',
        unit: '市路灯所',
        days: 2,
        state: { text: '已办结', tone: 'good' },
      },
      {
        number: { text: 'A2026-00015', href: '#' },
        title: '老码头社区人行道井盖松动',
        unit: '市政管护中心',
        days: null,
        state: { text: '办理中', tone: 'info' },
      },
    ],
    exportHref: '#',
  },
  none: {
    caption: '待签收的工单',
    columns: [
      { key: 'number', label: '工单号' },
      { key: 'due', label: '期限' },
    ],
    rows: [],
    empty: '目前没有待签收的工单。派给本单位的工单会出现在这里。',
  },
} satisfies Record<string, Props>;
