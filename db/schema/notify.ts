import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant, oneOf } from './columns.ts';
import type { MessageId } from './ids.ts';
import { MESSAGE_CHANNELS, MESSAGE_STATES } from './notify.values.ts';

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey().$type<MessageId>(),
    channel: text('channel', { enum: MESSAGE_CHANNELS }).notNull(),
    toSealed: text('to_sealed').notNull(),
    toHash: text('to_hash').notNull(),
    template: text('template').notNull(),
    paramsSealed: text('params_sealed').notNull(),
    event: text('event').notNull(),
    /** What it is about, as `case:12`; never what somebody wrote. */
    about: text('about'),
    state: text('state', { enum: MESSAGE_STATES }).notNull().default('queued'),
    tries: integer('tries').notNull().default(0),
    dueAt: instant('due_at').notNull(),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
    failure: text('failure'),
  },
  (t) => [
    index('outbox_due').on(t.state, t.dueAt),
    index('outbox_to').on(t.toHash, t.createdAt),
    oneOf('outbox_channel', t.channel, MESSAGE_CHANNELS),
    oneOf('outbox_state', t.state, MESSAGE_STATES),
  ],
);
