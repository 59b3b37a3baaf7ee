import type { Props } from './Checkbox.astro';
import { exampleForm } from './form-view.ts';

export const examples = {
  one: {
    label: '承办单位可以看到我的电话，便于联系',
    name: 'checkbox-one',
    hint: '不勾选时，由热线中心转达',
  },
  wrong: {
    label: '我已阅读《个人信息处理说明》，同意为办理本诉求使用以上信息',
    name: 'checkbox-wrong',
    required: true,
    form: exampleForm({}, { 'checkbox-wrong': '请先阅读并勾选《个人信息处理说明》' }),
  },
  several: {
    label: '您愿意参加的服务',
    name: 'checkbox-several',
    inline: true,
    options: [
      { value: 'elderly', label: '扶老助残' },
      { value: 'cleanup', label: '清洁日' },
      { value: 'traffic', label: '文明劝导' },
    ],
    form: exampleForm({ 'checkbox-several': 'cleanup' }),
  },
} satisfies Record<string, Props>;
