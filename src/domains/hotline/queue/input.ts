import type { Category, State } from '#db/schema/hotline.values.ts';
import { CATEGORIES, STATES } from '#db/schema/hotline.values.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import { parseCaseNumber, parseComplaintNumber } from '../numbers.ts';
import { BASKET_KEYS, type BasketKey } from './rules.ts';

/** How near a case's due time is. */
export const NEARNESS = { overdue: '已超期', today: '今天到期', soon: '三天内到期' } as const;
export type Nearness = keyof typeof NEARNESS;

/** What the address of the queue asks for; whatever makes no sense is left out. */
export interface QueueQuery {
  basket: BasketKey | null;
  state: State | null;
  category: Category | null;
  place: PlaceId | null;
  unit: UnitId | null;
  due: Nearness | null;
  /** As it was typed. */
  q: string;
  page: number;
}

/** What a search looks for: a number in its true form, or words. */
export interface Wanted {
  number: string | null;
  text: string | null;
}

const id = <T extends number>(value: string | null): T | null =>
  value !== null && /^\d{1,12}$/.test(value) ? (Number(value) as T) : null;

/** Reads the filters of an address. An unknown value is no filter: an old link leads to more, never to an error. */
export function readQueueQuery(params: URLSearchParams): QueueQuery {
  const page = Number.parseInt(params.get('page') ?? '', 10);
  const due = params.get('due') ?? '';
  return {
    basket: BASKET_KEYS.find((key) => key === params.get('b')) ?? null,
    state: STATES.find((state) => state === params.get('state')) ?? null,
    category: CATEGORIES.find((category) => category === params.get('category')) ?? null,
    place: id<PlaceId>(params.get('place')),
    unit: id<UnitId>(params.get('unit')),
    due: Object.hasOwn(NEARNESS, due) ? (due as Nearness) : null,
    q: (params.get('q') ?? '').normalize('NFC').trim().slice(0, 60),
    page: Number.isFinite(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** Numbers are found however they were typed; anything else is words. */
export function wantedOf(q: string): Wanted {
  if (q === '') return { number: null, text: null };
  const number = parseCaseNumber(q)?.number ?? parseComplaintNumber(q);
  return number ? { number, text: null } : { number: null, text: q };
}

/** Whether anything besides the basket narrows the list. */
export const isFiltered = (query: QueueQuery): boolean =>
  query.state !== null ||
  query.category !== null ||
  query.place !== null ||
  query.unit !== null ||
  query.due !== null ||
  query.q !== '';

/** The address of the queue with these filters; empty ones leave no trace. */
export function queueHref(query: Partial<QueueQuery>, path = '/staff/hotline/'): string {
  const params = new URLSearchParams();
  const { basket, page, ...filters } = query;
  if (basket) params.set('b', basket);
  for (const [name, value] of Object.entries(filters)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  if (page !== undefined && page > 1) params.set('page', String(page));
  const text = params.toString();
  return path + (text && `?${text}`);
}
