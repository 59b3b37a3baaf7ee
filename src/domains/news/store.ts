import { and, asc, count, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { builtOnce, type Db } from '#core/store.ts';
import type { ArticleId, MediaId } from '#db/schema/ids.ts';
import { media } from '#db/schema/media.ts';
import { articleAttachments, articleLinks, articles, columns } from '#db/schema/news.ts';
import type { LinkKind, SerialKind } from '#db/schema/news.values.ts';

export type ColumnRow = typeof columns.$inferSelect;
export type ArticleRow = typeof articles.$inferSelect;

/** An article as lists show it; published, so with its time. */
export interface Listed {
  id: ArticleId;
  columnId: string;
  kicker: string;
  title: string;
  source: string;
  summary: string;
  coverId: MediaId | null;
  coverScene: string | null;
  coverAlt: string;
  serialKind: SerialKind | null;
  serialYear: number | null;
  serialIssue: number | null;
  firstPublishedAt: Date;
}

export interface Attachment {
  id: MediaId;
  name: string;
  bytes: number;
}

/** An article that another one leads to. */
export interface Titled {
  id: ArticleId;
  title: string;
  firstPublishedAt: Date;
}

export interface Linked extends Titled {
  link: LinkKind;
}

/** The columns of an article in a list. */
export const LISTED = {
  id: articles.id,
  columnId: articles.columnId,
  kicker: articles.kicker,
  title: articles.title,
  source: articles.source,
  summary: articles.summary,
  coverId: articles.coverId,
  coverScene: articles.coverScene,
  coverAlt: articles.coverAlt,
  serialKind: articles.serialKind,
  serialYear: articles.serialYear,
  serialIssue: articles.serialIssue,
  firstPublishedAt: sql<Date>`${articles.firstPublishedAt}`.mapWith(articles.firstPublishedAt),
};

const TITLED = { id: LISTED.id, title: LISTED.title, firstPublishedAt: LISTED.firstPublishedAt };

export const PUBLISHED = eq(articles.state, 'published');
export const NEWEST = [desc(articles.firstPublishedAt), desc(articles.id)] as const;

const inColumns = (ids: readonly string[]): SQL => inArray(articles.columnId, [...ids]);

export function listColumns(db: Db): Promise<ColumnRow[]> {
  return db.select().from(columns).orderBy(asc(columns.position), asc(columns.id));
}

/** The newest of one column, for the block beside an article. */
const newestOfColumn = builtOnce((db) =>
  db
    .select(LISTED)
    .from(articles)
    .where(and(PUBLISHED, eq(articles.columnId, sql.placeholder('columnId'))))
    .orderBy(...NEWEST)
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** What is published in any of these columns, newest first. */
export function listPublished(
  db: Db,
  columnIds: readonly string[],
  limit: number,
  offset = 0,
): Promise<Listed[]> {
  const [columnId, ...more] = columnIds;
  if (columnId !== undefined && more.length === 0 && offset === 0)
    return newestOfColumn(db).all({ columnId, limit });
  return db
    .select(LISTED)
    .from(articles)
    .where(and(PUBLISHED, inColumns(columnIds)))
    .orderBy(...NEWEST)
    .limit(limit)
    .offset(offset);
}

export async function countPublished(db: Db, columnIds: readonly string[]): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(articles)
    .where(and(PUBLISHED, inColumns(columnIds)));
  return row?.n ?? 0;
}

/** The newest that name something in their title or come from it. */
export function listNaming(db: Db, name: string, limit: number): Promise<Listed[]> {
  return db
    .select(LISTED)
    .from(articles)
    .where(
      and(PUBLISHED, sql`(instr(${articles.title}, ${name}) > 0 or instr(${articles.source}, ${name}) > 0)`),
    )
    .orderBy(...NEWEST)
    .limit(limit);
}

/** The newest with a picture, those of the preferred column first. */
export function listPictured(db: Db, preferred: string, limit: number): Promise<Listed[]> {
  return db
    .select(LISTED)
    .from(articles)
    .where(and(PUBLISHED, sql`(${articles.coverId} is not null or ${articles.coverScene} is not null)`))
    .orderBy(sql`${articles.columnId} <> ${preferred}`, ...NEWEST)
    .limit(limit);
}

export function listSerial(db: Db, kind: SerialKind, limit: number, offset = 0): Promise<Listed[]> {
  return db
    .select(LISTED)
    .from(articles)
    .where(and(PUBLISHED, eq(articles.serialKind, kind)))
    .orderBy(desc(articles.serialYear), desc(articles.serialIssue))
    .limit(limit)
    .offset(offset);
}

/** How many issues of a serial each year has. */
export function countSerial(db: Db, kind: SerialKind): Promise<{ year: number; issues: number }[]> {
  return db
    .select({ year: sql<number>`${articles.serialYear}`, issues: count() })
    .from(articles)
    .where(and(PUBLISHED, eq(articles.serialKind, kind)))
    .groupBy(articles.serialYear)
    .orderBy(desc(articles.serialYear));
}

const articleById = builtOnce((db) =>
  db
    .select()
    .from(articles)
    .where(eq(articles.id, sql.placeholder('id')))
    .prepare(),
);

export async function findArticle(db: Db, id: ArticleId): Promise<ArticleRow | null> {
  const [row] = await articleById(db).all({ id });
  return row ?? null;
}

/** What the public page of an article needs of it. */
const SHOWN = {
  id: articles.id,
  columnId: articles.columnId,
  state: articles.state,
  kicker: articles.kicker,
  title: articles.title,
  subtitle: articles.subtitle,
  source: articles.source,
  author: articles.author,
  editor: articles.editor,
  summary: articles.summary,
  bodyHtml: articles.bodyHtml,
  coverId: articles.coverId,
  coverScene: articles.coverScene,
  coverAlt: articles.coverAlt,
  serialKind: articles.serialKind,
  serialYear: articles.serialYear,
  serialIssue: articles.serialIssue,
  firstPublishedAt: articles.firstPublishedAt,
  correctedAt: articles.correctedAt,
  withdrawnAt: articles.withdrawnAt,
  withdrawReason: articles.withdrawReason,
};

export type ShownArticle = Pick<ArticleRow, keyof typeof SHOWN>;

const shownById = builtOnce((db) =>
  db
    .select(SHOWN)
    .from(articles)
    .where(eq(articles.id, sql.placeholder('id')))
    .prepare(),
);

export async function findShown(db: Db, id: ArticleId): Promise<ShownArticle | null> {
  const [row] = await shownById(db).all({ id });
  return row ?? null;
}

const attachmentsOf = builtOnce((db) =>
  db
    .select({ id: media.id, name: media.name, bytes: media.bytes })
    .from(articleAttachments)
    .innerJoin(media, eq(media.id, articleAttachments.mediaId))
    .where(eq(articleAttachments.articleId, sql.placeholder('id')))
    .orderBy(asc(articleAttachments.position))
    .prepare(),
);

export const listAttachments = (db: Db, id: ArticleId): Promise<Attachment[]> =>
  attachmentsOf(db).all({ id });

const TIME = articles.firstPublishedAt;
const AT = sql.placeholder('at');
const ID = sql.placeholder('id');
const IN_COLUMN = and(PUBLISHED, eq(articles.columnId, sql.placeholder('columnId')));

const neighbours = builtOnce((db) => ({
  previous: db
    .select(TITLED)
    .from(articles)
    .where(and(IN_COLUMN, or(lt(TIME, AT), and(eq(TIME, AT), lt(articles.id, ID)))))
    .orderBy(...NEWEST)
    .limit(1)
    .prepare(),
  next: db
    .select(TITLED)
    .from(articles)
    .where(and(IN_COLUMN, or(gt(TIME, AT), and(eq(TIME, AT), gt(articles.id, ID)))))
    .orderBy(asc(TIME), asc(articles.id))
    .limit(1)
    .prepare(),
}));

/** The published article before and after one of the same column, in the order of publication. */
export async function findNeighbours(
  db: Db,
  article: { id: ArticleId; columnId: string; firstPublishedAt: Date },
): Promise<{ previous: Titled | null; next: Titled | null }> {
  const { id, columnId, firstPublishedAt } = article;
  const here = { id, columnId, at: firstPublishedAt.getTime() };
  const { previous, next } = neighbours(db);
  const [before] = await previous.all(here);
  const [after] = await next.all(here);
  return { previous: before ?? null, next: after ?? null };
}

const OTHER_END = sql`${articles.id} = case when ${articleLinks.a} = ${ID} then ${articleLinks.b} else ${articleLinks.a} end`;

const linked = builtOnce((db) =>
  db
    .select({ ...TITLED, link: articleLinks.kind })
    .from(articleLinks)
    .innerJoin(articles, OTHER_END)
    .where(and(PUBLISHED, or(eq(articleLinks.a, ID), eq(articleLinks.b, ID))))
    .orderBy(...NEWEST)
    .prepare(),
);

/** The published articles linked with one, from either side. */
export const listLinked = (db: Db, id: ArticleId): Promise<Linked[]> => linked(db).all({ id });

export interface Dated {
  id: ArticleId;
  columnId: string;
  firstPublishedAt: Date;
  updatedAt: Date;
}

/** Every published article with the times a site map wants, newest first. */
export function listDated(db: Db, limit: number): Promise<Dated[]> {
  return db
    .select({
      id: articles.id,
      columnId: articles.columnId,
      firstPublishedAt: LISTED.firstPublishedAt,
      updatedAt: articles.updatedAt,
    })
    .from(articles)
    .where(PUBLISHED)
    .orderBy(...NEWEST)
    .limit(limit);
}

/** Published articles with their text, for feeds. */
export function listFull(db: Db, columnIds: readonly string[] | null, limit: number): Promise<ArticleRow[]> {
  return db
    .select()
    .from(articles)
    .where(columnIds ? and(PUBLISHED, inColumns(columnIds)) : PUBLISHED)
    .orderBy(...NEWEST)
    .limit(limit);
}

/** How many articles each column has published. */
export function countByColumn(db: Db): Promise<{ columnId: string; n: number }[]> {
  return db
    .select({ columnId: articles.columnId, n: count() })
    .from(articles)
    .where(PUBLISHED)
    .groupBy(articles.columnId);
}
