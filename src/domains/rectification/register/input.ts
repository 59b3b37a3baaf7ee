import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import type { NoticeState } from '#db/schema/rectification.values.ts';
import { MATTERS, type Matter, NOTICE_STATES } from '#db/schema/rectification.values.ts';
import { parseNoticeNumber } from '../numbers.ts';

/** What the desk looks for first: piles that wait for somebody, beside the single states. */
export const PILES = {
  open: '未办结',
  unsigned: '待签收',
  check: '待复查',
  overdue: '已超期',
  asked: '无法整改待审批',
  review: '无法整改待复核',
} as const;
export type Pile = keyof typeof PILES;

/** What the address of the register asks for; whatever makes no sense is left out. */
export interface RegisterQuery {
  pile: Pile | null;
  state: NoticeState | null;
  matter: Matter | null;
  place: PlaceId | null;
  issuer: UnitId | null;
  /** A Beijing month of issue, `YYYY-MM`. */
  month: string | null;
  /** As it was typed. */
  q: string;
  page: number;
}

const id = <T extends number>(value: string | null): T | null =>
  value !== null && /^\d{1,12}$/.test(value) ? (Number(value) as T) : null;

/** Reads the filters of an address. An unknown value is no filter: an old link leads to more, never to an error. */
export function readRegisterQuery(params: URLSearchParams): RegisterQuery {
  const pile = params.get('pile') ?? '';
  const month = params.get('month') ?? '';
  const page = Number.parseInt(params.get('page') ?? '', 10);
  return {
    pile: Object.hasOwn(PILES, pile) ? (pile as Pile) : null,
    state: NOTICE_STATES.find((state) => state === params.get('state')) ?? null,
    matter: MATTERS.find((matter) => matter === params.get('matter')) ?? null,
    place: id<PlaceId>(params.get('place')),
    issuer: id<UnitId>(params.get('issuer')),
    month: /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? month : null,
    q: (params.get('q') ?? '').normalize('NFC').trim().slice(0, 60),
    page: Number.isFinite(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** Whether anything narrows the register. */
export const isFiltered = ({ page: _, ...filters }: RegisterQuery): boolean =>
  Object.values(filters).some((value) => value !== null && value !== '');

/** Numbers are found however they were typed; anything else is words. */
export const numberIn = (q: string): string | null => parseNoticeNumber(q);

/** The address of the register with these filters; empty ones leave no trace. */
export function registerHref(query: Partial<RegisterQuery>, path = '/staff/rectification/'): string {
  const params = new URLSearchParams();
  const { page, ...filters } = query;
  for (const [name, value] of Object.entries(filters)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  if (page !== undefined && page > 1) params.set('page', String(page));
  const text = params.toString();
  return path + (text && `?${text}`);
}
