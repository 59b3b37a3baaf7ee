import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Head } from './headers.ts';

/** The body is larger than its route takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** No byte of the body came for too long. */
export class BodyStalled extends Error {
  override readonly name = 'BodyStalled';
}

// Without a byte.
const LINGER_MS = 10_000;
const LINGER_BYTES = 160 * 1024 * 1024;

/** Whether a request announces a body. */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

interface Watch {
  readonly limit: number;
  /** Milliseconds without a byte. */
  readonly stall: number;
  /** Told of each chunk. */
  onProgress(): void;
  /** Told once when the body is refused in the middle; whoever reads it gets the same error. */
  onRefused(error: BodyTooLarge | BodyStalled): void;
}

/** The body, counted while it passes. The connection stays open when it is refused, so that the answer can still be sent. */
export async function* countedBody(req: IncomingMessage, watch: Watch): AsyncGenerator<Buffer> {
  const chunks = req.iterator({ destroyOnReturn: false });
  let received = 0;
  try {
    while (true) {
      const next = await inTime<IteratorResult<Buffer>>(chunks.next(), watch.stall);
      if (next.done) return;
      watch.onProgress();
      received += next.value.length;
      if (received > watch.limit) throw new BodyTooLarge();
      yield next.value;
    }
  } catch (error) {
    if (error instanceof BodyTooLarge || error instanceof BodyStalled) watch.onRefused(error);
    throw error;
  } finally {
    chunks.return?.().catch(() => {});
  }
}

/** Only waiting for the sender counts: a page may take its time with what it has. */
async function inTime<T>(coming: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyStalled()), milliseconds);
  });
  try {
    return await Promise.race([coming, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends an answer whose request may still be arriving. The whole answer goes out at once, the rest of the request is read and
 * thrown away for a while: closing at once would reset the connection, and the client would never see why.
 */
export function sendBeforeBody(
  req: IncomingMessage,
  res: ServerResponse,
  answer: { status: number; head: Head; body: Buffer },
): void {
  const head = [...answer.head, 'Content-Length', String(answer.body.length)];
  if (req.complete || !hasBody(req)) {
    res.writeHead(answer.status, head);
    res.end(answer.body);
    return;
  }
  res.writeHead(answer.status, [...head, 'Connection', 'close']);
  res.write(answer.body);
  let left = LINGER_BYTES;
  const timer = setTimeout(() => res.end(), LINGER_MS);
  const done = (): void => {
    clearTimeout(timer);
    res.end();
  };
  req.removeAllListeners('readable');
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    timer.refresh();
    if (left < 0) done();
  });
  req.once('end', done).once('close', done).once('error', done);
  req.resume();
}
