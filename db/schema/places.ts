import {
  type AnySQLiteColumn,
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { flag, instant, oneOf } from './columns.ts';
import type { DutyAreaId, DutyAssignmentId, PlaceId, UnitId } from './ids.ts';
import { AREA_KINDS, DUTY_ROLES, PLACE_LEVELS, UNIT_KINDS } from './places.values.ts';

export const places = sqliteTable(
  'places',
  {
    id: integer('id').primaryKey().$type<PlaceId>(),
    level: text('level', { enum: PLACE_LEVELS }).notNull(),
    parentId: integer('parent_id')
      .$type<PlaceId>()
      .references((): AnySQLiteColumn => places.id),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** `/1/4/9/`: the ids from the city down to this place; a scope covers every path that begins with its own. */
    path: text('path').notNull(),
    lat: real('lat'),
    lng: real('lng'),
    introduction: text('introduction').notNull().default(''),
    officeAddress: text('office_address').notNull().default(''),
    officeHours: text('office_hours').notNull().default(''),
    officePhone: text('office_phone').notNull().default(''),
    covenant: text('covenant', { mode: 'json' }).notNull().$type<string[]>().default([]),
    position: integer('position').notNull().default(0),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('places_code').on(t.code),
    uniqueIndex('places_path').on(t.path),
    index('places_parent').on(t.parentId),
    oneOf('places_level', t.level, PLACE_LEVELS),
  ],
);

export const orgUnits = sqliteTable(
  'org_units',
  {
    id: integer('id').primaryKey().$type<UnitId>(),
    code: text('code').notNull(),
    kind: text('kind', { enum: UNIT_KINDS }).notNull(),
    name: text('name').notNull(),
    shortName: text('short_name').notNull(),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    duties: text('duties').notNull().default(''),
    phone: text('phone').notNull().default(''),
    retiredAt: instant('retired_at'),
  },
  (t) => [uniqueIndex('org_units_code').on(t.code), oneOf('org_units_kind', t.kind, UNIT_KINDS)],
);

/** Who answers for what in a community, as its public page says it. */
export const placeAnswers = sqliteTable(
  'place_answers',
  {
    id: integer('id').primaryKey(),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    matter: text('matter').notNull(),
    unitId: integer('unit_id')
      .notNull()
      .$type<UnitId>()
      .references(() => orgUnits.id),
    note: text('note').notNull().default(''),
    position: integer('position').notNull().default(0),
  },
  (t) => [index('place_answers_place').on(t.placeId)],
);

export const dutyAreas = sqliteTable(
  'duty_areas',
  {
    id: integer('id').primaryKey().$type<DutyAreaId>(),
    placeId: integer('place_id')
      .notNull()
      .$type<PlaceId>()
      .references(() => places.id),
    kind: text('kind', { enum: AREA_KINDS }).notNull(),
    name: text('name').notNull(),
  },
  (t) => [
    uniqueIndex('duty_areas_name').on(t.placeId, t.kind, t.name),
    oneOf('duty_areas_kind', t.kind, AREA_KINDS),
  ],
);

/** Past assignments stay: a new holder closes the term before. */
export const dutyAssignments = sqliteTable(
  'duty_assignments',
  {
    id: integer('id').primaryKey().$type<DutyAssignmentId>(),
    areaId: integer('area_id')
      .notNull()
      .$type<DutyAreaId>()
      .references(() => dutyAreas.id),
    role: text('role', { enum: DUTY_ROLES }).notNull(),
    person: text('person').notNull(),
    phoneSealed: text('phone_sealed'),
    phonePublic: flag('phone_public').notNull().default(false),
    from: text('from_day').notNull(),
    /** The last day of the term, inclusive; open when null. */
    to: text('to_day'),
  },
  (t) => [index('duty_assignments_area').on(t.areaId), oneOf('duty_assignments_role', t.role, DUTY_ROLES)],
);
