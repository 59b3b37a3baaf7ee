import type { ArticleId } from '#db/schema/ids.ts';
import { SERIAL_KINDS, type SerialKind } from '#db/schema/news.values.ts';
import { picturesIn } from '../body.ts';
import type { ArticleForm, EditField } from '../input.ts';
import type { ArticleRow } from '../store.ts';

/** What an editor may change of an article's own row. */
export type Written = Pick<
  ArticleRow,
  | 'columnId'
  | 'kicker'
  | 'title'
  | 'subtitle'
  | 'source'
  | 'author'
  | 'editor'
  | 'summary'
  | 'bodyHtml'
  | 'coverAlt'
  | 'topic'
  | 'serialKind'
  | 'serialYear'
  | 'serialIssue'
>;

/** The serial that a column numbers; `null` for any other column. */
export const serialOf = (columnId: string): SerialKind | null =>
  SERIAL_KINDS.find((kind) => kind === columnId) ?? null;

/** The row's part of a form. `bodyHtml` is to be cleaned before. A number without a serial is dropped. */
export function writtenOf(form: ArticleForm): Written {
  const serialKind = serialOf(form.columnId);
  const { columnId, kicker, title, subtitle, source, author, editor, summary, bodyHtml, coverAlt, topic } =
    form;
  return {
    ...{ columnId, kicker, title, subtitle, source, author, editor, summary, bodyHtml, coverAlt, topic },
    serialKind,
    serialYear: serialKind ? form.serialYear : null,
    serialIssue: serialKind ? form.serialIssue : null,
  };
}

/** The names of the fields that differ. */
export const changedFields = (before: Written, after: Written): string[] =>
  (Object.keys(after) as (keyof Written)[]).filter((field) => before[field] !== after[field]);

/** The ids that people wrote: an address of an article or its number on each line. */
export function idsIn(lines: string): ArticleId[] {
  const numbers = lines.split('\n').flatMap((line) => /(\d{1,10})\D*$/.exec(line)?.[1] ?? []);
  return [...new Set(numbers.map(Number))] as ArticleId[];
}

/** The fields of a form as they are kept while a correction is worked on. */
export function keptFields(form: ArticleForm): Record<EditField, string> {
  const { version: _, ...rest } = form;
  return {
    ...rest,
    serialYear: String(form.serialYear ?? ''),
    serialIssue: String(form.serialIssue ?? ''),
  };
}

/** What is still missing before another person may look at it; each a sentence. */
export function missingIn(article: Written & Pick<ArticleRow, 'coverId' | 'coverScene'>): string[] {
  const { bodyHtml } = article;
  const bare = [...bodyHtml.matchAll(/<img [^>]*>/g)].filter(([tag]) => !/ alt="[^"]*\S[^"]*"/.test(tag));
  const needsNumber = article.serialKind !== null && (!article.serialYear || !article.serialIssue);
  return [
    article.title.trim() === '' ? '没有标题' : '',
    bodyHtml.trim() === '' ? '没有正文' : '',
    article.source === '' ? '没有写来源' : '',
    article.editor === '' ? '没有写责任编辑' : '',
    bare.length > 0 ? `正文里有 ${bare.length} 张图片没有文字说明` : '',
    (article.coverId || article.coverScene) && article.coverAlt === '' ? '封面图片没有文字说明' : '',
    needsNumber ? '没有写年份和期号' : '',
  ].filter(Boolean);
}

/** The ids of the pictures an article shows, its cover among them. */
export const shownPictures = ({ bodyHtml, coverId }: Pick<ArticleRow, 'bodyHtml' | 'coverId'>): string[] => [
  ...new Set([...picturesIn(bodyHtml), ...(coverId ? [coverId] : [])]),
];
