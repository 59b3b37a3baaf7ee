import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { flag, instant, oneOf } from './columns.ts';
import type { AccountId, ArticleId, MediaId, TopicId } from './ids.ts';
import { media } from './media.ts';
import { ARTICLE_STATES, LINK_KINDS, SERIAL_KINDS } from './news.values.ts';

export const columns = sqliteTable(
  'columns',
  {
    id: text('id').primaryKey(),
    parentId: text('parent_id').references((): AnySQLiteColumn => columns.id),
    name: text('name').notNull(),
    description: text('description').notNull(),
    keywords: text('keywords').notNull(),
    /** One of the inspection list's types, such as 工作动态. */
    type: text('type').notNull(),
    position: integer('position').notNull(),
    hidden: flag('hidden').notNull().default(false),
  },
  (t) => [index('columns_parent').on(t.parentId)],
);

export const articles = sqliteTable(
  'articles',
  {
    id: integer('id').primaryKey().$type<ArticleId>(),
    columnId: text('column_id')
      .notNull()
      .references(() => columns.id),
    state: text('state', { enum: ARTICLE_STATES }).notNull().default('draft'),
    kicker: text('kicker').notNull().default(''),
    title: text('title').notNull(),
    subtitle: text('subtitle').notNull().default(''),
    source: text('source').notNull().default(''),
    author: text('author').notNull().default(''),
    /** 责任编辑, as printed. */
    editor: text('editor').notNull().default(''),
    summary: text('summary').notNull().default(''),
    bodyHtml: text('body_html').notNull().default(''),
    coverId: text('cover_id')
      .$type<MediaId>()
      .references(() => media.id),
    /** A drawn scene of the demonstration city under `/scenes/`. */
    coverScene: text('cover_scene'),
    coverAlt: text('cover_alt').notNull().default(''),
    /** Name of the 专题 this article belongs to; empty for most. */
    topic: text('topic').notNull().default(''),
    serialKind: text('serial_kind', { enum: SERIAL_KINDS }),
    serialYear: integer('serial_year'),
    serialIssue: integer('serial_issue'),
    /** Set once; editing and publishing again never move it. */
    firstPublishedAt: instant('first_published_at'),
    /** When a correction of the published text was last published. */
    correctedAt: instant('corrected_at'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawReason: text('withdraw_reason').notNull().default(''),
    returnReason: text('return_reason').notNull().default(''),
    authorId: integer('author_id').$type<AccountId>(),
    /** Who last changed the text: may not approve it either. */
    editedBy: integer('edited_by').$type<AccountId>(),
    approverId: integer('approver_id').$type<AccountId>(),
    /** Where an imported draft came from: hash of the raw page, address, warnings, suggestions. */
    originHash: text('origin_hash'),
    origin: text('origin', { mode: 'json' }).$type<unknown>(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('articles_column').on(t.columnId, t.state, t.firstPublishedAt),
    index('articles_published').on(t.state, t.firstPublishedAt),
    index('articles_topic').on(t.topic),
    uniqueIndex('articles_origin').on(t.originHash).where(sql`origin_hash is not null`),
    uniqueIndex('articles_serial')
      .on(t.serialKind, t.serialYear, t.serialIssue)
      .where(sql`serial_kind is not null`),
    oneOf('articles_state', t.state, ARTICLE_STATES),
    oneOf('articles_serial_kind', t.serialKind, SERIAL_KINDS),
  ],
);

export const articleAttachments = sqliteTable(
  'article_attachments',
  {
    id: integer('id').primaryKey(),
    articleId: integer('article_id')
      .notNull()
      .$type<ArticleId>()
      .references(() => articles.id),
    mediaId: text('media_id')
      .notNull()
      .$type<MediaId>()
      .references(() => media.id),
    position: integer('position').notNull(),
  },
  (t) => [uniqueIndex('article_attachments_media').on(t.articleId, t.mediaId)],
);

/** Undirected: one row serves both articles, so that 解读 and 原文 always lead to each other. `a` is the smaller id. */
export const articleLinks = sqliteTable(
  'article_links',
  {
    id: integer('id').primaryKey(),
    a: integer('a')
      .notNull()
      .$type<ArticleId>()
      .references(() => articles.id),
    b: integer('b')
      .notNull()
      .$type<ArticleId>()
      .references(() => articles.id),
    kind: text('kind', { enum: LINK_KINDS }).notNull(),
  },
  (t) => [
    uniqueIndex('article_links_pair').on(t.a, t.b),
    index('article_links_b').on(t.b),
    oneOf('article_links_kind', t.kind, LINK_KINDS),
  ],
);

/** 专题: a set of articles about one matter or campaign. Its articles name it in `articles.topic`. */
export const topics = sqliteTable(
  'topics',
  {
    id: integer('id').primaryKey().$type<TopicId>(),
    name: text('name').notNull(),
    summary: text('summary').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    /** No longer added to, still read. */
    closedAt: instant('closed_at'),
  },
  (t) => [uniqueIndex('topics_name').on(t.name)],
);

/**
 * What an editor has typed and not saved yet, kept every few seconds and gone when the article itself is saved. For a
 * published article it is the working copy of a correction, which waits for another person once it is submitted.
 */
export const articleEdits = sqliteTable(
  'article_edits',
  {
    id: integer('id').primaryKey(),
    articleId: integer('article_id')
      .notNull()
      .$type<ArticleId>()
      .references(() => articles.id),
    accountId: integer('account_id')
      .notNull()
      .$type<AccountId>()
      .references(() => accounts.id),
    /** The version of the article on which the typing began. */
    baseVersion: integer('base_version').notNull(),
    fields: text('fields', { mode: 'json' }).notNull().$type<Record<string, string>>(),
    savedAt: instant('saved_at').notNull(),
    submittedAt: instant('submitted_at'),
    /** What a correction corrects, for who approves it. */
    note: text('note').notNull().default(''),
  },
  (t) => [uniqueIndex('article_edits_owner').on(t.articleId, t.accountId)],
);
