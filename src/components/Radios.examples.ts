import { exampleForm } from './form-view.ts';
import type { Props } from './Radios.astro';

export const examples = {
  explained: {
    label: '公开方式',
    name: 'radios-explained',
    value: 'open',
    options: [
      { value: 'open', label: '公开', hint: '公开事情和办理过程；不公开姓名、电话和门牌号' },
      { value: 'closed', label: '不公开', hint: '只有您和工作人员能看到' },
      { value: 'secret', label: '保密', hint: '不公开，承办单位也看不到您的身份' },
    ],
  },
  wrong: {
    label: '您满意吗',
    name: 'radios-wrong',
    required: true,
    inline: true,
    options: [
      { value: '5', label: '非常满意' },
      { value: '4', label: '满意' },
      { value: '3', label: '基本满意' },
      { value: '2', label: '不满意' },
      { value: '1', label: '非常不满意' },
    ],
    form: exampleForm({}, { 'radios-wrong': '请选一项' }),
  },
} satisfies Record<string, Props>;
