import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { env } from '#core/env.ts';
import { AppError } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { type Change, write } from '#core/write.ts';
import { SETTINGS, type SettingKey, type SettingValue, type SiteIdentity } from './input.ts';
import * as store from './store.ts';

/** What the pages say about the site. In a demonstration official numbers and badges are empty. */
export interface SiteSettings extends SiteIdentity {
  demo: boolean;
  /** Origin without a trailing slash, for canonical addresses, feeds and mails. */
  origin: string;
  domain: string;
}

const OFFICIAL = ['idCode', 'icp', 'police', 'conacId'] as const;

interface Snapshot {
  values: ReadonlyMap<string, { id: number; value: unknown }>;
  site: SiteSettings;
}

let snapshot: Promise<Snapshot> | null = null;

onPurge((tags) => {
  if (tags.includes('site')) snapshot = null;
});

async function load(): Promise<Snapshot> {
  const rows = await store.listInForce(reader, now());
  const values = new Map(rows.map((row) => [row.key, { id: row.id, value: row.value }]));
  const demo = (await store.findMeta(reader, 'demo')) === '1';
  const identity = SETTINGS.site.schema.parse(values.get('site')?.value ?? {});
  const site: SiteSettings = {
    ...identity,
    demo,
    origin: env().siteUrl.origin,
    domain: env().siteUrl.host,
  };
  if (demo) for (const field of OFFICIAL) site[field] = '';
  return { values, site };
}

const current = (): Promise<Snapshot> => {
  snapshot ??= load().catch((error: unknown) => {
    snapshot = null;
    throw error;
  });
  return snapshot;
};

/** What describes the site; from memory, so that every page may ask. */
export async function siteSettings(): Promise<SiteSettings> {
  return (await current()).site;
}

/** A setting as it holds now; its fallback where nobody has set it. */
export async function setting<K extends SettingKey>(key: K): Promise<SettingValue<K>> {
  const { values } = await current();
  const entry = SETTINGS[key];
  const stored = values.get(key);
  return entry.schema.parse(stored ? stored.value : entry.fallback) as SettingValue<K>;
}

/** The version of a legal text that now holds, as it is kept with each consent. */
export async function policyVersion(key: 'privacy'): Promise<string> {
  const { values } = await current();
  return `${key}-${values.get(key)?.id ?? 0}`;
}

/** Sets a value as part of a larger change; the value before stays in the history. */
export async function putSetting<K extends SettingKey>(
  tx: Tx,
  change: Change,
  key: K,
  value: SettingValue<K>,
  by: Actor,
): Promise<void> {
  const id = await store.replace(tx, {
    key,
    value,
    validFrom: change.at,
    by: by.kind === 'staff' ? by.id : null,
  });
  change.note('setting', key, { fields: Object.keys(value as object), to: { row: id } });
  change.touch('site');
}

/** Changes a setting from now on. Official numbers cannot be set in a demonstration. */
export async function changeSetting<K extends SettingKey>(
  actor: Actor,
  key: K,
  value: SettingValue<K>,
): Promise<void> {
  permit(actor, 'settings:edit');
  const { site } = await current();
  if (site.demo && key === 'site') {
    const identity = value as SiteIdentity;
    const filled = OFFICIAL.find((field) => identity[field] !== '');
    if (filled) {
      throw new AppError('invalid', '演示站点不能填写备案号等正式编号。', { [filled]: '演示站点中此项留空' });
    }
  }
  await write(actor, 'settings.change', (tx, change) => putSetting(tx, change, key, value, actor));
}

/** Whether this store was once loaded with the demonstration city. */
export async function isDemoStore(): Promise<boolean> {
  return (await current()).site.demo;
}
