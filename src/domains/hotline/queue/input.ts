import { z } from 'zod';
import { idField, text } from '#core/fields.ts';
import type { Category, State } from '#db/schema/hotline.values.ts';
import { CATEGORIES, STATES } from '#db/schema/hotline.values.ts';
import type { ComplaintId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { parseCaseNumber, parseComplaintNumber } from '../numbers.ts';

/** Which cases a list shows: what waits for this person, all that is open, or everything. */
export const VIEWS = { mine: '待我办理', open: '全部在办', overdue: '已超期', all: '全部' } as const;
export type View = keyof typeof VIEWS;

export interface QueueQuery {
  view: View;
  state: State | null;
  category: Category | null;
  place: PlaceId | null;
  unit: UnitId | null;
  /** A case's or a complaint's number, in its true form. */
  number: string | null;
  page: number;
}

const id = <T extends number>(value: string | null): T | null =>
  value !== null && /^\d{1,12}$/.test(value) ? (Number(value) as T) : null;

/** Reads the filters of an address; what makes no sense is left out. */
export function readQueueQuery(params: URLSearchParams): QueueQuery {
  const view = params.get('view') ?? '';
  const page = Number.parseInt(params.get('page') ?? '', 10);
  const q = params.get('q') ?? '';
  return {
    view: Object.hasOwn(VIEWS, view) ? (view as View) : 'mine',
    state: STATES.find((state) => state === params.get('state')) ?? null,
    category: CATEGORIES.find((category) => category === params.get('category')) ?? null,
    place: id<PlaceId>(params.get('place')),
    unit: id<UnitId>(params.get('unit')),
    number: parseCaseNumber(q)?.number ?? parseComplaintNumber(q),
    page: Number.isFinite(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

export const RevealContact = z.object({
  number: text('工单编号', { max: 20 }),
  complaint: idField<ComplaintId>('诉求'),
  reason: text('查看理由', { min: 2, max: 100 }),
});
export type RevealContact = z.output<typeof RevealContact>;
