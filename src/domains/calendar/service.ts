import type { Actor } from '#core/actor.ts';
import { found } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { type Change, write } from '#core/write.ts';
import type { SetWorkday } from './input.ts';
import { nationalCalendar } from './library.ts';
import { announcedYears, type Calendar, makeCalendar, remembering } from './rules.ts';
import * as store from './store.ts';

export type { WorkdayEntry } from './store.ts';

let loaded: Promise<Calendar> | null = null;

onPurge((tags) => {
  if (tags.includes('calendar')) loaded = null;
});

async function load(): Promise<Calendar> {
  const entries = await store.listEntries(reader);
  return remembering(makeCalendar(entries, nationalCalendar, announcedYears(entries)));
}

/** The working days that everything counts by, staff's entries included; from memory until one changes. */
export function currentCalendar(): Promise<Calendar> {
  loaded ??= load().catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

/** The rest and make-up days that staff have entered. */
export function listWorkdays(): Promise<store.WorkdayEntry[]> {
  return store.listEntries(reader);
}

/** Enters a rest or make-up day as part of a larger change. */
export async function putWorkday(tx: Tx, change: Change, entry: store.WorkdayEntry): Promise<void> {
  await store.putEntry(tx, entry);
  change.note('workday', entry.date, { to: { kind: entry.kind } });
  change.touch('calendar');
}

/** Enters a rest or make-up day, in place of what the notices say. */
export async function setWorkday(actor: Actor, entry: SetWorkday): Promise<void> {
  permit(actor, 'settings:edit');
  await write(actor, 'calendar.set', (tx, change) => putWorkday(tx, change, entry));
}

/** Takes an entry back: the day is again what the notices say. */
export async function removeWorkday(actor: Actor, date: string): Promise<void> {
  permit(actor, 'settings:edit');
  await write(actor, 'calendar.remove', async (tx, change) => {
    found((await store.removeEntry(tx, date)) || null, '这一天没有登记过，请刷新页面。');
    change.note('workday', date);
    change.touch('calendar');
  });
}
