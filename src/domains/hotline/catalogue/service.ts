import type { Actor } from '#core/actor.ts';
import { beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { write } from '#core/write.ts';
import type { SettingValue } from '#domains/settings/input.ts';
import { setting } from '#domains/settings/service.ts';
import type { CategoryLimit } from '../clocks.ts';
import { type CategoryChange, limitsOf } from './input.ts';
import { type Catalogue, catalogueOn } from './rules.ts';
import { type CategoryRow, listCategories, replaceCategory } from './store.ts';

export type { Catalogue } from './rules.ts';

/** The one asked for last: nearly always today's. */
let latest: {
  day: string;
  rows: readonly CategoryRow[];
  thresholds: SettingValue<'hotline'>;
  catalogue: Catalogue;
} | null = null;
let loaded: Promise<CategoryRow[]> | null = null;

onPurge((tags) => {
  if (tags.includes('categories')) loaded = null;
});

/** Words and limits by category as they held at an instant: a case keeps the rule of the day it was filed. */
export async function catalogueAt(at: Date): Promise<Catalogue> {
  loaded ??= listCategories(reader).catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  const day = beijingDay(at);
  const rows = await loaded;
  const thresholds = await setting('hotline');
  if (latest?.day !== day || latest.rows !== rows || latest.thresholds !== thresholds) {
    latest = { day, rows, thresholds, catalogue: catalogueOn(day, rows, thresholds) };
  }
  return latest.catalogue;
}
