import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant } from './columns.ts';

/** Append-only (triggers refuse UPDATE and DELETE) and hash-chained. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    actorRoles: text('actor_roles').notNull(),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id').notNull(),
    detail: text('detail').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [index('audit_entity').on(t.entity, t.entityId), index('audit_at').on(t.at)],
);

/** Public pages that changed, for processes other than the one that changed them. */
export const purges = sqliteTable('purges', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: instant('at').notNull(),
  origin: text('origin').notNull(),
  tags: text('tags').notNull(),
});

/** Where a form's first sending was led, so that a second sending is led there too. */
export const formAnswers = sqliteTable(
  'form_answers',
  { id: text('id').primaryKey(), at: instant('at').notNull(), location: text('location').notNull() },
  (t) => [index('form_answers_at').on(t.at)],
);

/** What was sent after the session had ended, sealed, until its sender has signed in again. */
export const keptPosts = sqliteTable('kept_posts', {
  id: text('id').primaryKey(),
  at: instant('at').notNull(),
  path: text('path').notNull(),
  sealed: text('sealed').notNull(),
});

export const sequences = sqliteTable('sequences', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});

/** Facts about the store itself: the key check, the demonstration mark, the readiness probe. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** Counted tries by key and Beijing day: wrong codes, filings of a phone. */
export const attempts = sqliteTable('attempts', {
  key: text('key').primaryKey(),
  day: text('day').notNull(),
  count: integer('count').notNull(),
});

/** Readings of each public page by Beijing day; known robots apart. */
export const pageReads = sqliteTable(
  'page_reads',
  {
    key: text('key').primaryKey(),
    path: text('path').notNull(),
    day: text('day').notNull(),
    people: integer('people').notNull(),
    bots: integer('bots').notNull(),
  },
  (t) => [index('page_reads_path').on(t.path)],
);
