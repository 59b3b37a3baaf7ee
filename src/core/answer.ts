/** What a page tells the front door about the answer it is giving. The door hands it over in `locals` and reads it afterwards. */
export interface Answer {
  /** Set by `cachePublic`: the same for every reader, until one of its tags is purged. */
  public: PublicAnswer | null;
  /** Someone asked who is reading: never shared, whatever the page says later. */
  private: boolean;
  /** The same bytes for ever under this address: others may keep them, the front door need not. */
  forever: boolean;
  /** The page takes a form: a POST is its own business. */
  takesForm: boolean;
}

export interface PublicAnswer {
  readonly tags: readonly string[];
  /** The query parameters that the page reads; all others are dropped before it runs. */
  readonly query: readonly string[];
  /** Seconds after which the page is rendered again even if nothing was purged. */
  readonly maxAge: number;
}

/** A page, as far as it matters here. Without a front door (a component rendered by itself) there is nobody to tell. */
interface Asker {
  locals: { answer?: Answer };
}

// Tags are written into the `purges` table and compared byte by byte.
const TAG = /^[\x21-\x7e]+$/;
const DEFAULT_MAX_AGE = 300;

export function newAnswer(): Answer {
  return { public: null, private: false, forever: false, takesForm: false };
}

/**
 * Declares the page that is being rendered to be the same for everyone. It stands last in the frontmatter of a public page;
 * a page that does not call it is never kept. Every public page also carries the tag `site`.
 * `query` names the query parameters that the page reads, always the same ones for a path. `maxAge` in seconds.
 */
export function cachePublic(
  astro: Asker,
  what: { tags: readonly string[]; query?: readonly string[]; maxAge?: number },
): void {
  const tags = [...new Set(['site', ...what.tags])];
  const odd = tags.find((tag) => !TAG.test(tag));
  if (odd !== undefined)
    throw new Error(`A tag is printable ASCII without spaces, not ${JSON.stringify(odd)}`);
  if (!astro.locals.answer) return;
  astro.locals.answer.public = {
    tags,
    query: what.query ?? [],
    maxAge: what.maxAge ?? DEFAULT_MAX_AGE,
  };
}

/**
 * Says that what stands under this address never changes: a picture, an attachment. The door lets browsers keep it as the
 * answer's own `Cache-Control` says, by what they accept, but spends no memory on it.
 */
export function keepForever(astro: Asker): void {
  if (astro.locals.answer) astro.locals.answer.forever = true;
}

/** Marks the answer as one person's: the front door neither keeps nor shares it. */
export function keepPrivate(astro: Asker): void {
  if (astro.locals.answer) astro.locals.answer.private = true;
}

/** Says that the page takes a form. Where nobody says so, the front door answers a POST with 405. */
export function acceptForm(astro: Asker): void {
  if (!astro.locals.answer) return;
  astro.locals.answer.takesForm = true;
  astro.locals.answer.private = true;
}
