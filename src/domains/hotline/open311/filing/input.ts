import type { z } from 'zod';
import { mobile, multiline, text } from '#core/fields.ts';
import type { Category } from '#db/schema/hotline.values.ts';
import { type Answered, readAnswers } from '../answers/rules.ts';
import { many, one, type Point, Problems, point, refusal } from '../arguments.ts';
import type { Attribute } from '../services/rules.ts';
import { categoryOf } from '../services/rules.ts';
import { fullName } from './rules.ts';

/** A request as a client sent it, checked. */
export interface SentRequest {
  category: Category;
  answers: readonly Answered[];
  point: Point | null;
  address: string;
  addressId: string | null;
  description: string;
  name: string;
  /** A mainland mobile number; empty where none was sent or it is none. */
  phone: string;
  accountId: string;
  mediaUrls: readonly string[];
  /** What was sent and is not kept, to be told. */
  dropped: readonly ('phone' | 'email')[];
}

const MOST_URLS = 10;
const MOST_URL_LENGTH = 500;
const HTML = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|<!--/i;

const DESCRIPTION = multiline('说明', { min: 2, max: 4000, optional: true });
const ADDRESS = text('地址', { max: 300, optional: true });
const NAME = text('姓名', { max: 60, optional: true });
const ACCOUNT = text('账号', { max: 200, optional: true });
const PHONE = mobile('电话', { optional: true });

/** Reads one argument by a field of ours; what is wrong with it is a problem of the argument's name. */
export function readField(
  schema: z.ZodType<string, unknown>,
  fields: URLSearchParams,
  name: string,
  problems: Problems,
): string {
  const result = schema.safeParse(one(fields, name) ?? '');
  if (result.success) return result.data;
  problems.add(name, result.error.issues[0]?.message ?? '不对');
  return '';
}

/** Text of a resident, without HTML. */
export function readDescription(fields: URLSearchParams, problems: Problems): string {
  const description = readField(DESCRIPTION, fields, 'description', problems);
  if (HTML.test(description)) problems.add('description', '不能含有 HTML 标记，请只发送文字');
  return description;
}

/** Addresses of pictures elsewhere. They are kept as text for staff, and never fetched. */
export function readMediaUrls(fields: URLSearchParams, problems: Problems): string[] {
  const urls = [...many(fields, 'media_url'), ...many(fields, 'media_url[]')];
  if (urls.length > MOST_URLS) problems.add('media_url', `最多 ${MOST_URLS} 个`);
  const odd = urls.some((url) => !/^https?:\/\/[^\s<>"]+$/i.test(url) || url.length > MOST_URL_LENGTH);
  if (odd) problems.add('media_url', `应为 http 或 https 网址，不超过 ${MOST_URL_LENGTH} 个字符`);
  return [...new Set(urls)];
}

/** The category that is named. Throws `invalid` where none is, `not_found` for an unknown one. */
export function readCategory(fields: URLSearchParams): Category {
  const code = one(fields, 'service_code');
  if (code === null) throw refusal('invalid', 'service_code', '缺少这个必填的参数');
  const category = categoryOf(code);
  if (category === null) throw refusal('not_found', 'service_code', `没有代码为 ${code.slice(0, 40)} 的类别`);
  return category;
}

/** Reads a request of a category. Throws `invalid`, naming every argument and attribute that is missing or wrong. */
export function readRequest(
  fields: URLSearchParams,
  category: Category,
  questions: readonly Attribute[],
): SentRequest {
  const problems = new Problems();
  const at = point(fields, ['lat', 'long'], problems);
  const address = readField(ADDRESS, fields, 'address_string', problems);
  const addressId = one(fields, 'address_id');
  if (at === null && address === '' && addressId === null) {
    problems.add('lat', '缺少地点：lat 和 long、address_string、address_id 至少给一种');
  }
  const answers = readAnswers(questions, fields, problems);
  const description = readDescription(fields, problems);
  const first = readField(NAME, fields, 'first_name', problems);
  const last = readField(NAME, fields, 'last_name', problems);
  const accountId = readField(ACCOUNT, fields, 'account_id', problems);
  const mediaUrls = readMediaUrls(fields, problems);
  // A complaint is never refused for a telephone that cannot be reached; the answer says that it is not kept.
  const phone = PHONE.safeParse(one(fields, 'phone') ?? '').data ?? '';
  problems.assertNone();
  const dropped = (['phone', 'email'] as const).filter(
    (name) => one(fields, name) !== null && !(name === 'phone' && phone !== ''),
  );
  return {
    category,
    answers,
    point: at,
    address,
    addressId,
    description,
    name: fullName(first, last),
    phone,
    accountId,
    mediaUrls,
    dropped,
  };
}
