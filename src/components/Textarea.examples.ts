import { exampleForm } from './form-view.ts';
import type { Props } from './Textarea.astro';

export const examples = {
  plain: {
    label: '诉求内容',
    name: 'textarea-plain',
    hint: '请写明时间、地点和经过，2 到 4000 字',
    required: true,
    maxlength: 4000,
  },
  wrong: {
    label: '不满意的原因',
    name: 'textarea-wrong',
    rows: 3,
    required: true,
    form: exampleForm({}, { 'textarea-wrong': '请写明原因，承办单位会逐条看到' }),
  },
} satisfies Record<string, Props>;
