import type { Category } from '#db/schema/hotline.values.ts';
import { parseCaseNumber } from '../../numbers.ts';
import { commaList, one, type Point, Problems, point, refusal } from '../arguments.ts';
import { readSpan, type Span } from '../instants.ts';
import { categoryOf } from '../services/rules.ts';

/** The query parameters that the list of requests reads. */
export const REQUEST_PARAMETERS = [
  'jurisdiction_id',
  'service_request_id',
  'service_code',
  'status',
  'start_date',
  'end_date',
  'page',
  'page_size',
  'extensions',
  'lat_ne',
  'long_ne',
  'lat_sw',
  'long_sw',
] as const;

const STATUSES = ['open', 'closed'] as const;
type Status = (typeof STATUSES)[number];

export interface Box {
  northEast: Point;
  southWest: Point;
}

export interface RequestFilter extends Span {
  codes: readonly Category[] | null;
  status: Status | null;
  box: Box | null;
  limit: number;
  offset: number;
}

export const MOST_ROWS = 1000;
const ROWS_PER_PAGE = 50;

/** Whether the call asks for what goes beyond the contract's own fields. */
export const wantsExtensions = (params: URLSearchParams): boolean => one(params, 'extensions') === 'true';

/** The case numbers that a call names, in their true form; null where it names none. They override every other filter. */
export function readIds(params: URLSearchParams): string[] | null {
  const asked = commaList(params, 'service_request_id');
  if (asked === null) return null;
  if (asked.length > MOST_ROWS) {
    throw refusal('invalid', 'service_request_id', `一次最多 ${MOST_ROWS} 个`);
  }
  return asked.flatMap((id) => parseCaseNumber(id)?.number ?? []);
}

function readCodes(params: URLSearchParams): Category[] | null {
  const asked = commaList(params, 'service_code');
  if (asked === null) return null;
  return asked.map((code) => {
    const category = categoryOf(code);
    if (category === null)
      throw refusal('not_found', 'service_code', `没有代码为 ${code.slice(0, 40)} 的类别`);
    return category;
  });
}

function readStatus(params: URLSearchParams, problems: Problems): Status | null {
  const asked = commaList(params, 'status') ?? [];
  const known = STATUSES.filter((status) => asked.includes(status));
  if (known.length < asked.length) problems.add('status', '只能是 open、closed 或二者用逗号隔开');
  return known.length === 1 ? (known[0] ?? null) : null;
}

function count(params: URLSearchParams, name: string, most: number, problems: Problems): number | null {
  const text = one(params, name);
  if (text === null) return null;
  const n = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (n < 1 || n > most) problems.add(name, `应为 1 到 ${most} 的整数`);
  return n;
}

function readBox(params: URLSearchParams, problems: Problems): Box | null {
  const northEast = point(params, ['lat_ne', 'long_ne'], problems);
  const southWest = point(params, ['lat_sw', 'long_sw'], problems);
  if (northEast === null && southWest === null) return null;
  if (northEast === null || southWest === null) {
    problems.add(northEast === null ? 'lat_ne' : 'lat_sw', '范围查询要给出东北角和西南角的经纬度');
    return null;
  }
  if (northEast.lat < southWest.lat) problems.add('lat_ne', '不能小于 lat_sw');
  if (northEast.long < southWest.long) problems.add('long_ne', '不能小于 long_sw');
  return { northEast, southWest };
}

/**
 * Reads the filters of the list as of `now`. Without paging the first 1000 rows are asked for. Throws `not_found` for an unknown
 * service code, `invalid` for whatever else makes no sense, a span of more than 90 days among it.
 */
export function readFilter(params: URLSearchParams, now: Date): RequestFilter {
  const codes = readCodes(params);
  const problems = new Problems();
  const status = readStatus(params, problems);
  const span = readSpan(params, now, problems);
  const box = readBox(params, problems);
  const page = count(params, 'page', 1_000_000, problems);
  const size = count(params, 'page_size', MOST_ROWS, problems);
  problems.assertNone();
  const limit = size ?? (page === null ? MOST_ROWS : ROWS_PER_PAGE);
  return { ...span, codes, status, box, limit, offset: ((page ?? 1) - 1) * limit };
}
