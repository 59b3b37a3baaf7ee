import { beijingDay } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { setting } from '#domains/settings/service.ts';
import { type Catalogue, catalogueOn } from './rules.ts';
import { type CategoryRow, listCategories } from './store.ts';

export type { Catalogue } from './rules.ts';

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
  return catalogueOn(beijingDay(at), await loaded, await setting('hotline'));
}
