import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DoorStatus, doorPage } from './door-page.ts';
import { chosenEncoding, compressible, toBrotli, toGzip } from './encodings.ts';
import type { Head } from './headers.ts';
import { headersOf, publicCaching, typeOf } from './kept-page.ts';
import type { Rendered } from './render.ts';
import { sendBeforeBody } from './request-body.ts';

const RETRY_AFTER: Partial<Record<DoorStatus, string>> = { 429: '10', 503: '5' };

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly requestId: string;
}

const said = ({ answer, headers }: Rendered): string =>
  (answer.public || answer.forever) && !answer.private ? publicCaching(headers) : 'no-store';

// Compressed for one reader and sent once: speed counts more than the last tenth.
const FAST = 1;

async function compressed(body: Buffer, type: string, accepts: string | undefined): Promise<[Buffer, Head]> {
  if (!compressible(type, body.length)) return [body, []];
  const encoding = chosenEncoding(accepts);
  if (encoding === 'identity') return [body, ['Vary', 'Accept-Encoding']];
  const small = await (encoding === 'br' ? toBrotli(body, FAST) : toGzip(body, FAST));
  return [small, ['Vary', 'Accept-Encoding', 'Content-Encoding', encoding]];
}

/** Sends what was rendered for this reader alone. Unless the page declared itself public, nobody may keep it. */
export async function sendOwn(
  { req, res }: Exchange,
  rendered: Rendered,
  security: Head,
  status = rendered.status,
): Promise<void> {
  const type = typeOf(rendered.headers);
  const [body, encoding] = await compressed(rendered.body, type, req.headers['accept-encoding']);
  if (res.destroyed) return;
  const head = [
    ...security,
    ...headersOf(rendered),
    'X-Request-Id',
    rendered.requestId,
    'Cache-Control',
    said(rendered),
  ];
  if (rendered.answer.forever) head.push('Vary', 'Accept');
  if (rendered.body.length > 0) head.push('Content-Type', type, ...encoding);
  sendBeforeBody(req, res, { status, head, body });
}

/** Answers with a page of the door's own. */
export function sendDoorPage({ req, res, requestId }: Exchange, status: DoorStatus, security: Head): void {
  if (res.destroyed || res.headersSent) return;
  const page = doorPage(status, status >= 500 ? requestId : '');
  const head = [...security, ...page.head, 'X-Request-Id', requestId];
  const retry = RETRY_AFTER[status];
  if (retry) head.push('Retry-After', retry);
  if (status === 405) head.push('Allow', 'GET, HEAD, POST');
  sendBeforeBody(req, res, { status, head, body: page.body });
}
