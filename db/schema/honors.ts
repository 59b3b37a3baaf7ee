import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant, oneOf } from './columns.ts';
import { HONOR_CLASSES, HONOR_KINDS, HONOREE_STATES, HONOREE_SUBJECTS } from './honors.values.ts';
import type { HonoreeId, MediaId, PlaceId } from './ids.ts';
import { media } from './media.ts';
import { places } from './places.ts';

/** One person, household or unit on a roll. Nothing of it is public before consent and listing. */
export const honorees = sqliteTable(
  'honorees',
  {
    id: integer('id').primaryKey().$type<HonoreeId>(),
    kind: text('kind', { enum: HONOR_KINDS }).notNull(),
    class: text('class', { enum: HONOR_CLASSES }),
    /** Month `YYYY-MM` or year `YYYY` of the honour. */
    period: text('period').notNull(),
    subject: text('subject', { enum: HONOREE_SUBJECTS }).notNull(),
    name: text('name').notNull(),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    deeds: text('deeds').notNull(),
    story: text('story').notNull(),
    photoId: text('photo_id')
      .$type<MediaId>()
      .references(() => media.id),
    photoScene: text('photo_scene'),
    photoAlt: text('photo_alt').notNull().default(''),
    consentAt: instant('consent_at'),
    state: text('state', { enum: HONOREE_STATES }).notNull(),
    listedAt: instant('listed_at'),
    revokedAt: instant('revoked_at'),
    revokeReason: text('revoke_reason').notNull().default(''),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('honorees_roll').on(t.kind, t.state, t.period),
    index('honorees_place').on(t.placeId),
    oneOf('honorees_kind', t.kind, HONOR_KINDS),
    oneOf('honorees_class', t.class, HONOR_CLASSES),
    oneOf('honorees_subject', t.subject, HONOREE_SUBJECTS),
    oneOf('honorees_state', t.state, HONOREE_STATES),
  ],
);
