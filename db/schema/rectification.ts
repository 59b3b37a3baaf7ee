import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { flag, instant, oneOf } from './columns.ts';
import type { AccountId, MediaId, NoticeId, NoticeVisitId, PlaceId, UnitId } from './ids.ts';
import { media } from './media.ts';
import { orgUnits, places } from './places.ts';
import {
  COPIES,
  DELIVERY_WAYS,
  MATTERS,
  NOTICE_EVENTS,
  NOTICE_PARTIES,
  NOTICE_PHOTO_STAGES,
  NOTICE_STATES,
  RESPONSIBLE_KINDS,
  SUBJECT_TYPES,
  VISIT_STATES,
} from './rectification.values.ts';

/** One numbered notice; both of its copies carry the same number. */
export const notices = sqliteTable(
  'notices',
  {
    id: integer('id').primaryKey().$type<NoticeId>(),
    /** None before it is issued; a void one keeps its own. */
    number: text('number'),
    state: text('state', { enum: NOTICE_STATES }).notNull(),
    matter: text('matter', { enum: MATTERS }).notNull(),
    /** What it was opened from, such as a case; both empty for one that stands by itself. */
    subjectType: text('subject_type', { enum: SUBJECT_TYPES }),
    subjectId: integer('subject_id'),
    /** The notice that was signed off before the same thing came back. */
    relapseOf: integer('relapse_of')
      .$type<NoticeId>()
      .references((): AnySQLiteColumn => notices.id),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    point: text('point').notNull(),
    legalBasis: text('legal_basis').notNull(),
    clause: text('clause').notNull(),
    description: text('description').notNull(),
    demand: text('demand').notNull(),
    issuerUnitId: integer('issuer_unit_id')
      .notNull()
      .$type<UnitId>()
      .references(() => orgUnits.id),
    partyKind: text('party_kind', { enum: RESPONSIBLE_KINDS }).notNull(),
    partyName: text('party_name').notNull(),
    partyAddress: text('party_address').notNull(),
    partyPhoneSealed: text('party_phone_sealed'),
    partyPhoneHash: text('party_phone_hash'),
    /** Set where the responsible party is a unit of the city itself. */
    partyUnitId: integer('party_unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    /** Asked for beyond the disorders, which are looked at again in any case. */
    lookBack: flag('look_back').notNull().default(false),
    /** Working days that the issuer set; empty: as the matter says. */
    ownLimit: integer('own_limit'),
    /** The limit in working days that was in force, 0 for the same day. */
    limitDays: integer('limit_days'),
    issuedAt: instant('issued_at'),
    issuedBy: integer('issued_by').$type<AccountId>(),
    firstDueAt: instant('first_due_at'),
    dueAt: instant('due_at'),
    dueProvisional: flag('due_provisional').notNull().default(false),
    receivedAt: instant('received_at'),
    remindedAt: instant('reminded_at'),
    submittedAt: instant('submitted_at'),
    /** How often a fix was sent in; photographs of a round belong together. */
    rounds: integer('rounds').notNull().default(0),
    /** Whether the first due instant had passed when the accepted fix came in, frozen at sign-off. */
    wasOverdue: flag('was_overdue'),
    signedOffAt: instant('signed_off_at'),
    signedOffBy: integer('signed_off_by').$type<AccountId>(),
    /** Set while a request that it cannot be fixed waits for an approver. */
    cannotFixAskedAt: instant('cannot_fix_asked_at'),
    /** Who asked; empty where the responsible party did on its own page. */
    cannotFixAskedBy: integer('cannot_fix_asked_by').$type<AccountId>(),
    cannotFixReason: text('cannot_fix_reason').notNull().default(''),
    cannotFixReply: text('cannot_fix_reply').notNull().default(''),
    cannotFixAt: instant('cannot_fix_at'),
    cannotFixBy: integer('cannot_fix_by').$type<AccountId>(),
    /** The day by which a notice that cannot be fixed is looked at again. */
    reviewDay: text('review_day'),
    voidReason: text('void_reason').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    createdBy: integer('created_by').$type<AccountId>(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('notices_number').on(t.number),
    index('notices_state_due').on(t.state, t.dueAt),
    index('notices_first_due').on(t.firstDueAt),
    index('notices_place').on(t.placeId),
    index('notices_subject').on(t.subjectType, t.subjectId),
    index('notices_relapse').on(t.relapseOf).where(sql`relapse_of is not null`),
    oneOf('notices_state', t.state, NOTICE_STATES),
    oneOf('notices_matter', t.matter, MATTERS),
    oneOf('notices_subject_type', t.subjectType, SUBJECT_TYPES),
    oneOf('notices_party_kind', t.partyKind, RESPONSIBLE_KINDS),
  ],
);

/** The two linked copies, each with who first read it and when it was received. */
export const noticeCopies = sqliteTable(
  'notice_copies',
  {
    id: integer('id').primaryKey(),
    noticeId: integer('notice_id')
      .notNull()
      .$type<NoticeId>()
      .references(() => notices.id),
    copy: text('copy', { enum: COPIES }).notNull(),
    readAt: instant('read_at'),
    /** For copy A: the member of staff, other than the issuer, who opened it first. */
    readBy: integer('read_by').$type<AccountId>(),
    receivedAt: instant('received_at'),
    /** The name in the receipt line; the re-inspecting office's own for copy A. */
    receivedBy: text('received_by').notNull().default(''),
  },
  (t) => [
    uniqueIndex('notice_copies_copy').on(t.noticeId, t.copy),
    oneOf('notice_copies_values', t.copy, COPIES),
  ],
);

export const noticeDeliveries = sqliteTable(
  'notice_deliveries',
  {
    id: integer('id').primaryKey(),
    noticeId: integer('notice_id')
      .notNull()
      .$type<NoticeId>()
      .references(() => notices.id),
    way: text('way', { enum: DELIVERY_WAYS }).notNull(),
    at: instant('at').notNull(),
    /** Who took it; who witnessed that it was left; empty where nobody signed. */
    person: text('person').notNull().default(''),
    /** The tracking number of a letter. */
    tracking: text('tracking').notNull().default(''),
    by: integer('by').$type<AccountId>(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    index('notice_deliveries_notice').on(t.noticeId),
    oneOf('notice_deliveries_way', t.way, DELIVERY_WAYS),
  ],
);

/** Append-only (triggers refuse UPDATE and DELETE): every step with its time. */
export const noticeEvents = sqliteTable(
  'notice_events',
  {
    id: integer('id').primaryKey(),
    noticeId: integer('notice_id')
      .notNull()
      .$type<NoticeId>()
      .references(() => notices.id),
    at: instant('at').notNull(),
    event: text('event', { enum: NOTICE_EVENTS }).notNull(),
    fromState: text('from_state', { enum: NOTICE_STATES }),
    toState: text('to_state', { enum: NOTICE_STATES }).notNull(),
    party: text('party', { enum: NOTICE_PARTIES }).notNull(),
    accountId: integer('account_id').$type<AccountId>(),
    /** What was written with the step; both sides read it. */
    words: text('words').notNull().default(''),
    /** Codes, counts and due instants of the step; never words. */
    data: text('data', { mode: 'json' })
      .notNull()
      .$type<Record<string, string | number | null>>()
      .default({}),
  },
  (t) => [
    index('notice_events_notice').on(t.noticeId, t.id),
    oneOf('notice_events_event', t.event, NOTICE_EVENTS),
    oneOf('notice_events_party', t.party, NOTICE_PARTIES),
  ],
);

/** A visit after sign-off (回头看) to see whether it stays put right. */
export const noticeVisits = sqliteTable(
  'notice_visits',
  {
    id: integer('id').primaryKey().$type<NoticeVisitId>(),
    noticeId: integer('notice_id')
      .notNull()
      .$type<NoticeId>()
      .references(() => notices.id),
    nth: integer('nth').notNull(),
    /** The Beijing day it is due on. */
    day: text('day').notNull(),
    state: text('state', { enum: VISIT_STATES }).notNull().default('planned'),
    at: instant('at'),
    by: integer('by').$type<AccountId>(),
    note: text('note').notNull().default(''),
  },
  (t) => [
    uniqueIndex('notice_visits_nth').on(t.noticeId, t.nth),
    index('notice_visits_day').on(t.state, t.day),
    oneOf('notice_visits_state', t.state, VISIT_STATES),
  ],
);

export const noticePhotos = sqliteTable(
  'notice_photos',
  {
    id: integer('id').primaryKey(),
    noticeId: integer('notice_id')
      .notNull()
      .$type<NoticeId>()
      .references(() => notices.id),
    mediaId: text('media_id')
      .notNull()
      .$type<MediaId>()
      .references(() => media.id),
    stage: text('stage', { enum: NOTICE_PHOTO_STAGES }).notNull(),
    /** The round of sending in, or the number of the visit, that it belongs to. */
    round: integer('round').notNull().default(0),
    at: instant('at').notNull(),
  },
  (t) => [
    index('notice_photos_notice').on(t.noticeId),
    index('notice_photos_media').on(t.mediaId),
    oneOf('notice_photos_stage', t.stage, NOTICE_PHOTO_STAGES),
  ],
);
