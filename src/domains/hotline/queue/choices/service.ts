import type { CaseFlag, Category, Kind } from '#db/schema/hotline.values.ts';
import { CASE_FLAGS, CATEGORIES } from '#db/schema/hotline.values.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import type { Limit } from '#domains/calendar/rules.ts';
import { listCommunities, listUnits, pathTo, unitsAt } from '#domains/places/service.ts';
import type { CaseRow } from '../../cases/step.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { deskLabel, FLAG_LABEL } from '../../categories.ts';
import { limitFor } from '../../clocks.ts';
import { limitWords } from '../rules.ts';

interface Option {
  value: string;
  label: string;
}

interface Group {
  label: string;
  options: Option[];
}

/** Categories as they are chosen on accepting: each with its time to resolve, for this kind of matter. */
export async function categoryChoices(filedAt: Date, kind: Kind): Promise<Option[]> {
  const { info, limits } = await catalogueAt(filedAt);
  return CATEGORIES.map((category) => ({
    value: category,
    label: `${deskLabel(category, info)}（${limitWords(limitFor({ category, kind, urgency: 'ordinary' }, limits))}）`,
  }));
}

/** The circumstances that staff tick, each with the categories whose limit it changes. */
export async function flagChoices(filedAt: Date): Promise<(Option & { hint: string })[]> {
  const { info, limits } = await catalogueAt(filedAt);
  const effect = (flag: CaseFlag): string =>
    CATEGORIES.flatMap((category) => {
      const limit: Limit | undefined = limits.category[category].flags?.[flag];
      return limit ? `${info[category].label} ${limitWords(limit)}` : [];
    }).join('，');
  return CASE_FLAGS.map((flag) => ({
    value: flag,
    label: FLAG_LABEL[flag],
    hint: flag === 'supervised' ? `不超过 ${limitWords(limits.supervised)}` : effect(flag),
  }));
}

/** The communities by street; a place of another level that the case now has stands first. */
export async function communityChoices(
  c: Pick<CaseRow, 'placeId' | 'placePath'> | null,
): Promise<(Option | Group)[]> {
  const groups = new Map<string, Option[]>();
  const communities = await listCommunities();
  for (const { id, name, street, district } of communities) {
    const label = `${district} ${street}`;
    groups.set(label, [...(groups.get(label) ?? []), { value: String(id), label: name }]);
  }
  const listed = [...groups].map(([label, options]) => ({ label, options }));
  if (c === null || communities.some(({ id }) => id === c.placeId)) return listed;
  const way = await pathTo({ path: c.placePath });
  const city = way.length === 1;
  const own = city
    ? '全市（不属于某个社区，或还不清楚）'
    : way
        .slice(1)
        .map(({ name }) => name)
        .join(' ');
  return [{ value: String(c.placeId), label: own }, ...listed];
}

/** Units by how near they are to a place; the one complained of is not among them. */
export async function unitChoices(placeId: PlaceId, except: UnitId | null): Promise<Group[]> {
  const near = new Set<UnitId>((await unitsAt(placeId)).map(({ id }) => id));
  const units = (await listUnits()).filter(({ id }) => id !== except);
  const options = (here: boolean): Option[] =>
    units
      .filter(({ id }) => near.has(id) === here)
      .map(({ id, name }) => ({ value: String(id), label: name }));
  return [
    { label: '管这个地方的单位', options: options(true) },
    { label: '其他单位', options: options(false) },
  ].filter((group) => group.options.length > 0);
}

/** What a category is called, for filters. */
export async function categoryFilter(at: Date, rights: boolean): Promise<Option[]> {
  const { info } = await catalogueAt(at);
  return CATEGORIES.filter((category: Category) => category !== 'RIGHTS' || rights).map((category) => ({
    value: category,
    label: deskLabel(category, info),
  }));
}
