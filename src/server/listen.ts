import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Door } from './door.ts';

/** The address cannot be listened on: one Chinese sentence for the person who started the program. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const HEADERS_MS = 15_000;
// The whole of a request: a form with photos over a slow line takes minutes; one that stops is given up long before.
const REQUEST_MS = 15 * 60_000;
// Longer than the proxies in front keep theirs, so that none sends a request into a connection that is just closing.
const KEEP_ALIVE_MS = 75_000;
const DRAIN_MS = 10_000;
const SWEEP_MS = 50;

const STATUS_LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUS_LINES[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const sentences: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_, port) => `端口 ${port} 已被占用，请先停掉占用它的程序，或改设 PORT 后再启动。`,
  EACCES: (_, port) => `没有使用端口 ${port} 的权限，请改设 PORT（1024 以上）后再启动。`,
  EADDRNOTAVAIL: (host) => `本机没有地址 ${host}，请改设 HOST 后再启动。`,
  ENOTFOUND: (host) => `本机没有地址 ${host}，请改设 HOST 后再启动。`,
};

/** Starts to listen. Throws `ListenError`. */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = sentences[error.code ?? ''];
      failed(sentence ? new ListenError(sentence(host, port)) : error);
    });
    server.listen({ host, port, backlog: 4096 }, listening);
  });
}

/** Finds out early, before anything slow is begun, that the address is taken. Throws `ListenError`. */
export async function checkFree(host: string, port: number): Promise<void> {
  const server = createServer();
  await listen(server, host, port);
  await new Promise((closed) => server.close(closed));
}

/** An HTTP server in front of the door. */
export function serverOf(door: Door): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
      optimizeEmptyRequests: true,
    },
    door.listener,
  );
  // Left alone, node would ask for the body before anyone looked at its announced size.
  server.on('checkContinue', door.listener);
  server.on('clientError', refuseRaw);
  server.on('connect', (_req, socket) =>
    socket.end(
      'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    ),
  );
  return server;
}

/** Stops listening at once, lets running requests finish, and closes what is still open after ten seconds. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(force);
}
