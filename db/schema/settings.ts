import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant } from './columns.ts';
import type { AccountId } from './ids.ts';

/** Dated configuration: a change closes the row before and adds its own, so that old periods recompute with old values. */
export const settings = sqliteTable(
  'settings',
  {
    id: integer('id').primaryKey(),
    key: text('key').notNull(),
    value: text('value', { mode: 'json' }).notNull().$type<unknown>(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
    by: integer('by').$type<AccountId>(),
  },
  (t) => [index('settings_key').on(t.key, t.validFrom)],
);
