import { beijingDay } from '#core/clock.ts';
import type { Category } from '#db/schema/hotline.values.ts';
import { CATEGORIES } from '#db/schema/hotline.values.ts';
import type { SettingValue } from '#domains/settings/input.ts';
import { CATEGORY_INFO, type CategoryInfo } from '../categories.ts';
import { type CategoryLimit, DEFAULT_LIMITS, type LimitTable } from '../clocks.ts';

/** A category's words and limits as staff entered them for a span of time. */
export interface CategoryEntry {
  code: string;
  name: string;
  hint: string;
  openRule: string;
  closeRule: string;
  limits: unknown;
  publicPlace: boolean;
  fixable: boolean;
  validFrom: Date;
  validTo: Date | null;
}

/** What holds on one day: words by category, and the table that all clocks are read from. */
export interface Catalogue {
  info: Readonly<Record<Category, CategoryInfo>>;
  limits: LimitTable;
}

/** The thresholds that staff set at the desk, in the places of the table they stand for. */
function withThresholds(table: LimitTable, set: SettingValue<'hotline'>): LimitTable {
  const workdays = (n: number) => ({ n, unit: 'workday' }) as const;
  return {
    ...table,
    reopenDays: set.reopenDays,
    step: {
      ...table.step,
      accept: workdays(set.acceptWorkdays),
      sign: workdays(set.signWorkdays),
      info: workdays(set.supplyWorkdays),
      giveUp: workdays(set.giveUpWorkdays),
      extension: workdays(set.extensionWorkdays),
      lapse: { n: set.lapseDays, unit: 'day' },
    },
  };
}

const inForce = (entry: CategoryEntry, day: string): boolean =>
  beijingDay(entry.validFrom) <= day && (entry.validTo === null || day < beijingDay(entry.validTo));

/** The catalogue of a Beijing day: the entry then in force for each category, the defaults for the rest. */
export function catalogueOn(
  day: string,
  entries: readonly CategoryEntry[],
  thresholds: SettingValue<'hotline'>,
): Catalogue {
  const now = new Map(entries.filter((entry) => inForce(entry, day)).map((entry) => [entry.code, entry]));
  const info: Record<Category, CategoryInfo> = { ...CATEGORY_INFO };
  const limits: Record<Category, CategoryLimit> = { ...DEFAULT_LIMITS.category };
  for (const code of CATEGORIES) {
    const entry = now.get(code);
    if (!entry) continue;
    info[code] = {
      label: entry.name,
      hint: entry.hint,
      opens: entry.openRule,
      closes: entry.closeRule,
      publicPlace: entry.publicPlace,
      fixable: entry.fixable,
    };
    limits[code] = entry.limits as CategoryLimit;
  }
  return { info, limits: withThresholds({ ...DEFAULT_LIMITS, category: limits }, thresholds) };
}
