import { addDays } from '#core/clock.ts';
import type { AreaKind, DutyRole, PlaceLevel, UnitKind } from '#db/schema/places.values.ts';

export const LEVEL_LABEL: Readonly<Record<PlaceLevel, string>> = {
  city: '市',
  district: '区县',
  street: '街道、镇',
  community: '社区、村',
  grid: '网格',
  building: '楼栋',
};

export const UNIT_LABEL: Readonly<Record<UnitKind, string>> = {
  office: '文明办',
  department: '部门',
  street: '街道办、镇政府',
  community: '居委会、村委会',
  property: '物业企业',
  utility: '水电气热企业',
  partner: '共建单位',
};

export const AREA_LABEL: Readonly<Record<AreaKind, string>> = { patch: '片', road: '路', building: '楼' };

/** 一长五员 and those beside them. */
export const DUTY_LABEL: Readonly<Record<DutyRole, string>> = {
  lead: '第一责任人',
  cadre: '包片干部',
  gridWorker: '网格员',
  head: '楼栋长',
  publicist: '宣传员',
  security: '治保员',
  mediator: '调解员',
  hygiene: '卫生员',
  familyPlanning: '计生员',
};

const PARENTS: Readonly<Record<PlaceLevel, readonly PlaceLevel[]>> = {
  city: [],
  district: ['city'],
  street: ['district'],
  community: ['street'],
  grid: ['community'],
  // A community that keeps no grids holds its buildings itself.
  building: ['grid', 'community'],
};

/** The levels a place of this level may lie in, the usual first; none for the city. */
export function parentLevels(level: PlaceLevel): readonly PlaceLevel[] {
  return PARENTS[level];
}

/** The levels that may lie directly under one; the city alone lies under none. */
export function levelsUnder(level: PlaceLevel | null): PlaceLevel[] {
  const levels = Object.keys(PARENTS) as PlaceLevel[];
  return levels.filter((one) => (level === null ? PARENTS[one].length === 0 : PARENTS[one].includes(level)));
}

/** The path of a place below its parent's, `/1/4/9/`; the city's parent path is `/`. */
export function childPath(parentPath: string, id: number): string {
  return `${parentPath}${id}/`;
}

/** Whether a place lies in, or is, the place of a path. */
export function isWithin(path: string, scope: string): boolean {
  return path.startsWith(scope);
}

/** A span of Beijing days, both ends included; open where `to` is null. */
export interface Term {
  from: string;
  to: string | null;
}

/** Whether a term covers a day. */
export function holdsOn({ from, to }: Term, day: string): boolean {
  return from <= day && (to === null || day <= to);
}

/** The number to show to the public: only by consent, and only during the term. */
export function publicPhone(
  holder: Term & { phone: string | null; phonePublic: boolean },
  today: string,
): string | null {
  return holder.phonePublic && holdsOn(holder, today) ? holder.phone : null;
}

export interface Coverage {
  /** Days on which nobody holds the duty. */
  gaps: { from: string; to: string }[];
  /** Days on which several do. */
  overlaps: { from: string; to: string; holders: number }[];
}

/** Who is missing and who is doubled in one duty of one area, between two days, both included. */
export function coverage(terms: readonly Term[], from: string, to: string): Coverage {
  const result: Coverage = { gaps: [], overlaps: [] };
  // The number of holders changes only where a term begins, or on the day after one ends.
  const starts = new Set([from]);
  for (const term of terms) {
    if (term.from > from && term.from <= to) starts.add(term.from);
    const after = term.to === null ? null : addDays(term.to, 1);
    if (after !== null && after > from && after <= to) starts.add(after);
  }
  const days = [...starts].sort();
  days.forEach((day, i) => {
    const next = days[i + 1];
    const end = next === undefined ? to : addDays(next, -1);
    const holders = terms.filter((term) => holdsOn(term, day)).length;
    if (holders === 0) {
      const last = result.gaps[result.gaps.length - 1];
      if (last && addDays(last.to, 1) === day) last.to = end;
      else result.gaps.push({ from: day, to: end });
    } else if (holders > 1) {
      const last = result.overlaps[result.overlaps.length - 1];
      if (last && last.holders === holders && addDays(last.to, 1) === day) last.to = end;
      else result.overlaps.push({ from: day, to: end, holders });
    }
  });
  return result;
}

/** 居民公约 as it is typed, an article a line, without the numbers that people put before it. */
export function covenantOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d+|[一二三四五六七八九十]+)\s*[、.．]\s*/, '').trim())
    .filter(Boolean);
}
