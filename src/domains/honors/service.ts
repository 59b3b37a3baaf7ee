import { AppError, found } from '#core/errors.ts';
import { reader, type Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { HONOR_KINDS, type HonorKind } from '#db/schema/honors.values.ts';
import type { HonoreeId, PlaceId } from '#db/schema/ids.ts';
import { indexEntry } from '#domains/search/service.ts';
import { CLASS_LABEL, HONOR_INFO, inStrokeOrder, isShown, periodLabel } from './rules.ts';
import * as store from './store.ts';

export type { Honoree } from './store.ts';

export const honorPath = (id: HonoreeId): string => `/honors/${id}`;

const slugOf = (kind: HonorKind): string => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const rollPath = (kind: HonorKind): string => `/honors/rolls/${slugOf(kind)}`;

/** The roll that an address names; `not_found` where there is none. */
export const rollOf = (slug: string): HonorKind =>
  found(
    HONOR_KINDS.find((kind) => slugOf(kind) === slug),
    '没有这个荣誉榜单。',
  );

export interface Roll {
  kind: HonorKind;
  label: string;
  path: string;
  total: number;
  /** The years that have somebody on it, the newest first. */
  years: string[];
}

/** The rolls that list somebody, in their fixed order. */
export async function listRolls(): Promise<Roll[]> {
  const counts = Map.groupBy(await store.countYears(reader), (row) => row.kind);
  return HONOR_KINDS.flatMap((kind) => {
    const years = counts.get(kind);
    if (!years) return [];
    const total = years.reduce((sum, { n }) => sum + n, 0);
    return [
      {
        kind,
        label: HONOR_INFO[kind].label,
        path: rollPath(kind),
        total,
        years: years.map(({ year }) => year),
      },
    ];
  });
}

export interface Period {
  label: string;
  people: store.Honoree[];
}

/** A roll's year, period by period; within one by strokes of the name, class by class. */
export async function readRoll(kind: HonorKind, year: string): Promise<Period[]> {
  const classes = HONOR_INFO[kind].classes;
  const rank = ({ class: one }: store.Honoree): number => (one === null ? -1 : classes.indexOf(one));
  const periods = Map.groupBy(await store.listYear(reader, kind, year), (row) => row.period);
  return [...periods].map(([period, people]) => ({
    label: periodLabel(kind, period) ?? period,
    people: inStrokeOrder(people).sort((a, b) => rank(a) - rank(b)),
  }));
}

export const newestHonorees = (kind: HonorKind, limit: number): Promise<store.Honoree[]> =>
  store.listNewest(reader, kind, limit);

/** Who was honoured in a place, the newest first. */
export const honoreesOfPlace = (id: PlaceId, limit = 10): Promise<store.Honoree[]> =>
  store.listOfPlace(reader, id, limit);

/**
 * One honouree as the public may see him. `not_found` before he is listed and without his consent; what was revoked comes
 * back too, for its tombstone.
 */
export async function readHonoree(id: number): Promise<store.Honoree> {
  const row = Number.isSafeInteger(id) ? await store.findHonoree(reader, id as HonoreeId) : null;
  const honoree = found(row, '没有找到这位获誉者，请从榜单进入。');
  if (honoree.state === 'revoked' || (honoree.state === 'listed' && isShown(honoree))) return honoree;
  throw new AppError('not_found', '没有找到这位获誉者，请从榜单进入。');
}

/** What a person is honoured for, in a word: his class, else the name of the roll. */
export const honorWord = ({ kind, class: one }: Pick<store.Honoree, 'kind' | 'class'>): string =>
  one === null ? HONOR_INFO[kind].label : CLASS_LABEL[one];

const MEASURE = { person: '位', household: '户', unit: '个' } as const;

/** How many stand on a roll, in words: 「22 位」「3 户」. */
export const countWords = (kind: HonorKind, n: number): string => `${n} ${MEASURE[HONOR_INFO[kind].subject]}`;

/** Loads honourees as listed, findable, in the caller's transaction. `place` is the name each stands under. */
export async function loadListed(
  tx: Tx,
  change: Change,
  loaded: readonly { row: Omit<store.NewHonoree, 'state'> & { listedAt: Date }; place: string }[],
): Promise<void> {
  const ids = await store.insertHonorees(
    tx,
    loaded.map(({ row }) => ({ ...row, state: 'listed' as const })),
  );
  for (const [i, { row, place }] of loaded.entries()) {
    const id = ids[i];
    if (id === undefined) continue;
    const word = honorWord({ kind: row.kind, class: row.class ?? null });
    const period = periodLabel(row.kind, row.period) ?? row.period;
    await indexEntry(tx, {
      kind: 'honor',
      ref: String(id),
      url: honorPath(id),
      title: row.name,
      text: [`${period}${HONOR_INFO[row.kind].label} ${word} ${place}`, row.deeds, row.story].join('\n'),
      facet: 'honor',
      at: row.listedAt,
    });
  }
  change.note('honorees', 'loaded', { to: { count: ids.length } });
  change.touch('honors', 'home');
}

/** Addresses for the site map. */
export async function honorLandmarks(): Promise<{ path: string; changedAt: Date | null }[]> {
  const people = await store.listLandmarks(reader);
  const rolls = await listRolls();
  return [
    ...rolls.map(({ path }) => ({ path, changedAt: null })),
    ...people.map(({ id, listedAt }) => ({ path: honorPath(id), changedAt: listedAt })),
  ];
}
