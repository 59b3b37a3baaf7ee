import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomToken } from '#core/ids.ts';
import { log } from '#core/log.ts';
import { addressReader } from './client-address.ts';
import type { DoorStatus } from './door-page.ts';
import { contentPolicy, type Head, securityHeaders } from './headers.ts';
import { type Health, health, type Probe } from './health.ts';
import { type Hosts, hostsOf, mayChange, type Site } from './hosts.ts';
import { type KeptPage, keptPage, sendKept } from './kept-page.ts';
import { bodyLimit, FloodGauge, LIMITS, type Limits } from './limits.ts';
import { NOT_FOUND_PATH, PageCache, type Served } from './page-cache.ts';
import { type PathReads, ReadCounts, type ReadRow } from './read-counts.ts';
import {
  NoRoute,
  type PageHandler,
  type Reader,
  type Rendered,
  RenderRefused,
  RenderTimeout,
  renderer,
  type View,
} from './render.ts';
import { Patience, RenderGate } from './render-gate.ts';
import { BodyStalled, BodyTooLarge, countedBody, hasBody } from './request-body.ts';
import { pathOf, targetOf, viewOf } from './request-target.ts';
import { type Exchange, sendDoorPage, sendOwn } from './send.ts';
import type { StaticFiles } from './static-files.ts';

export interface DoorOptions {
  readonly handler: PageHandler;
  readonly site: Site;
  readonly files: StaticFiles;
  readonly probe: Probe;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
}

interface Who extends Reader {
  readonly requestId: string;
}

interface Visit extends Exchange {
  readonly path: string;
  readonly url: string;
  readonly view: View;
}

const METHODS = ['GET', 'HEAD', 'POST'];

/** The front door: hosts, limits, files, kept pages, and behind them the pages. */
export class Door {
  readonly #now: () => number;
  readonly #limits: Limits;
  readonly #hosts: Hosts;
  readonly #files: StaticFiles;
  readonly #health: Health;
  readonly #flood: FloodGauge;
  readonly #gate: RenderGate;
  readonly #cache: PageCache<Who, KeptPage>;
  readonly #reads = new ReadCounts();
  readonly #addressOf: ReturnType<typeof addressReader>;
  readonly #security: Head;
  /** For answers that hold no page. */
  readonly #plain: Head;

  constructor({ handler, site, files, probe, limits, now = Date.now }: DoorOptions) {
    this.#now = now;
    this.#limits = { ...LIMITS, ...limits };
    this.#hosts = hostsOf(site);
    this.#files = files;
    this.#health = health(probe, now);
    this.#flood = new FloodGauge(this.#limits.flood, this.#limits.floodWindow);
    this.#addressOf = addressReader(site.trustedProxies);
    this.#security = securityHeaders(site.url);
    this.#plain = [...this.#security, 'Content-Security-Policy', contentPolicy()];
    this.#gate = new RenderGate(renderer(handler, site.url), this.#limits);
    this.#cache = new PageCache<Who, KeptPage>({
      render: ({ url, view, who }) => {
        const requestId = who?.requestId ?? randomToken(9);
        const patience = new Patience(this.#limits.renderTime);
        return this.#gate.run({ method: 'GET', url, view, reader: who, requestId }, patience);
      },
      pack: (rendered, path) =>
        keptPage(asServed(rendered, path), this.#security, this.#readsOf(rendered, path)),
      now,
      budget: this.#limits.pageBudget,
      onStale: (url, cause) => log.warn({ path: pathOf(url), cause: nameOf(cause) }, 'served a stale page'),
    });
  }

  /** Answers one request. For `request` and for `checkContinue` of `node:http`. */
  readonly listener = (req: IncomingMessage, res: ServerResponse): void => {
    const exchange = (): Exchange => ({ req, res, requestId: randomToken(9) });
    try {
      if (!this.#answeredFromKept(req, res)) void this.#answer(exchange());
    } catch (error) {
      this.#fail(exchange(), error);
    }
  };

  /** Forgets the pages with one of the tags, at once. */
  purge(tags: readonly string[]): void {
    this.#cache.purge(tags);
  }

  /** Readers since the last call, as rows of one Beijing day. */
  takeReads(day: string): ReadRow[] {
    return this.#reads.take(day);
  }

  /** Takes back rows that could not be written down. */
  giveBackReads(rows: readonly ReadRow[]): void {
    this.#reads.giveBack(rows);
  }

  /** From now on the door says that it is not ready. It still answers those who come. */
  close(): void {
    this.#health.close();
  }

  /** The way of nearly all readers: it looks, and sends what lies there. */
  #answeredFromKept(req: IncomingMessage, res: ServerResponse): boolean {
    if (req.method !== 'GET' || !this.#hosts.accepted.has(req.headers.host ?? '')) return false;
    const page = this.#cache.fresh(req.url ?? '', viewOf(req.headers.cookie));
    if (!page) return false;
    if (sendKept(page, req, res) && page.reads) this.#reads.add(page.reads, req.headers['user-agent']);
    return true;
  }

  async #answer(exchange: Exchange): Promise<void> {
    try {
      await this.#receive(exchange);
    } catch (error) {
      this.#fail(exchange, error);
    }
  }

  async #receive(exchange: Exchange): Promise<void> {
    const { req, res } = exchange;
    if (!this.#hosts.accepted.has((req.headers.host ?? '').toLowerCase())) return this.#refuse(exchange, 421);
    if (!METHODS.includes(req.method ?? '')) return this.#refuse(exchange, 405);
    const url = targetOf(req.url ?? '', this.#hosts.origins);
    if (url === null) return this.#refuse(exchange, 400);
    const path = pathOf(url);
    const visit: Visit = { ...exchange, url, path, view: viewOf(req.headers.cookie) };
    const isHealth = path === '/healthz' || path === '/readyz';
    if (req.method === 'POST') {
      return isHealth || this.#files.has(path) ? this.#refuse(visit, 405) : this.#change(visit);
    }
    if (path === '/healthz') return this.#health.alive(res, this.#plain);
    if (path === '/readyz') return this.#health.ready(res, this.#plain);
    if (this.#files.has(path)) return this.#files.serve(path, req, res, this.#plain);
    return this.#read(visit);
  }

  async #read(visit: Visit): Promise<void> {
    const { url, view, path } = visit;
    const who = this.#whoAsks(visit, nothing);
    if (!this.#flood.admit(who.address, this.#now())) return this.#refuse(visit, 429);
    await this.#orNotFound(visit, who, async () => {
      if (path.startsWith('/_')) throw new NoRoute(url);
      await this.#sendServed(visit, await this.#cache.answer({ url, view, who }));
    });
  }

  async #change(visit: Visit): Promise<void> {
    const { req, res, url, view, path, requestId } = visit;
    const { origin, cookie, expect, 'sec-fetch-site': site } = req.headers;
    const sender = { origin, cookie, secFetchSite: site?.toString() };
    if (!mayChange(sender, this.#hosts.origins)) return this.#refuse(visit, 403);
    const limit = bodyLimit(path);
    if (Number(req.headers['content-length'] ?? 0) > limit) return this.#refuse(visit, 413);

    const patience = new Patience(this.#limits.formTime);
    const refusal = Promise.withResolvers<never>();
    refusal.promise.catch(() => {});
    const watch = {
      limit,
      stall: this.#limits.bodyStall,
      onProgress: () => patience.extend(),
      onRefused: refusal.reject,
    };
    const reader = this.#whoAsks(visit, () => (hasBody(req) ? countedBody(req, watch) : nothing()));
    if (!this.#flood.admit(reader.address, this.#now())) {
      patience.end();
      return this.#refuse(visit, 429);
    }
    if (expect !== undefined) res.writeContinue();
    await this.#orNotFound(visit, reader, async () => {
      const rendering = this.#gate.run({ method: 'POST', url, view, requestId, reader }, patience);
      const rendered = await Promise.race([rendering, refusal.promise]);
      if (tookNothing(rendered)) this.#refuse(visit, 405);
      else await sendOwn(visit, rendered, this.#security);
    });
  }

  /** Shows the page for unknown addresses where `answer` finds no route. */
  async #orNotFound(visit: Visit, who: Who, answer: () => Promise<void>): Promise<void> {
    try {
      await answer();
    } catch (error) {
      if (!(error instanceof NoRoute)) throw error;
      if (visit.url === NOT_FOUND_PATH) return this.#refuse(visit, 404);
      const lost: Visit = { ...visit, url: NOT_FOUND_PATH };
      await this.#orNotFound(lost, who, async () => {
        const served = await this.#cache.answer({ url: NOT_FOUND_PATH, view: visit.view, who });
        await this.#sendServed(lost, served, 404);
      });
    }
  }

  async #sendServed(visit: Visit, served: Served<KeptPage>, status?: number): Promise<void> {
    const { req, res } = visit;
    let reads: PathReads | null;
    if (served.kind === 'kept') {
      const sent = sendKept(served.page, req, res, served.stale);
      reads = sent ? served.page.reads : null;
    } else {
      const { rendered } = served;
      reads = rendered.answer.public ? this.#readsOf(rendered, visit.path) : null;
      await sendOwn(visit, rendered, this.#security, status);
    }
    if (reads && req.method === 'GET') this.#reads.add(reads, req.headers['user-agent']);
  }

  /** Where the readers of an answer are counted: pages are, files and data are not. */
  #readsOf({ status, headers }: Rendered, path: string): PathReads | null {
    return status === 200 && isHtml(headers) ? this.#reads.of(path) : null;
  }

  #whoAsks({ req, requestId }: Exchange, body: Reader['body']): Who {
    const forwardedFor = req.headers['x-forwarded-for']?.toString();
    const address = this.#addressOf(req.socket.remoteAddress, forwardedFor);
    return { requestId, address, headers: req.headers, body };
  }

  #refuse(exchange: Exchange, status: DoorStatus): void {
    sendDoorPage(exchange, status, this.#security);
  }

  #fail(exchange: Exchange, error: unknown): void {
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof RenderRefused)) {
      const { req, requestId } = exchange;
      log.error({ requestId, path: pathOf(req.url ?? ''), cause: nameOf(error) }, 'no answer');
    }
    this.#refuse(exchange, status);
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

const isHtml = (headers: Rendered['headers']): boolean =>
  String(headers['content-type'] ?? '').startsWith('text/html');

/** Whether a POST went to a page or an endpoint that takes none. */
function tookNothing({ status, headers, answer }: Rendered): boolean {
  if (answer.takesForm) return false;
  // A page runs as if it had been asked for; an endpoint comes back as the public page for unknown addresses.
  return status === 200 ? isHtml(headers) : status === 404 && answer.public !== null;
}

// A query or a message may hold what a person wrote: only the kind of an error is logged.
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** The page for unknown addresses has its status also where it is asked for by its own name. */
const asServed = (rendered: Rendered, path: string): Rendered =>
  path === NOT_FOUND_PATH ? { ...rendered, status: 404 } : rendered;

function statusOf(error: unknown): DoorStatus {
  if (error instanceof RenderRefused || error instanceof RenderTimeout) return 503;
  if (error instanceof BodyTooLarge) return 413;
  return error instanceof BodyStalled ? 408 : 500;
}
