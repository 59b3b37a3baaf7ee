import { type Db, reader, type Tx } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { SearchKind } from '#db/schema/search.values.ts';
import { commonSynonyms, indexTokens, matchQuery, type Segment, snippet, termsOf } from './rules.ts';
import * as store from './store.ts';

/** One thing that can be found: only what is public, already masked. */
export interface Entry {
  kind: SearchKind;
  /** What it is within its kind: an id, a number. */
  ref: string;
  url: string;
  title: string;
  /** Its words; snippets are cut from them. */
  text: string;
  /** The facet it is counted under: a column's id, or the kind. */
  facet: string;
  at: Date;
}

type Spelling = typeof import('./pinyin.ts');

let spelling: Promise<Spelling> | null = null;

/**
 * Loads the pinyin dictionary, 30 MB that a server which only reads never needs. Call it before a transaction that
 * indexes, so that the first one does not wait for it.
 */
export function prepareIndex(): Promise<Spelling> {
  spelling ??= import('./pinyin.ts').then((module) => {
    module.pinyinTokens('好');
    return module;
  });
  return spelling;
}

async function tokensOf({ title, text }: Pick<Entry, 'title' | 'text'>): Promise<store.Tokens> {
  const { pinyinTokens } = await prepareIndex();
  return { title: indexTokens(title), body: indexTokens(text), pinyin: pinyinTokens(title) };
}

/** Makes an entry findable, or brings it up to date, in the transaction of the change that made it public. */
export async function indexEntry(tx: Tx, entry: Entry): Promise<void> {
  await store.putEntry(tx, entry, await tokensOf(entry));
}

/** Takes an entry out of the search; nothing happens where there is none. */
export const dropEntry = (tx: Tx, kind: SearchKind, ref: string): Promise<void> =>
  store.deleteEntry(tx, kind, ref);

const AT_ONCE = 50;

/** Makes the tokens of some entries anew, in the transaction that read them. Gives the last id and how many there were. */
async function retoken(tx: Tx, after: number): Promise<{ last: number; n: number }> {
  const rows = await store.listEntries(tx, after, AT_ONCE);
  for (const row of rows) await store.putTokens(tx, row.id, await tokensOf(row));
  return { last: rows.at(-1)?.id ?? after, n: rows.length };
}

/** Makes the whole index anew from the entries, a few at a time, so that other writes are not held up. Gives how many. */
export async function rebuildIndex(): Promise<number> {
  await prepareIndex();
  await write.quiet((tx) => store.clearTokens(tx));
  let done = 0;
  for (let after = 0; ; ) {
    const start = after;
    const { last, n } = await write.quiet((tx) => retoken(tx, start));
    if (n === 0) return done;
    after = last;
    done += n;
  }
}

/** The addresses of everything of one kind that can be found, which is everything of it that is public. */
export async function findable(kind: SearchKind): Promise<{ path: string; changedAt: Date }[]> {
  const rows = await store.listAddresses(reader, kind);
  return rows.map(({ url, at }) => ({ path: url, changedAt: at }));
}

/** Raised with every change of how tokens are made: an index of an older recipe would miss what the newer one asks for. */
const RECIPE = '1';

/** Makes the index anew where it was made by an older recipe. Gives whether it was. */
export async function rebuildIfOutdated(): Promise<boolean> {
  const made = await store.findRecipe(reader);
  if (made === RECIPE) return false;
  if (made !== null) await rebuildIndex();
  await write.quiet((tx) => store.putRecipe(tx, RECIPE));
  return made !== null;
}

export interface Question {
  q: string;
  facet: string | null;
  order: 'relevance' | 'date';
  page: number;
}

export interface Hit {
  kind: SearchKind;
  url: string;
  facet: string;
  at: Date;
  title: readonly Segment[];
  text: readonly Segment[];
}

export interface Findings {
  hits: Hit[];
  /** How many there are in all, under the chosen facet. */
  total: number;
  pages: number;
  facets: readonly { facet: string; n: number }[];
  /** How many there are under all facets together. */
  all: number;
  /** Titles that sound like what was typed; only where nothing was found. */
  similar: readonly { title: string; url: string }[];
  /** The terms one by one; only where all of them together found nothing. */
  terms: readonly string[];
}

const PER_PAGE = 20;
const TITLE_LENGTH = 200;
const SNIPPET_LENGTH = 110;
const NOTHING: Findings = { hits: [], total: 0, pages: 0, facets: [], all: 0, similar: [], terms: [] };

const hitOf = (row: store.EntryRow, q: string): Hit => ({
  kind: row.kind,
  url: row.url,
  facet: row.facet,
  at: row.at,
  title: snippet(row.title, q, TITLE_LENGTH, commonSynonyms),
  text: snippet(row.text, q, SNIPPET_LENGTH, commonSynonyms),
});

const HAN_ONLY = /^\p{Script=Han}{2,12}$/u;

/** What is spelled like the query: 路登 finds 路灯. */
async function soundsLike(db: Db, q: string): Promise<{ title: string; url: string }[]> {
  const typed = q.trim();
  if (!HAN_ONLY.test(typed)) return [];
  const { pinyinOf } = await prepareIndex();
  const { full } = pinyinOf(typed);
  if (!/^[a-zü]+$/.test(full)) return [];
  const rows = await store.findEntries(db, `pinyin : "${full}" *`, {
    facet: null,
    order: 'relevance',
    limit: 5,
    offset: 0,
  });
  return rows.map(({ title, url }) => ({ title, url }));
}

/** Answers a search. Whatever is typed, it is never syntax; an empty query finds nothing. */
export async function search({ q, facet, order, page }: Question): Promise<Findings> {
  const match = matchQuery(q, commonSynonyms);
  if (match === null) return NOTHING;
  const facets = await store.countFacets(reader, match);
  const all = facets.reduce((sum, { n }) => sum + n, 0);
  if (all === 0) {
    const terms = termsOf(q);
    return { ...NOTHING, similar: await soundsLike(reader, q), terms: terms.length > 1 ? terms : [] };
  }
  const total = facet === null ? all : (facets.find((each) => each.facet === facet)?.n ?? 0);
  const pages = Math.ceil(total / PER_PAGE);
  const offset = (Math.min(page, Math.max(1, pages)) - 1) * PER_PAGE;
  const rows = await store.findEntries(reader, match, { facet, order, limit: PER_PAGE, offset });
  return { ...NOTHING, hits: rows.map((row) => hitOf(row, q)), total, pages, facets, all };
}
