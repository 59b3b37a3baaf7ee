import { bodyText } from '../body.ts';
import type { EditField } from '../input.ts';

const FIELD_LABEL: Readonly<Record<EditField, string>> = {
  columnId: '栏目',
  kicker: '引题',
  title: '标题',
  subtitle: '副题',
  source: '来源',
  author: '作者',
  editor: '责任编辑',
  summary: '摘要',
  bodyHtml: '正文',
  coverAlt: '封面图片说明',
  topic: '专题',
  serialYear: '年份',
  serialIssue: '期号',
  related: '相关文章',
  interprets: '解读或原文',
};

export interface Difference {
  label: string;
  /** What goes, line by line. */
  before: string[];
  /** What comes in its place. */
  after: string[];
}

const FORMATTING = '（文字未变，格式、图片或链接有变）';

function bodyDifference(before: string, after: string): Pick<Difference, 'before' | 'after'> {
  const [old, fresh] = [bodyText(before).split('\n'), bodyText(after).split('\n')];
  const gone = old.filter((line) => !fresh.includes(line));
  const come = fresh.filter((line) => !old.includes(line));
  return gone.length + come.length > 0 ? { before: gone, after: come } : { before: [], after: [FORMATTING] };
}

/** What a correction changes, field by field; of the text only the paragraphs that differ. */
export function compareFields(
  before: Readonly<Record<EditField, string>>,
  after: Readonly<Partial<Record<EditField, string>>>,
): Difference[] {
  return (Object.keys(FIELD_LABEL) as EditField[]).flatMap((field) => {
    const [old, fresh] = [before[field], after[field] ?? ''];
    if (old === fresh) return [];
    const label = FIELD_LABEL[field];
    if (field === 'bodyHtml') return [{ label, ...bodyDifference(old, fresh) }];
    return [{ label, before: old ? [old] : [], after: fresh ? [fresh] : [] }];
  });
}
