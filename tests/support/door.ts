import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientRequestArgs, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Door, type DoorOptions } from '../../src/server/door.ts';
import { listen, serverOf } from '../../src/server/listen.ts';
import { precompressFolder } from '../../src/server/precompress.ts';
import type { DoorLocals, PageHandler, PageRequest } from '../../src/server/render.ts';
import { staticFiles } from '../../src/server/static-files.ts';
import { freePort } from './server.ts';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  raw: Buffer;
}

type Sent = Pick<ClientRequestArgs, 'method' | 'headers'> & { body?: string | Buffer };

/** One request exactly as it is written, unlike `fetch`, which mends paths and owns some headers. */
export function send(port: number, path: string, sent: Sent = {}): Promise<Reply> {
  const { body, method = 'GET', headers } = sent;
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', fail);
      reply.once('end', () => {
        const raw = Buffer.concat(chunks);
        const encoding = reply.headers['content-encoding'];
        const open = encoding === 'br' ? brotliDecompressSync : encoding === 'gzip' ? gunzipSync : null;
        const text = (open && raw.length > 0 ? open(raw) : raw).toString();
        done({ status: reply.statusCode ?? 0, headers: reply.headers, text, raw });
      });
    });
    asked.once('error', fail);
    asked.end(body);
  });
}

/** Pages for a door under test, by path. What returns `undefined` has no route. */
export type Pages = (
  req: PageRequest,
  locals: DoorLocals,
) => PageReply | undefined | Promise<PageReply | undefined>;

export interface PageReply {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export const handlerOf =
  (pages: Pages): PageHandler =>
  async (req, res, next, locals) => {
    const reply = await pages(req, locals);
    if (!reply) return next();
    res.writeHead(reply.status ?? 200, { 'content-type': 'text/html', ...reply.headers });
    res.end(reply.body ?? '');
  };

export interface TestDoor {
  door: Door;
  server: Server;
  port: number;
  send(path: string, sent?: Sent): Promise<Reply>;
  close(): Promise<void>;
}

/** A front door on a free port, in this process, with pages and files of the test's own. */
export async function openDoor(
  pages: Pages,
  options: Partial<Omit<DoorOptions, 'handler' | 'files'>> & { files?: Record<string, string | Buffer> } = {},
): Promise<TestDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'linsheng-door-'));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  await precompressFolder(folder);
  const port = await freePort();
  const door = new Door({
    site: {
      url: new URL(`http://127.0.0.1:${port}`),
      listens: { host: '127.0.0.1', port },
      trustedProxies: [],
      ...options.site,
    },
    probe: async () => {},
    ...options,
    handler: handlerOf(pages),
    files: staticFiles(folder, 1_000_000),
  });
  const server = serverOf(door);
  await listen(server, '127.0.0.1', port);
  return {
    door,
    server,
    port,
    send: (path, sent) =>
      send(port, path, { ...sent, headers: { host: `127.0.0.1:${port}`, ...sent?.headers } }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(folder, { recursive: true });
    },
  };
}
