import { timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { type Answer, acceptForm } from './answer.ts';
import { now } from './clock.ts';
import { AppError, type ErrorCode, HTTP_STATUS } from './errors.ts';
import { isList } from './fields.ts';
import { randomToken } from './ids.ts';
import { dropFiles, readSent, type Sent, type SentFile, type SentLimits } from './multipart.ts';
import { hmac } from './secrets.ts';
import { reader } from './store.ts';
import { AlreadyAnswered, findAnswer, moveAnswer, runSubmission, type Submission } from './submission.ts';
import { write } from './write.ts';

const LIFE_MS = 24 * 3_600_000;

/** A file that was taken in although its form came back: it need not be chosen again. */
export interface KeptFile {
  id: string;
  name: string;
}

/** Takes in the files of a sending. What cannot be used is named in `problems`, never thrown. */
export type Stager = (
  files: readonly SentFile[],
  keptIds: readonly string[],
) => Promise<{ kept: KeptFile[]; problems: string[] }>;

export interface FormOptions {
  /** Several forms on one page: each sends its name as `_form_name`, and only that one is handled. */
  name?: string;
  files?: { field: string; limits: SentLimits; stage: Stager };
}

/** A form as its page draws it: empty, or filled with what was sent and what was wrong with it. */
export interface FormState {
  /** One-time id for the hidden field `_form`. */
  id: string;
  name: string;
  /** Whether this form was sent with this request. */
  sent: boolean;
  /** Whether its handler ran and asked to show the page again. */
  done: boolean;
  /** What is wrong with the whole, beside the errors at the fields. */
  message: string | null;
  errors: Readonly<Record<string, string>>;
  kept: readonly KeptFile[];
  value(name: string, fallback?: string): string;
  values(name: string): readonly string[];
  checked(name: string, value?: string): boolean;
  /** Whether anything is to be put right. */
  failed: boolean;
}

/** The little of a page that a form needs. */
export interface FormPage {
  request: Request;
  url: URL;
  response: { status?: number; headers: Headers };
  locals: { answer: Answer };
}

const sign = (text: string): string => hmac('form', text).subarray(0, 12).toString('base64url');

/** A new one-time id: when it was given out, a random part, and a mark that it is ours. */
export function formId(at: Date): string {
  const text = `${at.getTime().toString(36)}.${randomToken(12)}`;
  return `${text}.${sign(text)}`;
}

function idState(id: string, at: Date): 'good' | 'old' | 'foreign' {
  const [issued = '', random = '', mark = ''] = id.split('.');
  const right = Buffer.from(sign(`${issued}.${random}`));
  const given = Buffer.from(mark);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'foreign';
  return at.getTime() - Number.parseInt(issued, 36) > LIFE_MS ? 'old' : 'good';
}

/** The plain object that a schema reads: lists from repeated fields, tick boxes from presence, else the first value. */
function toObject(
  shape: Readonly<Record<string, z.ZodType>>,
  fields: URLSearchParams,
): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    if (isList(schema)) raw[name] = fields.getAll(name);
    else if (schema.def.type === 'boolean') raw[name] = (fields.get(name) ?? '') !== '';
    else raw[name] = fields.get(name);
  }
  return raw;
}

/** The first error of each field, in the order of the form: checks across fields would else come last. */
function fieldErrors(error: z.ZodError, order: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    errors[field] ??= issue.message;
  }
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

interface Draft {
  fields: URLSearchParams;
  sent: boolean;
  done?: boolean;
  message?: string | null;
  errors?: Record<string, string>;
  kept?: readonly KeptFile[];
}

function state(name: string, draft: Draft): FormState {
  const { fields, sent, done = false, message = null, errors = {}, kept = [] } = draft;
  return {
    id: formId(now()),
    name,
    sent,
    done,
    message,
    errors,
    kept,
    value: (field, fallback = '') => (sent || fields.has(field) ? (fields.get(field) ?? '') : fallback),
    values: (field) => fields.getAll(field),
    checked: (field, value) =>
      value === undefined ? fields.has(field) : fields.getAll(field).includes(value),
    failed: sent && (message !== null || Object.keys(errors).length > 0),
  };
}

const seeOther = (page: FormPage, location: string): Response => {
  const headers = new Headers({ Location: location === '' ? page.url.pathname + page.url.search : location });
  for (const cookie of page.response.headers.getSetCookie()) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
};

const parsed = new WeakMap<Request, Promise<Sent>>();

const NO_FILES: SentLimits = { fileBytes: 1, files: 0 };

/** Two forms on one page read the one body once. */
function sentOf(request: Request, limits: SentLimits): Promise<Sent> {
  let sent = parsed.get(request);
  if (!sent) {
    sent = readSent(request, limits);
    parsed.set(request, sent);
  }
  return sent;
}

const IDS = {
  old: '这个页面打开已超过 24 小时。您填写的内容都在，请核对后再提交一次。',
  foreign: '没有认出这张表单的编号。您填写的内容都在，请再提交一次。',
} as const;

interface Attempt {
  code: ErrorCode;
  message: string | null;
  errors: Record<string, string>;
  retryAfter?: number | undefined;
}

/** Runs the handler as one submission. Gives the location to go to, `null` to draw again, or what went wrong. */
async function carryOut<Out>(
  id: string,
  data: Out,
  handler: (data: Out, kept: readonly KeptFile[]) => Promise<string | null>,
  kept: readonly KeptFile[],
): Promise<{ location: string | null } | Attempt> {
  const submission: Submission = { id, location: '', recorded: false };
  try {
    const location = await runSubmission(submission, () => handler(data, kept));
    if (location !== null && submission.recorded && submission.location !== location) {
      await write.quiet((tx) => moveAnswer(tx, id, location));
    }
    return { location };
  } catch (error) {
    if (error instanceof AlreadyAnswered) return { location: error.location };
    if (!(error instanceof AppError) || error.code === 'unauthenticated') throw error;
    const { code, message, fields, retryAfter } = error;
    return { code, message, errors: { ...fields }, retryAfter };
  }
}

/**
 * Handles a page's form. On GET: an empty form (filled from the query where it names fields). On POST: reads, checks,
 * and runs `handler`, whose answer is where to go (303) or `null` to draw the page again; the same sending
 * repeated, also after a restart, is led where the first one was. What is wrong comes back beside the fields
 * with a 4xx status, everything typed still there. Throws `unauthenticated`, and what is no `AppError`.
 */
export async function handleForm<Shape extends Readonly<Record<string, z.ZodType>>>(
  page: FormPage,
  schema: z.ZodObject<Shape>,
  handler: (data: z.output<z.ZodObject<Shape>>, kept: readonly KeptFile[]) => Promise<string | null>,
  options: FormOptions = {},
): Promise<FormState | Response> {
  const name = options.name ?? '';
  acceptForm(page);
  if (page.request.method !== 'POST') return state(name, { fields: page.url.searchParams, sent: false });

  const { fields, files } = await sentOf(page.request, options.files?.limits ?? NO_FILES);
  if ((fields.get('_form_name') ?? '') !== name)
    return state(name, { fields: new URLSearchParams(), sent: false });
  try {
    const id = fields.get('_form') ?? '';
    const earlier = await findAnswer(reader, id);
    if (earlier !== null) return seeOther(page, earlier);

    const staged = options.files
      ? await options.files.stage(
          files.filter((f) => f.field === options.files?.field),
          fields.getAll('_kept'),
        )
      : { kept: [], problems: [] };
    const fail = (attempt: Attempt): FormState => {
      page.response.status = HTTP_STATUS[attempt.code];
      if (attempt.retryAfter) page.response.headers.set('Retry-After', String(attempt.retryAfter));
      return state(name, { fields, sent: true, kept: staged.kept, ...attempt });
    };

    const result = schema.safeParse(toObject(schema.shape, fields));
    const errors = result.success ? {} : fieldErrors(result.error, Object.keys(schema.shape));
    if (options.files && staged.problems.length > 0) errors[options.files.field] = staged.problems.join('；');
    if (!result.success || Object.keys(errors).length > 0)
      return fail({ code: 'invalid', message: null, errors });

    const age = idState(id, now());
    if (age !== 'good') return fail({ code: 'invalid', message: IDS[age], errors: {} });

    const outcome = await carryOut(id, result.data, handler, staged.kept);
    if ('code' in outcome) return fail(outcome);
    if (outcome.location === null) return state(name, { fields, sent: true, done: true, kept: staged.kept });
    return seeOther(page, outcome.location);
  } finally {
    await dropFiles(files);
  }
}
