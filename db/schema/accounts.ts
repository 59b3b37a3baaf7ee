import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ACCOUNT_STATES, CODE_PURPOSES, ROLES, SESSION_KINDS, SIGN_IN_RESULTS } from './accounts.values.ts';
import { flag, instant, oneOf } from './columns.ts';
import type { AccountId, PlaceId, ResidentId, UnitId } from './ids.ts';
import { orgUnits, places } from './places.ts';

export const accounts = sqliteTable(
  'accounts',
  {
    id: integer('id').primaryKey().$type<AccountId>(),
    username: text('username').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    passwordAt: instant('password_at').notNull(),
    /** Set by an administrator: the holder chooses his own at the next sign-in. */
    mustChange: flag('must_change').notNull().default(false),
    totpSealed: text('totp_sealed'),
    totpAt: instant('totp_at'),
    unitId: integer('unit_id')
      .$type<UnitId>()
      .references(() => orgUnits.id),
    state: text('state', { enum: ACCOUNT_STATES }).notNull().default('active'),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [uniqueIndex('accounts_username').on(t.username), oneOf('accounts_state', t.state, ACCOUNT_STATES)],
);

export const grants = sqliteTable(
  'grants',
  {
    id: integer('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .$type<AccountId>()
      .references(() => accounts.id),
    role: text('role', { enum: ROLES }).notNull(),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    categories: text('categories', { mode: 'json' }).$type<string[]>(),
    from: instant('from_at').notNull(),
    to: instant('to_at'),
  },
  (t) => [index('grants_account').on(t.accountId), oneOf('grants_role', t.role, ROLES)],
);

export const residents = sqliteTable(
  'residents',
  {
    id: integer('id').primaryKey().$type<ResidentId>(),
    phoneHash: text('phone_hash').notNull(),
    phoneSealed: text('phone_sealed'),
    communityId: integer('community_id')
      .$type<PlaceId>()
      .references(() => places.id),
    createdAt: instant('created_at').notNull(),
    anonymisedAt: instant('anonymised_at'),
  },
  (t) => [uniqueIndex('residents_phone').on(t.phoneHash)],
);

/** Only the hash of the cookie's token: a row taken from the store opens nothing. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: SESSION_KINDS }).notNull(),
    accountId: integer('account_id')
      .$type<AccountId>()
      .references(() => accounts.id),
    residentId: integer('resident_id')
      .$type<ResidentId>()
      .references(() => residents.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    device: text('device').notNull(),
  },
  (t) => [
    index('sessions_account').on(t.accountId),
    index('sessions_resident').on(t.residentId),
    index('sessions_expires').on(t.expiresAt),
    oneOf('sessions_kind', t.kind, SESSION_KINDS),
  ],
);

export const signIns = sqliteTable(
  'sign_ins',
  {
    id: integer('id').primaryKey(),
    at: instant('at').notNull(),
    accountId: integer('account_id').$type<AccountId>(),
    residentId: integer('resident_id').$type<ResidentId>(),
    /** Fingerprint of what was typed as user name or phone, so that guessing at one name can be counted. */
    subject: text('subject').notNull(),
    address: text('address').notNull(),
    device: text('device').notNull(),
    result: text('result', { enum: SIGN_IN_RESULTS }).notNull(),
  },
  (t) => [
    index('sign_ins_subject').on(t.subject, t.at),
    index('sign_ins_address').on(t.address, t.at),
    index('sign_ins_at').on(t.at),
    oneOf('sign_ins_result', t.result, SIGN_IN_RESULTS),
  ],
);

/** Devices on which an account signed in before: throttling lets them pass. */
export const knownDevices = sqliteTable(
  'known_devices',
  {
    tokenHash: text('token_hash').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .$type<AccountId>()
      .references(() => accounts.id),
    at: instant('at').notNull(),
  },
  (t) => [index('known_devices_account').on(t.accountId)],
);

export const phoneCodes = sqliteTable(
  'phone_codes',
  {
    id: integer('id').primaryKey(),
    phoneHash: text('phone_hash').notNull(),
    purpose: text('purpose', { enum: CODE_PURPOSES }).notNull(),
    codeHash: text('code_hash').notNull(),
    at: instant('at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    usedAt: instant('used_at'),
  },
  (t) => [
    index('phone_codes_phone').on(t.phoneHash, t.at),
    oneOf('phone_codes_purpose', t.purpose, CODE_PURPOSES),
  ],
);
