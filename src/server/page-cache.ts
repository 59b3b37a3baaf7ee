import type { PublicAnswer } from '#core/answer.ts';
import { type Rendered, RenderRefused, type View } from './render.ts';

/** What is kept of a page: made once by `pack`, handed out as it is. */
export interface Packed {
  readonly bytes: number;
}

export interface Asked<Who> {
  /** Path and query as they were sent. */
  readonly url: string;
  readonly view: View;
  readonly who: Who;
}

export interface PageCacheOptions<Who, Kept extends Packed> {
  /** Renders a page: for one reader, or (without one) for everyone. Rejects when it takes too long or may not begin. */
  render(job: { url: string; view: View; who: Who | null }): Promise<Rendered>;
  pack(rendered: Rendered, path: string): Promise<Kept>;
  now(): number;
  /** Bytes of all kept pages together. */
  budget: number;
  /** Told when a render fails whose readers are helped with an old copy. */
  onStale(url: string, cause: unknown): void;
}

export type Served<Kept> =
  | { readonly kind: 'kept'; readonly page: Kept; readonly stale: boolean }
  | { readonly kind: 'own'; readonly rendered: Rendered };

interface Entry<Kept> {
  readonly key: string;
  readonly page: Kept;
  readonly tags: readonly string[];
  readonly bytes: number;
  /** Number of purges that had happened when its render began. */
  readonly begun: number;
  /** 0 after a purge: kept for the day when rendering fails, and never served before that. */
  freshUntil: number;
  used: number;
}

type Landed<Kept> =
  | { readonly kind: 'public'; readonly page: Kept }
  | { readonly kind: 'private' }
  | { readonly kind: 'failed'; readonly cause: unknown; readonly rendered: Rendered | null };

interface Flight<Kept> {
  /** Number of purges that had happened when the render began. */
  readonly begun: number;
  readonly landing: Promise<Landed<Kept>>;
}

/** `null`: not public. Else the query parameters that the path's page declared. */
type Learnt = readonly string[] | null;

/** The page that stands in for unknown addresses: the one that is kept although its status is 404. */
export const NOT_FOUND_PATH = '/404';

const MOST_LEARNT = 20_000;
const ENTRY_OVERHEAD = 2_000;
const KEPT_AFTER_EVICTION = 0.9;

const keyOf = (url: string, view: View): string => (view === 'standard' ? url : `${view}:${url}`);

function pathOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
}

function nameOf(parameter: string): string {
  const name = parameter.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

/** The address with the declared parameters alone, sorted by name; several values of one keep their order. */
function canonical(url: string, declared: readonly string[]): string {
  const path = pathOf(url);
  const sent = url.slice(path.length + 1).split('&');
  const kept = sent
    .map((parameter) => ({ parameter, name: nameOf(parameter) }))
    .filter(({ parameter, name }) => parameter !== '' && declared.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return kept.length === 0 ? path : `${path}?${kept.map(({ parameter }) => parameter).join('&')}`;
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

function declaredPublic({ status, headers, answer }: Rendered, path: string): PublicAnswer | null {
  if (status !== 200 && path !== NOT_FOUND_PATH) return null;
  if (answer.private || headers['set-cookie'] !== undefined) return null;
  if (/\b(no-store|private)\b/i.test(String(headers['cache-control'] ?? ''))) return null;
  if (/\*|\bcookie\b/i.test(String(headers.vary ?? ''))) return null;
  return answer.public;
}

/**
 * Keeps the pages that declare themselves public. What it promises:
 * - a page that is shared was rendered for nobody in particular, so it can hold nothing of anybody;
 * - a reader who comes after a purge never gets what was rendered before it, save as a marked stale copy when rendering fails;
 * - a query parameter that a page did not declare never reaches it, once the path is known to be public;
 * - one render at a time per page, however many ask; private pages never wait for one another.
 */
export class PageCache<Who, Kept extends Packed> {
  readonly #options: PageCacheOptions<Who, Kept>;
  readonly #entries = new Map<string, Entry<Kept>>();
  readonly #byTag = new Map<string, Set<Entry<Kept>>>();
  readonly #flights = new Map<string, Flight<Kept>>();
  readonly #learnt = new Map<string, Learnt>();
  readonly #learning = new Map<string, Promise<unknown>>();
  /** When each tag was last purged, for as long as a render is under way that might have read from before. */
  readonly #purgedAt = new Map<string, number>();
  #purges = 0;
  #airborne = 0;
  #bytes = 0;
  #uses = 0;

  constructor(options: PageCacheOptions<Who, Kept>) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The kept page for an address exactly as it was sent, or nothing. The way of nearly all requests: it only looks. */
  fresh(url: string, view: View): Kept | undefined {
    const entry = this.#entries.get(keyOf(url, view));
    if (entry === undefined || entry.freshUntil <= this.#options.now()) return undefined;
    entry.used = ++this.#uses;
    return entry.page;
  }

  /** Answers a GET from what is kept, from a render that others wait for as well, or from one for this reader alone. */
  async answer(asked: Asked<Who>): Promise<Served<Kept>> {
    const path = pathOf(asked.url);
    const learner = this.#learnt.has(path) ? undefined : this.#learning.get(path);
    if (learner) await learner.catch(() => {});
    const learnt = this.#learnt.get(path);
    if (learnt) return this.#shared(asked, canonical(asked.url, learnt), learnt);
    if (learnt === null || learner) return this.#own(asked);
    const learning = this.#own(asked);
    this.#learning.set(path, learning);
    try {
      return await learning;
    } finally {
      this.#learning.delete(path);
    }
  }

  /** Makes every page with one of the tags unservable, and every render that is under way unboardable. Synchronous. */
  purge(tags: readonly string[]): void {
    this.#purges += 1;
    for (const tag of tags) {
      if (this.#airborne > 0) this.#purgedAt.set(tag, this.#purges);
      for (const entry of this.#byTag.get(tag) ?? []) entry.freshUntil = 0;
    }
  }

  /** Renders for this reader alone, and learns from the answer what the path is. */
  async #own({ url, view, who }: Asked<Who>): Promise<Served<Kept>> {
    const path = pathOf(url);
    const rendered = await this.#options.render({ url, view, who });
    if (rendered.status < 500) this.#learn(path, declaredPublic(rendered, path)?.query ?? null);
    return { kind: 'own', rendered };
  }

  async #shared(asked: Asked<Who>, url: string, declared: readonly string[]): Promise<Served<Kept>> {
    const kept = this.fresh(url, asked.view);
    if (kept) return { kind: 'kept', page: kept, stale: false };
    const key = keyOf(url, asked.view);
    const boardable = this.#flights.get(key);
    const flight =
      boardable?.begun === this.#purges ? boardable : this.#takeOff(key, url, asked.view, declared);
    const landed = await flight.landing;
    if (landed.kind === 'public') return { kind: 'kept', page: landed.page, stale: false };
    if (landed.kind === 'private') return this.#own(asked);
    const old = this.#entries.get(key);
    if (old && !(landed.cause instanceof RenderRefused)) {
      this.#options.onStale(url, landed.cause);
      return { kind: 'kept', page: old.page, stale: true };
    }
    if (landed.rendered) return { kind: 'own', rendered: landed.rendered };
    throw landed.cause;
  }

  #takeOff(key: string, url: string, view: View, declared: readonly string[]): Flight<Kept> {
    const begun = this.#purges;
    const landing = this.#fly(key, url, view, declared, begun).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
      this.#airborne -= 1;
      if (this.#airborne === 0) this.#purgedAt.clear();
    });
    const flight: Flight<Kept> = { begun, landing };
    this.#airborne += 1;
    this.#flights.set(key, flight);
    return flight;
  }

  async #fly(
    key: string,
    url: string,
    view: View,
    declared: readonly string[],
    begun: number,
  ): Promise<Landed<Kept>> {
    const path = pathOf(url);
    const startedAt = this.#options.now();
    try {
      const rendered = await this.#options.render({ url, view, who: null });
      if (rendered.status >= 500) return { kind: 'failed', cause: `status ${rendered.status}`, rendered };
      const answer = declaredPublic(rendered, path);
      this.#learn(path, answer?.query ?? null);
      // A page that now declares other parameters was rendered without some that it reads.
      if (!answer || !sameNames(answer.query, declared)) {
        this.#drop(this.#entries.get(key));
        return { kind: 'private' };
      }
      const page = await this.#options.pack(rendered, path);
      const outdated = answer.tags.some((tag) => (this.#purgedAt.get(tag) ?? 0) > begun);
      if (!outdated) this.#keep(key, page, answer, startedAt, begun);
      return { kind: 'public', page };
    } catch (cause) {
      return { kind: 'failed', cause, rendered: null };
    }
  }

  #learn(path: string, learnt: Learnt): void {
    this.#learnt.delete(path);
    this.#learnt.set(path, learnt);
    if (this.#learnt.size <= MOST_LEARNT) return;
    const oldest = this.#learnt.keys().next();
    if (!oldest.done) this.#learnt.delete(oldest.value);
  }

  #keep(key: string, page: Kept, { tags, maxAge }: PublicAnswer, startedAt: number, begun: number): void {
    const before = this.#entries.get(key);
    if (before && before.begun > begun) return;
    this.#drop(before);
    const bytes = page.bytes + key.length * 2 + ENTRY_OVERHEAD;
    if (bytes > this.#options.budget) return;
    const freshUntil = startedAt + maxAge * 1000;
    const entry: Entry<Kept> = { key, page, tags, bytes, begun, freshUntil, used: ++this.#uses };
    this.#entries.set(key, entry);
    this.#bytes += bytes;
    for (const tag of tags) {
      const tagged = this.#byTag.get(tag);
      if (tagged) tagged.add(entry);
      else this.#byTag.set(tag, new Set([entry]));
    }
    if (this.#bytes > this.#options.budget) this.#evict();
  }

  #drop(entry: Entry<Kept> | undefined): void {
    if (!entry || !this.#entries.delete(entry.key)) return;
    this.#bytes -= entry.bytes;
    for (const tag of entry.tags) {
      const tagged = this.#byTag.get(tag);
      tagged?.delete(entry);
      if (tagged?.size === 0) this.#byTag.delete(tag);
    }
  }

  /** Drops the least recently used, some at a time, so that a full cache does not sort for every page it takes. */
  #evict(): void {
    const target = this.#options.budget * KEPT_AFTER_EVICTION;
    for (const entry of [...this.#entries.values()].sort((a, b) => a.used - b.used)) {
      if (this.#bytes <= target) return;
      this.#drop(entry);
    }
  }
}
