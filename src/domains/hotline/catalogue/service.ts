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

export interface CategoryVersion extends CategoryRow {
  state: 'past' | 'current' | 'planned' | 'dropped';
}

/** Every wording and limit a category ever had, the newest first. Throws `not_found` for what is no category. */
export async function categoryHistory(actor: Actor, code: string): Promise<CategoryVersion[]> {
  permit(actor, 'settings:edit');
  const today = beijingDay(now());
  const own = (await listCategories(reader)).filter((row) => row.code === code).reverse();
  if (own.length === 0) throw new AppError('not_found', '没有这一类事项。');
  return own.map((row) => {
    const from = beijingDay(row.validFrom);
    const to = row.validTo === null ? null : beijingDay(row.validTo);
    const present = to !== null && to <= today ? 'past' : 'current';
    return { ...row, state: from === to ? 'dropped' : from > today ? 'planned' : present };
  });
}

/** Changes a category's words and limits from a later Beijing day on; what was filed before keeps its own. */
export async function changeCategory(actor: Actor, code: string, sent: CategoryChange): Promise<void> {
  permit(actor, 'settings:edit');
  if (sent.from <= beijingDay(now())) {
    throw new AppError('invalid', '生效日期要在今天以后：今天已经收到的诉求按原来的时限办。', {
      from: '请填明天或以后的日期',
    });
  }
  await write(actor, 'category.change', async (tx, change) => {
    const rows = await listCategories(tx);
    const before = rows.find((row) => row.code === code && row.validTo === null);
    const { id: _, validTo: _open, ...kept } = found(before, '没有这一类事项。');
    const validFrom = startOfBeijingDay(sent.from);
    const { steps } = kept.limits as CategoryLimit;
    await replaceCategory(tx, {
      ...kept,
      name: sent.name,
      hint: sent.hint,
      openRule: sent.openRule,
      closeRule: sent.closeRule,
      limits: { ...limitsOf(sent), ...(steps ? { steps } : {}) },
      publicPlace: sent.publicPlace,
      fixable: sent.fixable,
      validFrom,
    });
    change.note('category', code, {
      fields: ['name', 'hint', 'openRule', 'closeRule'],
      from: { limits: JSON.stringify(kept.limits) },
      to: { limits: JSON.stringify(limitsOf(sent)), from: sent.from },
    });
    change.touch('categories', 'cases', 'site');
  });
}
