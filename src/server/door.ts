import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomToken } from '#core/ids.ts';
import { log } from '#core/log.ts';
import { addressReader } from './client-address.ts';
import type { DoorStatus } from './door-page.ts';
import { contentPolicy, type Head, securityHeaders } from './headers.ts';
import { type Health, health, type Probe } from './health.ts';
import { hostsOf, mayChange, type Site } from './hosts.ts';
import { type KeptPage, keptPage, sendKept } from './kept-page.ts';
import { bodyLimit, FloodGauge, LIMITS, type Limits } from './limits.ts';
import { NOT_FOUND_PATH, PageCache, type Served } from './page-cache.ts';
import { ReadCounts, type ReadRow } from './read-counts.ts';
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

export interface Door {
  /** Answers one request; hand it to `node:http` for `request` and for `checkContinue`. */
  readonly listener: (req: IncomingMessage, res: ServerResponse) => void;
  /** Forgets the pages with one of the tags, at once. */
  purge(tags: readonly string[]): void;
  /** Readers since the last call, as rows of one Beijing day. */
  takeReads(day: string): ReadRow[];
  /** Takes back rows that could not be written down. */
  giveBackReads(rows: readonly ReadRow[]): void;
  /** From now on the door is not ready, and connections end with their answer. */
  close(): void;
}

interface Who extends Reader {
  readonly requestId: string;
}

interface Visit extends Exchange {
  readonly path: string;
  readonly url: string;
  readonly view: View;
}

const VIEW = /(?:^|;\s*)view=(elder|contrast)\s*(?:;|$)/;
const METHODS = ['GET', 'HEAD', 'POST'];
// What browsers resolve or encode themselves. It would let one page have many addresses.
const ODD_PATH = /\\|#|\/(?:\.|%2e){1,2}(?:\/|$)/i;

function viewOf(cookie: string | undefined): View {
  if (cookie === undefined || !cookie.includes('view=')) return 'standard';
  const view = VIEW.exec(cookie)?.[1];
  return view === 'elder' || view === 'contrast' ? view : 'standard';
}

/** Path and query of a request target; programs may send the whole address. `null`: neither. */
function targetOf(url: string, origins: ReadonlySet<string>): string | null {
  if (url.startsWith('/')) return url;
  const origin = [...origins].find((one) => url.startsWith(`${one}/`));
  return origin === undefined ? null : url.slice(origin.length);
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** The front door: hosts, limits, files, kept pages, and behind them the pages. */
export function createDoor(options: DoorOptions): Door {
  const limits: Limits = { ...LIMITS, ...options.limits };
  const now = options.now ?? Date.now;
  const { files, site } = options;
  const { accepted, origins } = hostsOf(site);
  const security: Head = securityHeaders(site.url);
  const plain: Head = [...security, 'Content-Security-Policy', contentPolicy()];
  const addressOf = addressReader(site.trustedProxies);
  const flood = new FloodGauge(limits.flood, limits.floodWindow);
  const counts = new ReadCounts();
  const state: Health = health(options.probe, now);
  const gate = new RenderGate(renderer(options.handler, site.url), limits);
  const cache = new PageCache<Who, KeptPage>({
    render: ({ url, view, who }) =>
      gate.run(
        { method: 'GET', url, view, reader: who, requestId: who?.requestId ?? randomToken(9) },
        new Patience(limits.renderTime),
      ),
    pack: (rendered, path) => keptPage(asServed(rendered, path), security, countable(rendered, path)),
    now,
    budget: limits.pageBudget,
    onStale: (url, cause) => log.warn({ path: pathOf(url), cause: nameOf(cause) }, 'served a stale page'),
  });

  const countable = ({ status, headers }: Rendered, path: string) =>
    status === 200 && String(headers['content-type'] ?? '').startsWith('text/html') ? counts.of(path) : null;

  const refuse = (visit: Exchange, status: DoorStatus): void => sendDoorPage(visit, status, security);

  const whoAsks = ({ req, requestId }: Exchange, body: Reader['body'] = nothing): Who => ({
    requestId,
    address: addressOf(req.socket.remoteAddress, req.headers['x-forwarded-for']?.toString()),
    headers: req.headers,
    body,
  });

  async function sendServed(visit: Visit, served: Served<KeptPage>, status?: number): Promise<void> {
    const { req, res } = visit;
    if (served.kind === 'kept') {
      const sent = sendKept(served.page, req, res, served.stale);
      if (sent && served.page.reads && req.method === 'GET')
        counts.add(served.page.reads, req.headers['user-agent']);
      return;
    }
    const { rendered } = served;
    const reads = rendered.answer.public && req.method === 'GET' ? countable(rendered, visit.path) : null;
    if (reads) counts.add(reads, req.headers['user-agent']);
    await sendOwn(visit, rendered, security, status);
  }

  async function notFound(visit: Visit, who: Who): Promise<void> {
    try {
      const served = await cache.answer({ url: NOT_FOUND_PATH, view: visit.view, who });
      await sendServed(visit, served, 404);
    } catch (error) {
      if (error instanceof NoRoute) refuse(visit, 404);
      else throw error;
    }
  }

  async function read(visit: Visit): Promise<void> {
    const { url, view } = visit;
    const who = whoAsks(visit);
    if (!flood.admit(who.address, now())) return refuse(visit, 429);
    if (visit.path.startsWith('/_')) return notFound(visit, who);
    try {
      await sendServed(visit, await cache.answer({ url, view, who }));
    } catch (error) {
      if (error instanceof NoRoute) await notFound(visit, who);
      else throw error;
    }
  }

  /** Whether a POST went to a page that takes none: it came back as if it had been asked for. */
  const tookNothing = ({ status, headers, answer }: Rendered): boolean =>
    answer.takesForm
      ? false
      : status === 200
        ? String(headers['content-type'] ?? '').startsWith('text/html')
        : status === 404 && answer.public !== null;

  async function change(visit: Visit): Promise<void> {
    const { req, res, url, view, requestId } = visit;
    const { origin, cookie, 'sec-fetch-site': secFetchSite } = req.headers;
    if (!mayChange({ origin, cookie, secFetchSite: secFetchSite?.toString() }, origins))
      return refuse(visit, 403);
    const limit = bodyLimit(visit.path);
    if (Number(req.headers['content-length'] ?? 0) > limit) return refuse(visit, 413);
    const patience = new Patience(limits.formTime);
    let onRefused: (error: Error) => void = () => {};
    const refused = new Promise<never>((_, reject) => {
      onRefused = reject;
    });
    refused.catch(() => {});
    const who = whoAsks(visit, () =>
      hasBody(req)
        ? countedBody(req, { limit, stall: limits.bodyStall, onProgress: () => patience.extend(), onRefused })
        : nothing(),
    );
    if (!flood.admit(who.address, now())) return refuse(visit, 429);
    if (visit.path.startsWith('/_')) return notFound(visit, who);
    if (req.headers.expect !== undefined) res.writeContinue();
    try {
      const rendering = gate.run({ method: 'POST', url, view, requestId, reader: who }, patience);
      const rendered = await Promise.race([rendering, refused]);
      if (tookNothing(rendered)) refuse(visit, 405);
      else await sendOwn(visit, rendered, security);
    } catch (error) {
      if (error instanceof NoRoute) await notFound(visit, who);
      else throw error;
    }
  }

  async function receive(bare: Exchange): Promise<void> {
    const { req, res } = bare;
    if (!accepted.has((req.headers.host ?? '').toLowerCase())) return refuse(bare, 421);
    if (!METHODS.includes(req.method ?? '')) return refuse(bare, 405);
    const url = targetOf(req.url ?? '', origins);
    const path = url === null ? '' : pathOf(url);
    if (url === null || ODD_PATH.test(path)) return refuse(bare, 400);
    const visit: Visit = { ...bare, url, path, view: viewOf(req.headers.cookie) };
    const known = path === '/healthz' || path === '/readyz' || files.has(path);
    if (known && req.method === 'POST') return refuse(visit, 405);
    if (path === '/healthz') return state.alive(res, plain);
    if (path === '/readyz') return state.ready(res, plain);
    if (files.has(path)) return files.serve(path, req, res, plain);
    return req.method === 'POST' ? change(visit) : read(visit);
  }

  function fail(exchange: Exchange, error: unknown): void {
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof RenderRefused)) {
      const { req, requestId } = exchange;
      log.error({ requestId, path: pathOf(req.url ?? ''), cause: nameOf(error) }, 'no answer');
    }
    refuse(exchange, status);
  }

  return {
    listener(req, res) {
      if (req.method === 'GET' && accepted.has(req.headers.host ?? '')) {
        const page = cache.fresh(req.url ?? '', viewOf(req.headers.cookie));
        if (page) {
          if (sendKept(page, req, res) && page.reads) counts.add(page.reads, req.headers['user-agent']);
          return;
        }
      }
      const exchange: Exchange = { req, res, requestId: randomToken(9) };
      receive(exchange).catch((error: unknown) => fail(exchange, error));
    },
    purge: (tags) => cache.purge(tags),
    takeReads: (day) => counts.take(day),
    giveBackReads: (rows) => counts.giveBack(rows),
    close: () => state.close(),
  };
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

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
