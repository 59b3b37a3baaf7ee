import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant, oneOf } from './columns.ts';
import type { AccountId, MediaId } from './ids.ts';
import { MEDIA_KINDS, MEDIA_PURPOSES, MEDIA_STATES } from './media.values.ts';

/** One uploaded picture or attachment; its files lie under `DATA_DIR/media`, named by the unguessable id. */
export const media = sqliteTable(
  'media',
  {
    id: text('id').primaryKey().$type<MediaId>(),
    kind: text('kind', { enum: MEDIA_KINDS }).notNull(),
    purpose: text('purpose', { enum: MEDIA_PURPOSES }).notNull(),
    state: text('state', { enum: MEDIA_STATES }).notNull(),
    mime: text('mime').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    width: integer('width'),
    height: integer('height'),
    /** The name it was sent under, shown to staff and as an attachment's name; never a path. */
    name: text('name').notNull(),
    alt: text('alt').notNull().default(''),
    by: integer('by').$type<AccountId>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('media_state').on(t.state, t.createdAt),
    oneOf('media_kind', t.kind, MEDIA_KINDS),
    oneOf('media_state_values', t.state, MEDIA_STATES),
    oneOf('media_purpose', t.purpose, MEDIA_PURPOSES),
  ],
);
