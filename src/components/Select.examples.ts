import { exampleForm } from './form-view.ts';
import type { Props } from './Select.astro';

const communities = [
  {
    label: '汀南区',
    options: [
      { value: '1', label: '桂花社区' },
      { value: '2', label: '老码头社区' },
    ],
  },
  { label: '青屏区', options: [{ value: '3', label: '青屏社区' }] },
] as const;

export const examples = {
  grouped: {
    label: '所在社区',
    name: 'select-grouped',
    prompt: '不清楚属于哪个社区',
    options: communities,
    value: '2',
  },
  wrong: {
    label: '不予受理的原因',
    name: 'select-wrong',
    required: true,
    prompt: '请选择',
    options: [{ value: 'repeat', label: '同一事项，没有新的事实' }],
    form: exampleForm({}, { 'select-wrong': '请选择原因，诉求人会看到它' }),
  },
} satisfies Record<string, Props>;
