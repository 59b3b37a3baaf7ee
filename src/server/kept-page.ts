import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import {
  chosenEncoding,
  compressible,
  type Encoding,
  etagOf,
  exactly,
  matches,
  toBrotli,
  toGzip,
} from './encodings.ts';
import { contentPolicy, type Head } from './headers.ts';
import type { Packed } from './page-cache.ts';
import type { PathReads } from './read-counts.ts';
import type { Rendered } from './render.ts';

/** One encoding of a page, ready to be sent. */
interface Form {
  readonly encoding: Encoding;
  readonly etag: string;
  readonly body: Buffer;
  readonly head: string[];
  readonly unchanged: string[];
}

/** A page as the cache keeps it: text in its two compressed forms, anything else as it is. */
export interface KeptPage extends Packed {
  readonly status: number;
  readonly br: Form | null;
  readonly gzip: Form | null;
  /** Absent for text: the few clients that take no compression get it unpacked again. */
  readonly plain: Form | null;
  /** Where its readers are counted; files and data are not counted. */
  readonly reads: PathReads | null;
}

// Between 4 and 6 a page shrinks by a few percent and takes twice the time; this is done once a page.
const BROTLI_QUALITY = 5;
const GZIP_LEVEL = 6;

// The door decides about these itself.
const NOT_FROM_PAGES = new Set([
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'transfer-encoding',
  'vary',
]);

/** The content type with its charset. */
export function typeOf(headers: OutgoingHttpHeaders): string {
  const type = String(headers['content-type'] ?? 'application/octet-stream');
  return /^text\/|\+xml$|^application\/(json|xml)$/.test(type) && !type.includes('charset')
    ? `${type}; charset=utf-8`
    : type;
}

/** What a page said in its headers, apart from what the door decides. */
export function headersOf({ headers, body }: Rendered): string[] {
  const policy = headers['content-security-policy']?.toString();
  const head = ['Content-Security-Policy', contentPolicy(policy, body)];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_FROM_PAGES.has(name)) continue;
    for (const one of Array.isArray(value) ? value : [String(value)]) head.push(name, one);
  }
  return head;
}

function formOf(body: Buffer, encoding: Encoding, type: string, common: Head): Form {
  const etag = etagOf(body, encoding);
  const unchanged = [...common, 'ETag', etag, 'Vary', 'Accept-Encoding, Cookie'];
  const head = [...unchanged, 'Content-Type', type, 'Content-Length', String(body.length)];
  if (encoding !== 'identity') head.push('Content-Encoding', encoding);
  return { encoding, etag, body, head, unchanged };
}

/**
 * How long others may keep a public answer. Browsers keep pages, but ask each time whether they changed: what was purged is gone
 * for them, too. Only what never changes under its address (a picture) says otherwise itself.
 */
export function publicCaching(headers: OutgoingHttpHeaders): string {
  const said = String(headers['cache-control'] ?? '');
  return /^public\b/i.test(said) ? said : 'no-cache';
}

/** Makes a page ready to be kept: compressed once, its headers laid out once. */
export async function keptPage(
  rendered: Rendered,
  security: Head,
  reads: PathReads | null,
): Promise<KeptPage> {
  const { body, headers, status } = rendered;
  const type = typeOf(headers);
  const common = [...security, ...headersOf(rendered), 'Cache-Control', publicCaching(headers)];
  if (!compressible(type, body.length)) {
    const plain = formOf(exactly(body), 'identity', type, common);
    return { status, br: null, gzip: null, plain, reads, bytes: plain.body.length };
  }
  const [br, gzip] = await Promise.all([toBrotli(body, BROTLI_QUALITY), toGzip(body, GZIP_LEVEL)]);
  return {
    status,
    br: formOf(br, 'br', type, common),
    gzip: formOf(gzip, 'gzip', type, common),
    plain: null,
    reads,
    bytes: br.length + gzip.length,
  };
}

function unpacked(br: Form): Form {
  const body = brotliDecompressSync(br.body);
  const etag = etagOf(body, 'identity');
  const head = br.head.slice(0, -2);
  const unchanged = [...br.unchanged];
  for (const lines of [head, unchanged]) lines[lines.indexOf('ETag') + 1] = etag;
  head[head.indexOf('Content-Length') + 1] = String(body.length);
  return { encoding: 'identity', etag, body, head, unchanged };
}

function formFor(page: KeptPage, accepts: string | undefined): Form | null {
  if (page.plain) return page.plain;
  const encoding = chosenEncoding(accepts);
  if (encoding === 'identity') return page.br && unpacked(page.br);
  return encoding === 'br' ? page.br : page.gzip;
}

/**
 * Sends a kept page, or 304 when the reader has it already, and says whether it sent the page.
 * `stale`: rendering failed, and this is the last good copy.
 */
export function sendKept(page: KeptPage, req: IncomingMessage, res: ServerResponse, stale = false): boolean {
  const form = formFor(page, req.headers['accept-encoding']);
  if (!form) throw new Error('A kept page has at least one form');
  const ifNoneMatch = req.headers['if-none-match'];
  if (stale) {
    res.writeHead(page.status, [...form.head, 'Warning', '110 - "Response is Stale"', 'X-Stale', '1']);
    res.end(form.body);
  } else if (ifNoneMatch !== undefined && page.status === 200 && matches(ifNoneMatch, form.etag)) {
    res.writeHead(304, form.unchanged);
    res.end();
    return false;
  } else {
    res.writeHead(page.status, form.head);
    res.end(form.body);
  }
  return true;
}
