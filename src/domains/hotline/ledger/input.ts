import { CATEGORIES, type Category, type State } from '#db/schema/hotline.values.ts';
import type { PlaceId } from '#db/schema/ids.ts';

/** The states as readers filter by them. */
export const STAGES = {
  handling: {
    label: '办理中',
    states: ['needs_info', 'accepted', 'dispatched', 'handling', 'returned', 'answered', 'redo'],
  },
  answered: { label: '已答复', states: ['follow_up'] },
  closed: { label: '已办结', states: ['closed', 'signed_off'] },
  ended: { label: '不予受理、转办或终止', states: ['refused', 'referred', 'terminated', 'merged'] },
} as const satisfies Record<string, { label: string; states: readonly State[] }>;
export type Stage = keyof typeof STAGES;

/** What the address of the ledger asks for; whatever makes no sense is left out. */
export interface LedgerQuery {
  category: Category | null;
  community: PlaceId | null;
  state: Stage | null;
  /** `YYYY-MM`, of filing. */
  month: string | null;
  page: number;
}

/** The query parameters that the ledger reads. */
export const LEDGER_PARAMETERS = ['category', 'community', 'state', 'month', 'page'] as const;

/** Reads the filters of an address. An unknown value is no filter: old links lead to more, never to an error. */
export function readLedgerQuery(params: URLSearchParams): LedgerQuery {
  const text = (name: string) => params.get(name) ?? '';
  const state = text('state');
  const page = Number.parseInt(text('page'), 10);
  return {
    category: CATEGORIES.find((code) => code === text('category') && code !== 'RIGHTS') ?? null,
    community: /^\d{1,12}$/.test(text('community')) ? (Number(text('community')) as PlaceId) : null,
    state: Object.hasOwn(STAGES, state) ? (state as Stage) : null,
    month: /^20\d\d-(0[1-9]|1[0-2])$/.test(text('month')) ? text('month') : null,
    page: Number.isFinite(page) && page > 0 && page < 100_000 ? page : 1,
  };
}

/** The address of the ledger with these filters; empty ones leave no trace. */
export function ledgerHref(query: Partial<LedgerQuery>): string {
  const params = new URLSearchParams();
  for (const name of LEDGER_PARAMETERS) {
    const value = query[name];
    if (value !== null && value !== undefined && !(name === 'page' && value === 1))
      params.set(name, String(value));
  }
  const text = params.toString();
  return `/hotline/cases${text && `?${text}`}`;
}
