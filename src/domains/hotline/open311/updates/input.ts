import { text } from '#core/fields.ts';
import { parseCaseNumber } from '../../numbers.ts';
import { one, Problems, refusal } from '../arguments.ts';
import { readDescription, readField, readMediaUrls } from '../filing/input.ts';
import { parseMoment, readSpan, type Span } from '../instants.ts';

/** The query parameters that the list of updates reads. */
export const UPDATE_PARAMETERS = ['jurisdiction_id', 'start_date', 'end_date'] as const;

/** Reads the span of the list. Throws `invalid` for one that makes no sense or is too wide. */
export function readUpdateSpan(params: URLSearchParams, now: Date): Span {
  const problems = new Problems();
  const span = readSpan(params, now, problems);
  problems.assertNone();
  return span;
}

const STATUSES = [
  'open',
  'closed',
  'fixed',
  'in_progress',
  'planned',
  'action_scheduled',
  'investigating',
  'duplicate',
  'not_councils_responsibility',
  'no_further_action',
  'internal_referral',
  'cancelled',
  'reopen',
  'for_triage',
  'unchanged',
] as const;
type UpdateStatus = (typeof STATUSES)[number];

export interface SentUpdate {
  number: string;
  updateId: string;
  status: UpdateStatus;
  at: Date;
  description: string;
  mediaUrls: readonly string[];
}

const REQUIRED = ['service_request_id', 'update_id', 'status', 'updated_datetime', 'description'] as const;

const UPDATE_ID = text('更新编号', { max: 100, optional: true });

/** Reads an update. Throws `invalid`, naming every argument that is missing or wrong, `not_found` for what is no case number. */
export function readUpdate(fields: URLSearchParams): SentUpdate {
  const problems = new Problems();
  for (const name of REQUIRED) {
    if (one(fields, name) === null) problems.add(name, '缺少这个必填的参数');
  }
  const updateId = readField(UPDATE_ID, fields, 'update_id', problems);
  const status = STATUSES.find((known) => known === one(fields, 'status')?.toLowerCase());
  if (status === undefined) problems.add('status', `应为 ${STATUSES.join('、').toUpperCase()} 之一`);
  const moment = parseMoment(one(fields, 'updated_datetime') ?? '');
  if (moment === null) problems.add('updated_datetime', '应为 W3C 日期时间，例如 2026-03-05T09:30:00+08:00');
  const description = readDescription(fields, problems);
  const mediaUrls = readMediaUrls(fields, problems);
  problems.assertNone();
  const number = parseCaseNumber(one(fields, 'service_request_id') ?? '')?.number;
  if (number === undefined) throw refusal('not_found', 'service_request_id', '没有这个编号的诉求');
  if (status === undefined || moment === null)
    throw new Error('an update was read without its status or time');
  return { number, updateId, status, at: moment.at, description, mediaUrls };
}
