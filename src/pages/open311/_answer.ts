import type { APIContext, APIRoute } from 'astro';
import { acceptForm, cachePublic } from '#core/answer.ts';
import { AppError } from '#core/errors.ts';
import { log } from '#core/log.ts';
import { dropFiles, readSent, type Sent } from '#core/multipart.ts';
import { withoutParameters } from '#core/store.ts';
import { one } from '#domains/hotline/open311/arguments.ts';
import { admitClient, assertJurisdiction, type Client } from '#domains/hotline/open311/clients/service.ts';
import {
  CONTENT_TYPE,
  type Document,
  describe,
  errorDocument,
  FORMATS,
  type Format,
  render,
  statusOf,
} from '#domains/hotline/open311/documents/rules.ts';
import { READ_LIMITS } from '#domains/hotline/open311/pictures.ts';

/** The format that the end of the path asks for; `null` for one that there is not. */
const formatOf = ({ url }: APIContext): Format | null =>
  FORMATS.find((format) => url.pathname.replace(/\/$/, '').endsWith(`.${format}`)) ?? null;

function reply(
  document: Document,
  format: Format,
  init: { status?: number; headers?: Record<string, string> } = {},
) {
  const headers = { 'Content-Type': CONTENT_TYPE[format], ...init.headers };
  return new Response(render(document, format), { ...init, headers });
}

/** Whatever goes wrong is told in the format that was asked for; XML where none is known. */
async function guarded(
  context: APIContext,
  run: () => Promise<Document>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const format = formatOf(context);
  try {
    if (format === null) throw new AppError('not_found', '地址要以 .xml 或 .json 结尾。');
    return reply(await run(), format, { headers });
  } catch (error) {
    return refused(context, error, format ?? 'xml');
  }
}

function refused({ locals, routePattern }: APIContext, error: unknown, format: Format): Response {
  if (!(error instanceof AppError)) {
    log.error(
      { requestId: locals.requestId, route: routePattern, err: withoutParameters(error) },
      'a request failed',
    );
    const text = `系统繁忙，没有处理成功，请稍后再试。编号 ${locals.requestId}`;
    return reply(errorDocument(500, [text]), format, { status: 500 });
  }
  const status = statusOf(error);
  const headers: Record<string, string> =
    error.retryAfter === undefined ? {} : { 'Retry-After': String(error.retryAfter) };
  return reply(errorDocument(status, describe(error)), format, { status, headers });
}

/** What everyone may read, programs in a browser may read from any site. */
const OPEN = { 'Access-Control-Allow-Origin': '*' };

/** For how long an answer may be kept, and by what it is made anew. */
interface Keeping {
  tags: readonly string[];
  query?: readonly string[];
  /** In seconds. */
  maxAge?: number;
}

/** A call that reads: the same answer for everyone, so it is kept like a public page. */
export const reading =
  (call: (context: APIContext) => Promise<Document>, keeping: Keeping): APIRoute =>
  (context) =>
    guarded(
      context,
      async () => {
        await assertJurisdiction(one(context.url.searchParams, 'jurisdiction_id'));
        const document = await call(context);
        cachePublic(context, { query: ['jurisdiction_id'], ...keeping });
        return document;
      },
      OPEN,
    );

/** A call that changes something, by a client with a key. Its key is read from the body alone: addresses are written down on the way. */
export const changing =
  (call: (client: Client, sent: Sent) => Promise<Document>): APIRoute =>
  (context) => {
    acceptForm(context);
    return guarded(context, async () => {
      const sent = await readSent(context.request, READ_LIMITS);
      try {
        const client = await admitClient(sent.fields);
        const query = context.url.searchParams;
        await assertJurisdiction(one(sent.fields, 'jurisdiction_id') ?? one(query, 'jurisdiction_id'));
        return await call(client, sent);
      } finally {
        await dropFiles(sent.files);
      }
    });
  };

/** Answers a method that a call does not know. */
export const refusing =
  (allowed: string): APIRoute =>
  (context) => {
    acceptForm(context);
    const document = errorDocument(405, [`这个地址只接受 ${allowed}。`]);
    return reply(document, formatOf(context) ?? 'xml', { status: 405, headers: { Allow: allowed } });
  };

/** Answers an address that is none of the calls. */
export const unknown: APIRoute = (context) => {
  acceptForm(context);
  return guarded(context, () => {
    throw new AppError('not_found', '没有这个接口。接口说明见 /open311/。');
  });
};
