import type { Actor } from '#core/actor.ts';
import { beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { env } from '#core/env.ts';
import { AppError } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { type Change, write } from '#core/write.ts';
import { OFFICIAL, SETTINGS, type SettingKey, type SettingValue, type SiteIdentity } from './input.ts';
import * as store from './store.ts';

/** What the pages say about the site. In a demonstration official numbers and badges are empty. */
export interface SiteSettings extends SiteIdentity {
  demo: boolean;
  /** Origin without a trailing slash, for canonical addresses, feeds and mails. */
  origin: string;
  domain: string;
}

interface Snapshot {
  values: ReadonlyMap<string, { id: number; value: unknown; validFrom: Date }>;
  /** Each setting as it was asked for first: checked once. */
  parsed: Map<SettingKey, unknown>;
  site: SiteSettings;
  /** When a change planned for later comes into force. */
  until: Date | null;
}

let snapshot: Promise<Snapshot> | null = null;

onPurge((tags) => {
  if (tags.includes('site')) snapshot = null;
});

async function load(): Promise<Snapshot> {
  const at = now();
  const rows = await store.listInForce(reader, at);
  const values = new Map(rows.map((row) => [row.key, row]));
  const demo = (await store.findMeta(reader, 'demo')) === '1';
  const identity = SETTINGS.site.schema.parse(values.get('site')?.value ?? {});
  const site: SiteSettings = {
    ...identity,
    demo,
    origin: env().siteUrl.origin,
    domain: env().siteUrl.host,
  };
  if (demo) for (const field of OFFICIAL) site[field] = '';
  return { values, parsed: new Map(), site, until: await store.findNextChange(reader, at) };
}

function loading(): Promise<Snapshot> {
  snapshot ??= load().catch((error: unknown) => {
    snapshot = null;
    throw error;
  });
  return snapshot;
}

async function current(): Promise<Snapshot> {
  const held = await loading();
  if (held.until === null || now() < held.until) return held;
  snapshot = null;
  return loading();
}

/** What describes the site; from memory, so that every page may ask. */
export async function siteSettings(): Promise<SiteSettings> {
  return (await current()).site;
}

/** A setting as it holds now; its fallback where nobody has set it. */
export async function setting<K extends SettingKey>(key: K): Promise<SettingValue<K>> {
  const { values, parsed } = await current();
  if (!parsed.has(key)) {
    const { schema, fallback } = SETTINGS[key];
    const stored = values.get(key);
    parsed.set(key, schema.parse(stored ? stored.value : fallback));
  }
  return parsed.get(key) as SettingValue<K>;
}

/** The version of a legal text that now holds, as it is kept with each consent. */
export async function policyVersion(key: 'privacy'): Promise<string> {
  const { values } = await current();
  return `${key}-${values.get(key)?.id ?? 0}`;
}

/** The row of a setting that now holds; `null` where nobody has set it. */
export async function currentRow(key: SettingKey): Promise<{ id: number; validFrom: Date } | null> {
  return (await current()).values.get(key) ?? null;
}

/** A setting as it held at an instant: a past period is reckoned with its own numbers. */
export async function settingAt<K extends SettingKey>(key: K, at: Date): Promise<SettingValue<K>> {
  const row = await store.findInForce(reader, key, at);
  return SETTINGS[key].schema.parse(row ? row.value : SETTINGS[key].fallback) as SettingValue<K>;
}

/** Sets a value as part of a larger change, from then on or from a later instant; the values before stay in the history. */
export async function putSetting<K extends SettingKey>(
  tx: Tx,
  change: Change,
  key: K,
  value: SettingValue<K>,
  by: Actor,
  from?: Date,
): Promise<void> {
  const validFrom = from && from > change.at ? from : change.at;
  const id = await store.replace(tx, { key, value, validFrom, by: by.kind === 'staff' ? by.id : null });
  change.note('setting', key, {
    fields: Object.keys(value as object),
    to: { row: id, validFrom: validFrom.toISOString() },
  });
  change.touch('site');
}

function refuseOfficial(site: SiteSettings, value: SiteIdentity): void {
  const filled = OFFICIAL.find((field) => value[field] !== '');
  if (!site.demo || !filled) return;
  throw new AppError('invalid', '演示站点不能填写热线、备案号等正式号码。', {
    [filled]: '演示站点中此项留空',
  });
}

/**
 * Changes a setting from now on, or from the beginning of a later Beijing day. Throws `invalid` for a day that is
 * past, and for official numbers in a demonstration.
 */
export async function changeSetting<K extends SettingKey>(
  actor: Actor,
  key: K,
  value: SettingValue<K>,
  fromDay = '',
): Promise<void> {
  permit(actor, 'settings:edit');
  const { site } = await current();
  if (key === 'site') refuseOfficial(site, value as SiteIdentity);
  if (fromDay !== '' && fromDay < beijingDay(now())) {
    throw new AppError('invalid', '生效日期不能早于今天。', { validFrom: '请填今天或以后的日期' });
  }
  const from = fromDay === '' ? undefined : startOfBeijingDay(fromDay);
  await write(actor, 'settings.change', (tx, change) => putSetting(tx, change, key, value, actor, from));
}

/** Changes a setting by the fields of its form; a text that was saved so is no draft any more. */
export function changeFromForm<K extends SettingKey>(
  actor: Actor,
  key: K,
  fields: Readonly<Record<string, unknown>>,
  fromDay: string,
): Promise<void> {
  const value = SETTINGS[key].schema.parse(fields) as SettingValue<K>;
  const drafts = 'draft' in SETTINGS[key].schema.shape;
  return changeSetting(actor, key, drafts ? { ...value, draft: false } : value, fromDay);
}

export interface SettingVersion {
  id: number;
  value: unknown;
  validFrom: Date;
  validTo: Date | null;
  byName: string | null;
  state: 'past' | 'current' | 'planned' | 'dropped';
}

/** Every value a setting ever had, the newest first. */
export async function settingHistory(actor: Actor, key: SettingKey): Promise<SettingVersion[]> {
  permit(actor, 'settings:edit');
  const at = now();
  return (await store.listHistory(reader, key)).map(({ id, value, validFrom, validTo, byName }) => {
    const dropped = validTo !== null && validTo.getTime() === validFrom.getTime();
    const present = validTo !== null && validTo <= at ? 'past' : 'current';
    const state = dropped ? 'dropped' : validFrom > at ? 'planned' : present;
    return { id, value, validFrom, validTo, byName, state };
  });
}

/** Whether this store was once loaded with the demonstration city. */
export async function isDemoStore(): Promise<boolean> {
  return (await current()).site.demo;
}
