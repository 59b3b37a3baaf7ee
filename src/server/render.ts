import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type Answer, newAnswer } from '#core/answer.ts';
import { rememberEmptyDigest } from './empty-digest.ts';

export const VIEWS = ['standard', 'elder', 'contrast'] as const;
export type View = (typeof VIEWS)[number];

/** What the door gives the pages as `locals`; the middleware adds who is asking. */
export interface DoorLocals {
  readonly requestId: string;
  readonly address: string;
  readonly view: View;
  readonly answer: Answer;
}

/** The part of node's request that the built handler uses. */
export interface PageRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly encrypted: boolean; readonly remoteAddress: string };
  once(): void;
  [Symbol.asyncIterator](): AsyncIterator<Buffer>;
}

/** The part of node's response that the built handler uses. */
export interface PageResponse {
  statusCode: number;
  statusMessage: string;
  readonly headersSent: boolean;
  writeHead(status: number, headers?: OutgoingHttpHeaders | string): PageResponse;
  write(chunk: Uint8Array | string, done?: () => void): boolean;
  end(chunk?: Uint8Array | string): void;
  destroy(error?: Error): void;
  on(): void;
  off(): void;
}

/** The handler that `@astrojs/node` builds in middleware mode. It calls `next` where no route fits. */
export type PageHandler = (
  req: PageRequest,
  res: PageResponse,
  next: () => void,
  locals: DoorLocals,
) => Promise<unknown> | unknown;

/** One render that is asked for. Without a reader it is a render for everyone, and sees nothing of anyone. */
export interface Job {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly view: View;
  readonly requestId: string;
  readonly reader: Reader | null;
}

export interface Reader {
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: () => AsyncIterable<Buffer>;
}

export interface Rendered {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly answer: Answer;
  /** Under which the log knows this render. */
  readonly requestId: string;
}

/** The page wrote a part of its answer and broke off. */
export class BrokenRender extends Error {
  override readonly name = 'BrokenRender';
}

/** The render was not begun: too many others are under way. */
export class RenderRefused extends Error {
  override readonly name = 'RenderRefused';
}

/** The page took longer than a page may. */
export class RenderTimeout extends Error {
  override readonly name = 'RenderTimeout';
}

/** No route of the site fits the address. */
export class NoRoute extends Error {
  override readonly name = 'NoRoute';
}

// What a proxy said about the client is known by now, and the connection is not the page's business.
const NOT_FOR_PAGES =
  /^(x-forwarded-|forwarded$|x-real-ip$|via$|connection$|keep-alive$|transfer-encoding$|upgrade$|expect$|host$)/;

async function* nothing(): AsyncGenerator<Buffer> {}

function headersFor(reader: Reader | null, host: string): IncomingHttpHeaders {
  if (!reader) return { host, accept: '*/*' };
  const kept = Object.entries(reader.headers).filter(([name]) => !NOT_FOR_PAGES.test(name));
  return { ...Object.fromEntries(kept), host };
}

type Recorded = Pick<Rendered, 'status' | 'headers' | 'body'>;

/** Takes down what a page answers, apart from any connection: a reader who leaves does not end the render. */
class Recorder implements PageResponse {
  statusCode = 200;
  statusMessage = '';
  headersSent = false;
  readonly #headers: OutgoingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];
  readonly #done: (rendered: Recorded) => void;
  readonly #broken: (error: Error) => void;

  constructor(done: (rendered: Recorded) => void, broken: (error: Error) => void) {
    this.#done = done;
    this.#broken = broken;
  }

  writeHead(status: number, headers?: OutgoingHttpHeaders | string): this {
    this.statusCode = status;
    this.headersSent = true;
    if (typeof headers === 'object') Object.assign(this.#headers, headers);
    return this;
  }

  write(chunk: Uint8Array | string, done?: () => void): boolean {
    this.headersSent = true;
    this.#chunks.push(
      typeof chunk === 'string'
        ? Buffer.from(chunk)
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length),
    );
    done?.();
    return true;
  }

  end(chunk?: Uint8Array | string): void {
    if (chunk !== undefined) this.write(chunk);
    const body = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#done({ status: this.statusCode, headers: this.#headers, body });
  }

  destroy(error?: Error): void {
    this.#broken(new BrokenRender('The page broke off', { cause: error }));
  }

  on(): void {}
  off(): void {}
}

/**
 * Runs one page and hands back what it answered; rejects with `NoRoute` where no route fits. The page sees the site's own
 * address as its `Astro.url`, whatever name the reader used.
 */
export function renderer(handler: PageHandler, site: URL): (job: Job) => Promise<Rendered> {
  rememberEmptyDigest();
  const encrypted = site.protocol === 'https:';
  return (job) =>
    new Promise((done, broken) => {
      const answer = newAnswer();
      const { reader, requestId, view } = job;
      const address = reader?.address ?? '0.0.0.0';
      const request: PageRequest = {
        method: job.method,
        url: job.url,
        headers: headersFor(reader, site.host),
        socket: { encrypted, remoteAddress: address },
        once: () => {},
        [Symbol.asyncIterator]: () => (reader?.body() ?? nothing())[Symbol.asyncIterator](),
      };
      const response = new Recorder((rendered) => done({ ...rendered, answer, requestId }), broken);
      const locals: DoorLocals = { requestId, address, view, answer };
      Promise.resolve(handler(request, response, () => broken(new NoRoute(job.url)), locals)).catch(broken);
    });
}
