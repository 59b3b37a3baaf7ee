import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { instant, oneOf } from './columns.ts';
import { SEARCH_KINDS } from './search.values.ts';

/** What can be found, in its own words; `search_index` (FTS5, hand-written migration) holds its tokens under the same id. */
export const searchEntries = sqliteTable(
  'search_entries',
  {
    id: integer('id').primaryKey(),
    kind: text('kind', { enum: SEARCH_KINDS }).notNull(),
    ref: text('ref').notNull(),
    url: text('url').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    /** The facet it is counted under: a column's id, or the kind. */
    facet: text('facet').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    uniqueIndex('search_entries_ref').on(t.kind, t.ref),
    index('search_entries_facet').on(t.facet),
    oneOf('search_entries_kind', t.kind, SEARCH_KINDS),
  ],
);
