import { createReadStream, type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  chosenEncoding,
  compressible,
  type Encoding,
  etagOf,
  matches,
  toBrotli,
  toGzip,
} from './encodings.ts';
import { contentPolicy, type Head } from './headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

// Files here carry a hash of their content in the name.
const HASHED = '/_astro/';
const FOREVER = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';
// Larger ones are pictures and documents: they are streamed and never fill the memory that pages need.
const LARGEST_KEPT = 256 * 1024;

interface File {
  readonly path: string;
  readonly size: number;
  readonly type: string;
  readonly etag: string;
  readonly caching: string;
}

type Bodies = Partial<Record<Encoding, Buffer>>;

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

function describe(path: string, url: string): File {
  const { size, mtimeMs } = statSync(path);
  return {
    path,
    size,
    type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    etag: etagOf(Buffer.from(`${url}\0${size}\0${mtimeMs}`), 'identity'),
    caching: url.startsWith(HASHED) ? FOREVER : AN_HOUR,
  };
}

function index(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  if (!existsSync(folder)) return files;
  for (const path of walk(folder)) {
    const url = encodeURI(`/${relative(folder, path).split(sep).join('/')}`);
    files.set(url, describe(path, url));
  }
  return files;
}

async function load(file: File): Promise<Bodies> {
  const identity = await readFile(file.path);
  if (!compressible(file.type, identity.length)) return { identity };
  const [br, gzip] = await Promise.all([toBrotli(identity, 11), toGzip(identity, 9)]);
  return { identity, br, gzip };
}

/**
 * The files under a folder as they were at start: only what is listed then is ever served, so no path can lead out of it.
 * Text is compressed once, at its first request, and kept while the budget lasts.
 */
export function staticFiles(folder: string, budget: number): StaticFiles {
  const files = index(folder);
  const loaded = new Map<string, Promise<Bodies>>();
  let left = budget;

  const bodiesOf = (file: File): Promise<Bodies> => {
    const known = loaded.get(file.path);
    if (known) return known;
    const loading = load(file);
    if (left >= file.size * 2) {
      left -= file.size * 2;
      loaded.set(file.path, loading);
      loading.catch(() => loaded.delete(file.path));
    }
    return loading;
  };

  return {
    has: (path) => files.has(path),
    async serve(path, req, res, common) {
      const file = files.get(path);
      if (!file) throw new Error(`Not a static file: ${path}`);
      const small = file.size <= LARGEST_KEPT;
      const bodies = small ? await bodiesOf(file) : {};
      const wanted = chosenEncoding(req.headers['accept-encoding']);
      const encoding = bodies[wanted] ? wanted : 'identity';
      const body = bodies[encoding];
      const etag = encoding === 'identity' ? file.etag : file.etag.replace(/"$/, `-${encoding}"`);
      const head = [...common, 'Content-Security-Policy', contentPolicy()];
      head.push('Cache-Control', file.caching, 'ETag', etag, 'Vary', 'Accept-Encoding');
      if (matches(req.headers['if-none-match'], etag)) {
        res.writeHead(304, head).end();
        return;
      }
      head.push('Content-Type', file.type, 'Content-Length', String(body?.length ?? file.size));
      if (encoding !== 'identity') head.push('Content-Encoding', encoding);
      res.writeHead(200, head);
      if (body || req.method === 'HEAD') res.end(body);
      // A reader who leaves in the middle is not an error.
      else await pipeline(createReadStream(file.path), res).catch(() => res.destroy());
    },
  };
}
