import { createReadStream, type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { chosenEncoding, type Encoding, etagOf, matches } from './encodings.ts';
import { typeOf } from './file-types.ts';
import { contentPolicy, type Head } from './headers.ts';

// Files here carry a hash of their content in the name.
const HASHED = '/_astro/';
const FOREVER = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';
// Larger ones are pictures and documents: they are streamed and never fill the memory that pages need.
const LARGEST_KEPT = 64 * 1024;
const SUFFIX = { br: '.br', gzip: '.gz', identity: '' } as const;

/** A file in one encoding. */
interface Form {
  readonly path: string;
  readonly size: number;
  readonly head: Head;
  readonly etag: string;
}

type Forms = Partial<Record<Encoding, Form>>;

export interface StaticFiles {
  has(path: string): boolean;
  /** Answers with the file. Call it only for a path that `has` knows. */
  serve(path: string, req: IncomingMessage, res: ServerResponse, common: Head): Promise<void>;
}

const visible = (entry: Dirent): boolean => !entry.name.startsWith('.') || entry.name === '.well-known';

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter(visible)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

function formOf(path: string, url: string, encoding: Encoding): Form {
  const { size, mtimeMs } = statSync(path);
  const etag = etagOf(Buffer.from(`${url}\0${size}\0${mtimeMs}`), encoding);
  const head = ['Content-Type', typeOf(extname(url)), 'Content-Length', String(size)];
  if (encoding !== 'identity') head.push('Content-Encoding', encoding);
  return { path, size, head, etag };
}

function index(folder: string): Map<string, Forms> {
  const files = new Map<string, Forms>();
  const paths = new Set(existsSync(folder) ? walk(folder) : []);
  for (const path of paths) {
    // The compressed form of another file has no address of its own.
    if (/\.(br|gz)$/.test(path) && paths.has(path.slice(0, -3))) continue;
    const url = encodeURI(`/${relative(folder, path).split(sep).join('/')}`);
    const forms: Forms = { identity: formOf(path, url, 'identity') };
    for (const encoding of ['br', 'gzip'] as const) {
      const compressed = path + SUFFIX[encoding];
      if (paths.has(compressed)) forms[encoding] = formOf(compressed, url, encoding);
    }
    files.set(url, forms);
  }
  return files;
}

/**
 * The files under a folder as they were at start: only what is listed then is ever served, so no path can lead out of it.
 * Compressed forms are taken from beside them. Small files are kept in memory while the budget (bytes) lasts.
 */
export function staticFiles(folder: string, budget: number): StaticFiles {
  const files = index(folder);
  const kept = new Map<string, Promise<Buffer>>();
  let left = budget;

  const bodyOf = ({ path, size }: Form): Promise<Buffer> | undefined => {
    const known = kept.get(path);
    if (known || size > LARGEST_KEPT || size > left) return known;
    const reading = readFile(path);
    left -= size;
    kept.set(path, reading);
    return reading;
  };

  return {
    has: (path) => files.has(path),
    async serve(path, req, res, common) {
      const forms = files.get(path);
      const form = forms?.[chosenEncoding(req.headers['accept-encoding'])] ?? forms?.identity;
      if (!form) throw new Error(`Not a static file: ${path}`);
      const caching = path.startsWith(HASHED) ? FOREVER : AN_HOUR;
      const head = [...common, 'Content-Security-Policy', contentPolicy(), 'Cache-Control', caching];
      head.push('ETag', form.etag, 'Vary', 'Accept-Encoding');
      if (matches(req.headers['if-none-match'], form.etag)) {
        res.writeHead(304, head).end();
        return;
      }
      const body = await bodyOf(form);
      res.writeHead(200, [...head, ...form.head]);
      if (body || req.method === 'HEAD') res.end(body);
      // A reader who leaves in the middle is not an error.
      else await pipeline(createReadStream(form.path), res).catch(() => res.destroy());
    },
  };
}
