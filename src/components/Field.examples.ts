import type { Props } from './Field.astro';
import { exampleForm } from './form-view.ts';

export const examples = {
  plain: { label: '标题', name: 'field-plain', hint: '10 到 25 字为宜，可以不填', maxlength: 60 },
  needed: {
    label: '联系电话',
    name: 'field-needed',
    required: true,
    type: 'tel',
    inputmode: 'tel',
    autocomplete: 'tel',
    width: 'short',
  },
  wrong: {
    label: '查询码',
    name: 'field-wrong',
    hint: '6 位数字，写在回执上',
    required: true,
    inputmode: 'numeric',
    autocomplete: 'off',
    width: 'short',
    form: exampleForm({ 'field-wrong': '12a' }, { 'field-wrong': '查询码应为 6 位数字，请对照回执重新输入' }),
  },
} satisfies Record<string, Props>;
