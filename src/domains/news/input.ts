import { z } from 'zod';
import { checkbox, integer, multiline, text } from '#core/fields.ts';

const line = (label: string, max: number) => text(label, { max, optional: true });

const version = integer('版本').pipe(z.number());

/** What an editor writes of an article. Drafts may be full of gaps; what is missing is asked for when one is submitted. */
export const ArticleForm = z.object({
  version,
  columnId: text('栏目', { max: 60 }),
  kicker: line('引题', 60),
  title: text('标题', { max: 100 }),
  subtitle: line('副题', 100),
  source: line('来源', 60),
  author: line('作者', 60),
  editor: line('责任编辑', 60),
  summary: multiline('摘要', { max: 300, optional: true }),
  bodyHtml: multiline('正文', { max: 300_000, optional: true }),
  coverAlt: line('封面图片说明', 120),
  topic: line('专题', 40),
  serialYear: integer('年份', { min: 1949, max: 2200, optional: true }),
  serialIssue: integer('期号', { min: 1, max: 9999, optional: true }),
  related: multiline('相关文章', { max: 2000, optional: true }),
  interprets: multiline('解读或原文', { max: 2000, optional: true }),
});
export type ArticleForm = z.output<typeof ArticleForm>;

export const NewArticleForm = ArticleForm.pick({ columnId: true, title: true });

export const VersionForm = z.object({ version });

/** A decision that is told in words: sent back, withdrawn. */
export const ReasonForm = z.object({
  version,
  reason: multiline('原因', { max: 500 }),
});

export const PublishForm = z.object({ version, originalTime: checkbox() });

export const CoverForm = z.object({
  version,
  coverAlt: text('封面图片说明', { max: 120 }),
});

export const AttachmentForm = z.object({ version });

export const CorrectionForm = z.object({
  version,
  note: text('更正了什么', { max: 200 }),
});

export const TopicForm = z.object({
  name: text('专题名称', { max: 40 }),
  summary: multiline('专题导语', { max: 300, optional: true }),
  closed: checkbox(),
});

/** The fields of an article that a correction may change, as they are kept while it is worked on. */
export const EDIT_FIELDS = [
  'columnId',
  'kicker',
  'title',
  'subtitle',
  'source',
  'author',
  'editor',
  'summary',
  'bodyHtml',
  'coverAlt',
  'topic',
  'serialYear',
  'serialIssue',
  'related',
  'interprets',
] as const;
export type EditField = (typeof EDIT_FIELDS)[number];
