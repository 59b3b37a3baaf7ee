import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { OVERRIDE_KINDS } from './calendar.values.ts';
import { oneOf } from './columns.ts';

/** Rest and make-up days announced each year; they win over the library's. */
export const workdays = sqliteTable(
  'workdays',
  {
    date: text('date').primaryKey(),
    kind: text('kind', { enum: OVERRIDE_KINDS }).notNull(),
    name: text('name').notNull(),
    source: text('source').notNull(),
  },
  (t) => [oneOf('workdays_kind', t.kind, OVERRIDE_KINDS)],
);
