import { and, eq, gt, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { meta } from '#db/schema/core.ts';
import { searchEntries } from '#db/schema/search.ts';
import type { SearchKind } from '#db/schema/search.values.ts';

export type EntryRow = typeof searchEntries.$inferSelect;

/** The tokens of one entry, as the index holds them. */
export interface Tokens {
  title: string;
  body: string;
  pinyin: string;
}

const INDEX = sql.raw('search_index');
// A hit in the title outweighs any number of hits in the text; the spelling counts for less than the characters.
const RANK = sql.raw('bm25(search_index, 10.0, 1.0, 4.0)');

/** Writes an entry and its tokens, in the place of an older one of the same kind and reference. */
export async function putEntry(tx: Tx, entry: Omit<EntryRow, 'id'>, tokens: Tokens): Promise<void> {
  const [row] = await tx
    .insert(searchEntries)
    .values(entry)
    .onConflictDoUpdate({ target: [searchEntries.kind, searchEntries.ref], set: entry })
    .returning({ id: searchEntries.id });
  if (!row) throw new Error('a search entry was not stored');
  await putTokens(tx, row.id, tokens);
}

export async function putTokens(tx: Tx, id: number, { title, body, pinyin }: Tokens): Promise<void> {
  await tx.run(sql`DELETE FROM ${INDEX} WHERE rowid = ${id}`);
  await tx.run(
    sql`INSERT INTO ${INDEX} (rowid, title, body, pinyin) VALUES (${id}, ${title}, ${body}, ${pinyin})`,
  );
}

export async function deleteEntry(tx: Tx, kind: SearchKind, ref: string): Promise<void> {
  const [row] = await tx
    .delete(searchEntries)
    .where(and(eq(searchEntries.kind, kind), eq(searchEntries.ref, ref)))
    .returning({ id: searchEntries.id });
  if (row) await tx.run(sql`DELETE FROM ${INDEX} WHERE rowid = ${row.id}`);
}

/** Empties the index: the entries themselves stay. */
export async function clearTokens(tx: Tx): Promise<void> {
  await tx.run(sql`DELETE FROM ${INDEX}`);
}

export function listEntries(db: Db, after: number, limit: number): Promise<EntryRow[]> {
  return db
    .select()
    .from(searchEntries)
    .where(gt(searchEntries.id, after))
    .orderBy(searchEntries.id)
    .limit(limit);
}

const matching = (match: string, facet: string | null) => sql`
  FROM ${INDEX} JOIN ${searchEntries} ON ${searchEntries.id} = ${INDEX}.rowid
  WHERE ${INDEX} MATCH ${match} ${facet === null ? sql`` : sql`AND ${searchEntries.facet} = ${facet}`}`;

/** How many entries match, by facet. `match` is an FTS5 expression made by the recipe, never what somebody typed. */
export async function countFacets(db: Db, match: string): Promise<{ facet: string; n: number }[]> {
  return db.all<{ facet: string; n: number }>(
    sql`SELECT ${searchEntries.facet} AS facet, count(*) AS n ${matching(match, null)} GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
}

/** The ids of what matches, best or newest first. */
async function findIds(
  db: Db,
  match: string,
  { facet, order, limit, offset }: Slice,
): Promise<{ id: number }[]> {
  const by = order === 'date' ? sql`${searchEntries.at} DESC` : sql`${RANK}, ${searchEntries.at} DESC`;
  return db.all<{ id: number }>(
    sql`SELECT ${searchEntries.id} AS id ${matching(match, facet)} ORDER BY ${by} LIMIT ${limit} OFFSET ${offset}`,
  );
}

export interface Slice {
  facet: string | null;
  order: 'relevance' | 'date';
  limit: number;
  offset: number;
}

/** What matches, best or newest first, in its own words. */
export async function findEntries(db: Db, match: string, slice: Slice): Promise<EntryRow[]> {
  const ids = await findIds(db, match, slice);
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(searchEntries)
    .where(sql`${searchEntries.id} in ${ids.map((row) => row.id)}`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Everything of one kind that can be found. */
export function listOfKind(db: Db, kind: SearchKind): Promise<EntryRow[]> {
  return db.select().from(searchEntries).where(eq(searchEntries.kind, kind));
}

export function listAddresses(db: Db, kind: SearchKind): Promise<{ url: string; at: Date }[]> {
  return db
    .select({ url: searchEntries.url, at: searchEntries.at })
    .from(searchEntries)
    .where(eq(searchEntries.kind, kind));
}

const RECIPE = 'search-recipe';

/** By which recipe the index was made; `null` in a store that never said so. */
export async function findRecipe(db: Db): Promise<string | null> {
  const [row] = await db.select({ value: meta.value }).from(meta).where(eq(meta.key, RECIPE));
  return row?.value ?? null;
}

export async function putRecipe(tx: Tx, value: string): Promise<void> {
  await tx
    .insert(meta)
    .values({ key: RECIPE, value })
    .onConflictDoUpdate({ target: meta.key, set: { value } });
}
