import type { Props } from './ErrorSummary.astro';
import { exampleForm } from './form-view.ts';

export const examples = {
  fields: {
    form: exampleForm(
      {},
      { 'field-wrong': '查询码应为 6 位数字', 'checkbox-wrong': '请先阅读并勾选《个人信息处理说明》' },
    ),
  },
  general: { form: { ...exampleForm(), message: '这张工单刚被他人更新，请刷新后重试。' } },
} satisfies Record<string, Props>;
