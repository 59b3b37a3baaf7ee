import { ROLE_LABEL } from '#core/permissions.ts';
import { ROLES } from '#db/schema/accounts.values.ts';
import { CATEGORIES } from '#db/schema/hotline.values.ts';
import { CATEGORY_INFO } from '#domains/hotline/categories.ts';
import { listUnits, placeTree } from '#domains/places/service.ts';
import type { Choice } from '../../../components/form-view.ts';
import { placeOptions } from '../../../components/place-options.ts';

export const ROLE_OPTIONS: readonly Choice[] = ROLES.map((role) => ({
  value: role,
  label: ROLE_LABEL[role],
}));

export const CATEGORY_OPTIONS: readonly Choice[] = CATEGORIES.map((code) => ({
  value: code,
  label: CATEGORY_INFO[code].label,
}));

export const placeChoices = async (): Promise<Choice[]> => placeOptions(await placeTree('community'));

export const unitChoices = async (): Promise<Choice[]> =>
  (await listUnits()).map(({ id, name }) => ({ value: String(id), label: name }));

/** A role with its scope in one line: 「承办员 · 汀南区 · 路灯、井盖」. */
export function scopeWords(grant: {
  role: (typeof ROLES)[number];
  place: string;
  categories: readonly string[] | null;
}): string {
  const matters = grant.categories?.map(
    (code) => CATEGORY_OPTIONS.find(({ value }) => value === code)?.label ?? code,
  );
  return [ROLE_LABEL[grant.role], grant.place, matters?.join('、')].filter(Boolean).join(' · ');
}
