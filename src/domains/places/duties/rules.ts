import { addDays } from '#core/clock.ts';
import type { DutyRole, PlaceLevel } from '#db/schema/places.values.ts';
import { coverage, type Term } from '../rules.ts';

/** The duty that must be held on every day, by the level of the place. */
export const NEEDED: Readonly<Partial<Record<PlaceLevel, DutyRole>>> = {
  community: 'lead',
  grid: 'gridWorker',
  building: 'head',
};

/** How far ahead the desk looks for duties that end without a successor. */
export const AHEAD_DAYS = 60;

export interface Duty extends Term {
  placeId: number;
  areaId: number;
  role: DutyRole;
  person: string;
}

export interface Finding {
  placeId: number;
  role: DutyRole;
  from: string;
  /** `null` when it lasts as far as was looked. */
  to: string | null;
  /** Those who hold the duty at once; nobody in a gap. */
  people: string[];
}

/**
 * Where nobody, or more than one, holds a duty from `today` on: the needed duty of each place, and any that has been held
 * there before.
 */
export function findings(
  places: readonly { id: number; level: PlaceLevel }[],
  duties: readonly Duty[],
  today: string,
): { gaps: Finding[]; overlaps: Finding[] } {
  const end = addDays(today, AHEAD_DAYS);
  const open = (to: string) => (to === end ? null : to);
  const groups = new Map<string, { placeId: number; role: DutyRole; duties: Duty[] }>();
  for (const duty of duties) {
    const key = `${duty.areaId} ${duty.role}`;
    const group = groups.get(key) ?? { placeId: duty.placeId, role: duty.role, duties: [] };
    group.duties.push(duty);
    groups.set(key, group);
  }
  const held = new Set(duties.map(({ placeId, role }) => `${placeId} ${role}`));
  for (const { id, level } of places) {
    const role = NEEDED[level];
    if (role && !held.has(`${id} ${role}`)) groups.set(`none ${id}`, { placeId: id, role, duties: [] });
  }
  const gaps: Finding[] = [];
  const overlaps: Finding[] = [];
  for (const { placeId, role, duties: terms } of groups.values()) {
    const found = coverage(terms, today, end);
    for (const { from, to } of found.gaps) gaps.push({ placeId, role, from, to: open(to), people: [] });
    for (const { from, to } of found.overlaps) {
      const people = terms
        .filter((one) => one.from <= to && (one.to === null || one.to >= from))
        .map((one) => one.person);
      overlaps.push({ placeId, role, from, to: open(to), people });
    }
  }
  return { gaps, overlaps };
}
