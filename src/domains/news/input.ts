import { z } from 'zod';
import { checkbox, idField, integer, multiline, text } from '#core/fields.ts';
import type { AccountId, TopicId } from '#db/schema/ids.ts';

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

/** A decision about somebody's correction. */
export const CorrectionDecision = z.object({
  version,
  by: idField<AccountId>('提交人'),
  submitted: integer('提交时间').pipe(z.number()),
  reason: multiline('原因', { max: 500, optional: true }),
});

export const CoverForm = z.object({
  version,
  coverAlt: text('封面图片说明', { max: 120 }),
});

export const AttachmentForm = z.object({ version });

export const DetachForm = z.object({ version, media: text('附件', { max: 60 }) });

/** The article with what is to happen after it is saved. */
export const EditForm = ArticleForm.extend({ step: text('下一步', { max: 20, optional: true }) });

export const CorrectionForm = z.object({
  version,
  note: text('更正了什么', { max: 200 }),
});

export const TopicForm = z.object({
  topic: idField<TopicId>('专题'),
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
