import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { residents } from './accounts.ts';
import { flag, instant, oneOf } from './columns.ts';
import {
  CHANNELS,
  EVENTS,
  KINDS,
  OUTCOMES,
  PARTIES,
  PHOTO_STAGES,
  PHOTO_STATES,
  PUBLICATIONS,
  REFUSAL_CODES,
  SECRECIES,
  STATES,
  URGENCIES,
} from './hotline.values.ts';
import type { AccountId, CaseId, ComplaintId, MediaId, PlaceId, ResidentId, UnitId } from './ids.ts';
import { media } from './media.ts';
import { orgUnits, places } from './places.ts';

/** Dated: a changed limit adds a row, so that old cases keep the rule they were filed under. */
export const categories = sqliteTable(
  'categories',
  {
    id: integer('id').primaryKey(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    group: text('group_name').notNull(),
    hint: text('hint').notNull(),
    openRule: text('open_rule').notNull(),
    closeRule: text('close_rule').notNull(),
    /** The usual limit and those under circumstances, as `hotline` rules read them. */
    limits: text('limits', { mode: 'json' }).notNull().$type<unknown>(),
    publicPlace: flag('public_place').notNull().default(false),
    fixable: flag('fixable').notNull().default(true),
    position: integer('position').notNull(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
  },
  (t) => [uniqueIndex('categories_current').on(t.code).where(sql`valid_to is null`)],
);

/** A unit of work; one or more complaints stand behind it. Its number is the only one on public pages. */
export const cases = sqliteTable(
  'cases',
  {
    id: integer('id').primaryKey().$type<CaseId>(),
    number: text('number').notNull(),
    state: text('state', { enum: STATES }).notNull(),
    kind: text('kind', { enum: KINDS }).notNull(),
    category: text('category').notNull(),
    flags: text('flags', { mode: 'json' }).notNull().$type<string[]>().default([]),
    urgency: text('urgency', { enum: URGENCIES }).notNull().default('ordinary'),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    leadUnitId: integer('lead_unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    /** The unit or line complained of: the case never goes there. */
    aboutUnitId: integer('about_unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    filedAt: instant('filed_at').notNull(),
    acceptedAt: instant('accepted_at'),
    dueAt: instant('due_at'),
    /** The first due instant, before any extension or pause. */
    firstDueAt: instant('first_due_at'),
    dueProvisional: flag('due_provisional').notNull().default(false),
    limit: text('limit_rule', { mode: 'json' }).$type<unknown>(),
    /** When the pause that now runs began; the state it returns to. */
    pausedAt: instant('paused_at'),
    pausedFrom: text('paused_from', { enum: STATES }),
    extensions: integer('extensions').notNull().default(0),
    dispatches: integer('dispatches').notNull().default(0),
    returns: integer('returns').notNull().default(0),
    redos: integer('redos').notNull().default(0),
    firstContactAt: instant('first_contact_at'),
    /** When the first approved answer was sent, and whether it came late, frozen then. */
    firstAnsweredAt: instant('first_answered_at'),
    answeredAt: instant('answered_at'),
    wasOverdue: flag('was_overdue'),
    closedAt: instant('closed_at'),
    outcome: text('outcome', { enum: OUTCOMES }),
    refusalCode: text('refusal_code', { enum: REFUSAL_CODES }),
    referredTo: text('referred_to'),
    duplicateOf: integer('duplicate_of')
      .$type<CaseId>()
      .references((): AnySQLiteColumn => cases.id),
    /** Staff's one-line summary: what the public reads instead of the resident's words. */
    publicTitle: text('public_title').notNull().default(''),
    answerText: text('answer_text').notNull().default(''),
    answerUnitId: integer('answer_unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    /** Whether the case stands in the public ledger at all. */
    publication: text('publication', { enum: PUBLICATIONS }).notNull().default('pending'),
    publishedAt: instant('published_at'),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('cases_number').on(t.number),
    index('cases_state_due').on(t.state, t.dueAt),
    index('cases_place').on(t.placeId),
    index('cases_lead').on(t.leadUnitId, t.state),
    index('cases_public').on(t.publication, t.filedAt),
    index('cases_filed').on(t.filedAt),
    oneOf('cases_state', t.state, STATES),
    oneOf('cases_kind', t.kind, KINDS),
    oneOf('cases_urgency', t.urgency, URGENCIES),
    oneOf('cases_outcome', t.outcome, OUTCOMES),
    oneOf('cases_refusal', t.refusalCode, REFUSAL_CODES),
    oneOf('cases_publication', t.publication, PUBLICATIONS),
  ],
);

export const caseHelpers = sqliteTable(
  'case_helpers',
  {
    id: integer('id').primaryKey(),
    caseId: integer('case_id')
      .notNull()
      .$type<CaseId>()
      .references(() => cases.id),
    unitId: integer('unit_id')
      .notNull()
      .$type<UnitId>()
      .references(() => orgUnits.id),
  },
  (t) => [uniqueIndex('case_helpers_unit').on(t.caseId, t.unitId)],
);

/** What one person filed. Everything that tells who it was stands here and nowhere else. */
export const complaints = sqliteTable(
  'complaints',
  {
    id: integer('id').primaryKey().$type<ComplaintId>(),
    number: text('number').notNull(),
    caseId: integer('case_id')
      .notNull()
      .$type<CaseId>()
      .references(() => cases.id),
    kind: text('kind', { enum: KINDS }).notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    /** The number the matter had where it was imported from: importing twice adds nothing. */
    importKey: text('import_key'),
    category: text('category').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    /** The text as staff moderated it for the public; the resident's own stays above. */
    publicBody: text('public_body'),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    address: text('address').notNull().default(''),
    lat: real('lat'),
    lng: real('lng'),
    secrecy: text('secrecy', { enum: SECRECIES }).notNull(),
    shareContact: flag('share_contact').notNull().default(false),
    callBack: flag('call_back').notNull().default(false),
    nameSealed: text('name_sealed'),
    phoneSealed: text('phone_sealed'),
    phoneHash: text('phone_hash'),
    phoneVerifiedAt: instant('phone_verified_at'),
    residentId: integer('resident_id')
      .$type<ResidentId>()
      .references(() => residents.id),
    /** Over the quota of its phone: filed and numbered all the same, and marked for a look. */
    review: flag('review').notNull().default(false),
    wordsPublic: text('words_public', { enum: PUBLICATIONS }).notNull().default('pending'),
    /** Who wrote it down, where it was not the resident himself. */
    filedBy: integer('filed_by').$type<AccountId>(),
    consentVersion: text('consent_version').notNull(),
    filedAt: instant('filed_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    anonymisedAt: instant('anonymised_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('complaints_number').on(t.number),
    uniqueIndex('complaints_import').on(t.importKey).where(sql`import_key is not null`),
    index('complaints_case').on(t.caseId),
    index('complaints_phone').on(t.phoneHash, t.filedAt),
    index('complaints_channel').on(t.channel, t.filedAt),
    oneOf('complaints_kind', t.kind, KINDS),
    oneOf('complaints_channel_values', t.channel, CHANNELS),
    oneOf('complaints_secrecy', t.secrecy, SECRECIES),
    oneOf('complaints_words', t.wordsPublic, PUBLICATIONS),
  ],
);

/** Append-only (triggers refuse UPDATE and DELETE): every hop with its time. */
export const caseEvents = sqliteTable(
  'case_events',
  {
    id: integer('id').primaryKey(),
    caseId: integer('case_id')
      .notNull()
      .$type<CaseId>()
      .references(() => cases.id),
    /** Set where the event concerns one complainant alone, such as his supplement. */
    complaintId: integer('complaint_id')
      .$type<ComplaintId>()
      .references(() => complaints.id),
    at: instant('at').notNull(),
    event: text('event', { enum: EVENTS }).notNull(),
    fromState: text('from_state', { enum: STATES }),
    toState: text('to_state', { enum: STATES }).notNull(),
    party: text('party', { enum: PARTIES }).notNull(),
    accountId: integer('account_id').$type<AccountId>(),
    /** The unit that acted, or received the case. */
    unitId: integer('unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    publicText: text('public_text').notNull().default(''),
    internalText: text('internal_text').notNull().default(''),
    /** Codes, counts and due instants of the step; never words. */
    data: text('data', { mode: 'json' })
      .notNull()
      .$type<Record<string, string | number | null>>()
      .default({}),
  },
  (t) => [
    index('case_events_case').on(t.caseId, t.id),
    index('case_events_at').on(t.at),
    oneOf('case_events_event', t.event, EVENTS),
    oneOf('case_events_party', t.party, PARTIES),
  ],
);

export const casePhotos = sqliteTable(
  'case_photos',
  {
    id: integer('id').primaryKey(),
    caseId: integer('case_id')
      .notNull()
      .$type<CaseId>()
      .references(() => cases.id),
    complaintId: integer('complaint_id')
      .$type<ComplaintId>()
      .references(() => complaints.id),
    mediaId: text('media_id')
      .notNull()
      .$type<MediaId>()
      .references(() => media.id),
    stage: text('stage', { enum: PHOTO_STAGES }).notNull(),
    state: text('state', { enum: PHOTO_STATES }).notNull().default('pending'),
    at: instant('at').notNull(),
  },
  (t) => [
    uniqueIndex('case_photos_media').on(t.mediaId),
    index('case_photos_case').on(t.caseId),
    oneOf('case_photos_stage', t.stage, PHOTO_STAGES),
    oneOf('case_photos_state', t.state, PHOTO_STATES),
  ],
);

/** What was agreed to, when, and in which wording. */
export const consents = sqliteTable(
  'consents',
  {
    id: integer('id').primaryKey(),
    complaintId: integer('complaint_id')
      .$type<ComplaintId>()
      .references(() => complaints.id),
    residentId: integer('resident_id')
      .$type<ResidentId>()
      .references(() => residents.id),
    purpose: text('purpose').notNull(),
    policyVersion: text('policy_version').notNull(),
    at: instant('at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [index('consents_complaint').on(t.complaintId), index('consents_resident').on(t.residentId)],
);
