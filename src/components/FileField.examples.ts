import type { Props } from './FileField.astro';
import { exampleForm } from './form-view.ts';

export const examples = {
  photos: {
    label: '现场照片',
    name: 'file-photos',
    hint: '最多 6 张，每张不超过 10 MB，JPEG、PNG 或 WebP',
    accept: 'image/jpeg,image/png,image/webp',
    multiple: true,
    form: { ...exampleForm(), kept: [{ id: 'k1', name: '楼道.jpg' }] },
  },
  wrong: {
    label: '表格文件',
    name: 'file-wrong',
    accept: '.csv,.xlsx',
    required: true,
    form: exampleForm({}, { 'file-wrong': '「名册.docx」不是表格，请另存为 CSV 或 XLSX 后重新选择' }),
  },
} satisfies Record<string, Props>;
