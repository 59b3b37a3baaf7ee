import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { CATEGORIES } from '#db/schema/hotline.values.ts';
import { insertCategories } from '#domains/hotline/catalogue/store.ts';
import { CATEGORY_INFO } from '#domains/hotline/categories.ts';
import { DEFAULT_LIMITS } from '#domains/hotline/clocks.ts';

/** What every city begins with: the hotline's categories with their limits, for staff to edit. */
export async function seedCity(tx: Tx, change: Change): Promise<void> {
  await insertCategories(
    tx,
    CATEGORIES.map((code, position) => {
      const info = CATEGORY_INFO[code];
      return {
        code,
        name: info.label,
        group: '',
        hint: info.hint,
        openRule: info.opens,
        closeRule: info.closes,
        limits: DEFAULT_LIMITS.category[code],
        publicPlace: info.publicPlace,
        fixable: info.fixable,
        position,
        validFrom: new Date(0),
      };
    }),
  );
  change.note('categories', 'all', { to: { count: CATEGORIES.length } });
}
