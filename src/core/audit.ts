import { createHash } from 'node:crypto';
import { asc, desc, gt, gte, inArray, max, sql } from 'drizzle-orm';
import { audit } from '#db/schema/core.ts';
import type { Actor } from './actor.ts';
import { beijingDay } from './clock.ts';
import { slots } from './slots.ts';
import { type Db, ready, type Tx } from './store.ts';

/** What the log may hold of a value: enumerations, dates, numbers and ids; never what a person wrote. */
export type Plain = string | number | null;

export interface Noted {
  /** Names of changed fields whose values a person wrote or that identify one. */
  fields?: readonly string[];
  from?: Readonly<Record<string, Plain>>;
  to?: Readonly<Record<string, Plain>>;
  /** A code of a reason; the words stand in the row itself. */
  reason?: string;
}

export interface Note {
  action: string;
  entity: string;
  id: string | number;
  what: Noted;
}

const who = (actor: Actor): { actorKind: string; actorId: string | null; actorRoles: string } => {
  if (actor.kind === 'staff') {
    const roles = [...new Set(actor.grants.map((grant) => grant.role))].join(' ');
    return { actorKind: 'staff', actorId: String(actor.id), actorRoles: roles };
  }
  if (actor.kind === 'resident') return { actorKind: 'resident', actorId: String(actor.id), actorRoles: '' };
  if (actor.kind === 'system') return { actorKind: 'system', actorId: actor.job, actorRoles: '' };
  return { actorKind: 'anonymous', actorId: null, actorRoles: '' };
};

const FIRST = '0'.repeat(64);

type Row = Omit<typeof audit.$inferSelect, 'id' | 'hash'>;

const link = (previous: string, row: Row): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        previous,
        row.at.getTime(),
        row.actorKind,
        row.actorId,
        row.actorRoles,
        row.action,
        row.entity,
        row.entityId,
        row.detail,
      ]),
    )
    .digest('hex');

const newest = ready((db) =>
  db.select({ hash: audit.hash }).from(audit).orderBy(desc(audit.id)).limit(1).prepare(),
);
const insert = ready((db) =>
  db
    .insert(audit)
    .values(
      slots('at', 'actorKind', 'actorId', 'actorRoles', 'action', 'entity', 'entityId', 'detail', 'hash'),
    )
    .prepare(),
);

/** Appends the notes of one change to the chain, in its transaction. */
export async function append(tx: Tx, actor: Actor, at: Date, notes: readonly Note[]): Promise<void> {
  const [last] = await newest(tx).all();
  let previous = last?.hash ?? FIRST;
  const rows = notes.map((note) => {
    const row: Row = {
      at,
      ...who(actor),
      action: note.action,
      entity: note.entity,
      entityId: String(note.id),
      detail: JSON.stringify(note.what),
    };
    previous = link(previous, row);
    return { ...row, hash: previous };
  });
  for (const row of rows) await insert(tx).run(row);
}

/** Walks the whole chain. `brokenAt` is the first row that does not follow from the one before. */
export async function verifyChain(db: Db): Promise<{ rows: number; head: string; brokenAt: number | null }> {
  let previous = FIRST;
  let last = 0;
  let rows = 0;
  for (;;) {
    const page = await db.select().from(audit).where(gt(audit.id, last)).orderBy(asc(audit.id)).limit(1000);
    if (page.length === 0) return { rows, head: previous, brokenAt: null };
    for (const row of page) {
      if (link(previous, row) !== row.hash) return { rows, head: previous, brokenAt: row.id };
      previous = row.hash;
      last = row.id;
      rows += 1;
    }
  }
}

export interface DayHead {
  /** Beijing day. */
  day: string;
  /** The hash of its last row, in which all rows before are contained. */
  head: string;
}

// Milliseconds of 08:00, so that a whole-number division by a day's length gives the Beijing day.
const beijingDayNumber = sql<number>`(${audit.at} + 28800000) / 86400000`;

/** The chain's head at the end of each day that has rows, from `since` on, the newest first: published, so that a rewritten past shows. */
export async function dayHeads(db: Db, since: Date): Promise<DayHead[]> {
  const lasts = db
    .select({ id: max(audit.id) })
    .from(audit)
    .where(gte(audit.at, since))
    .groupBy(beijingDayNumber);
  const rows = await db
    .select({ at: audit.at, hash: audit.hash })
    .from(audit)
    .where(inArray(audit.id, lasts))
    .orderBy(desc(audit.id));
  return rows.map(({ at, hash }) => ({ day: beijingDay(at), head: hash }));
}
