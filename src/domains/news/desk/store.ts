import { and, asc, count, desc, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { AppError } from '#core/errors.ts';
import { type Db, isUnique, type Tx } from '#core/store.ts';
import { accounts } from '#db/schema/accounts.ts';
import { audit } from '#db/schema/core.ts';
import type { AccountId, ArticleId, MediaId } from '#db/schema/ids.ts';
import { articleAttachments, articleEdits, articleLinks, articles } from '#db/schema/news.ts';
import type { ArticleState, LinkKind, SerialKind } from '#db/schema/news.values.ts';
import type { ArticleRow } from '../store.ts';

export type EditRow = typeof articleEdits.$inferSelect;

export interface DeskRow {
  id: ArticleId;
  title: string;
  columnId: string;
  state: ArticleState;
  authorId: AccountId | null;
  /** The account that began it, else the name that is printed. */
  author: string;
  returnReason: string;
  imported: boolean;
  firstPublishedAt: Date | null;
  updatedAt: Date;
}

export interface DeskFilter {
  state: ArticleState | null;
  columns: readonly string[] | null;
  q: string;
  /** Only what waits for this person's pen: his drafts and those of nobody. */
  mine: AccountId | null;
}

const like = (q: string): string => `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function filtered({ state, columns, q, mine }: DeskFilter): SQL | undefined {
  return and(
    state ? eq(articles.state, state) : undefined,
    columns ? inArray(articles.columnId, [...columns]) : undefined,
    q ? sql`${articles.title} like ${like(q)} escape '\\'` : undefined,
    mine === null ? undefined : or(eq(articles.authorId, mine), eq(articles.editedBy, mine)),
  );
}

/** Those changed last first; before them the drafts of `own`, who has to finish them. */
export function listDesk(
  db: Db,
  filter: DeskFilter,
  own: AccountId,
  limit: number,
  offset: number,
): Promise<DeskRow[]> {
  const first = sql`case when ${articles.state} = 'draft' and ${articles.authorId} = ${own} then 0 else 1 end`;
  return db
    .select({
      id: articles.id,
      title: articles.title,
      columnId: articles.columnId,
      state: articles.state,
      authorId: articles.authorId,
      author: sql<string>`coalesce(${accounts.name}, ${articles.author})`,
      returnReason: articles.returnReason,
      imported: sql<boolean>`${articles.originHash} is not null`.mapWith(Boolean),
      firstPublishedAt: articles.firstPublishedAt,
      updatedAt: articles.updatedAt,
    })
    .from(articles)
    .leftJoin(accounts, eq(accounts.id, articles.authorId))
    .where(filtered(filter))
    .orderBy(first, desc(articles.updatedAt), desc(articles.id))
    .limit(limit)
    .offset(offset);
}

export async function countDesk(db: Db, filter: DeskFilter): Promise<number> {
  const [row] = await db.select({ n: count() }).from(articles).where(filtered(filter));
  return row?.n ?? 0;
}

/** How many articles stand in each state: all there are, or those a filter leaves. */
export function countStates(db: Db, filter?: DeskFilter): Promise<{ state: ArticleState; n: number }[]> {
  return db
    .select({ state: articles.state, n: count() })
    .from(articles)
    .where(filter && filtered(filter))
    .groupBy(articles.state);
}

/** How many drafts of this person were sent back to him. */
export async function countReturned(db: Db, by: AccountId): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(articles)
    .where(and(eq(articles.state, 'draft'), eq(articles.authorId, by), ne(articles.returnReason, '')));
  return row?.n ?? 0;
}

export async function insertDraft(
  tx: Tx,
  row: { columnId: string; title: string; source: string; editor: string; by: AccountId; at: Date },
): Promise<ArticleId> {
  const { by, at, ...words } = row;
  const [added] = await tx
    .insert(articles)
    .values({ ...words, authorId: by, editedBy: by, createdAt: at, updatedAt: at })
    .returning({ id: articles.id });
  if (!added) throw new Error('an article was not stored');
  return added.id;
}

type Changes = Partial<Omit<typeof articles.$inferInsert, 'id' | 'version'>>;

const TAKEN = '这一期号已经用过。请核对年份和期号，或用系统建议的下一期。';

/** Changes an article if it still has the version that was read. Gives whether it had. */
export async function updateArticle(
  tx: Tx,
  article: Pick<ArticleRow, 'id' | 'version'>,
  changes: Changes,
): Promise<boolean> {
  const { id, version } = article;
  try {
    const rows = await tx
      .update(articles)
      .set({ ...changes, version: version + 1 })
      .where(and(eq(articles.id, id), eq(articles.version, version)))
      .returning({ id: articles.id });
    return rows.length > 0;
  } catch (error) {
    if (isUnique(error)) throw new AppError('conflict', TAKEN, { serialIssue: '这一期号已经用过' });
    throw error;
  }
}

/** The names of these accounts, by id. */
export async function namesOf(
  db: Db,
  ids: readonly (AccountId | null)[],
): Promise<ReadonlyMap<AccountId, string>> {
  const wanted = [...new Set(ids)].filter((id): id is AccountId => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, wanted));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface Edit extends EditRow {
  name: string;
}

/** What is being typed at an article, or waits to be approved, with who typed it. */
export async function listEdits(db: Db, id: ArticleId): Promise<Edit[]> {
  const rows = await db
    .select({ edit: articleEdits, name: accounts.name })
    .from(articleEdits)
    .innerJoin(accounts, eq(accounts.id, articleEdits.accountId))
    .where(eq(articleEdits.articleId, id))
    .orderBy(asc(articleEdits.savedAt));
  return rows.map(({ edit, name }) => ({ ...edit, name }));
}

export async function putEdit(
  tx: Tx,
  edit: Omit<EditRow, 'id' | 'submittedAt' | 'note'> & { submittedAt?: Date | null; note?: string },
): Promise<void> {
  await tx
    .insert(articleEdits)
    .values(edit)
    .onConflictDoUpdate({ target: [articleEdits.articleId, articleEdits.accountId], set: edit });
}

/** Submits a correction, or takes its submission back. Gives whether there was one. */
export async function updateEdit(
  tx: Tx,
  of: { articleId: ArticleId; accountId: AccountId },
  changes: { submittedAt: Date | null; note: string },
): Promise<boolean> {
  const rows = await tx
    .update(articleEdits)
    .set(changes)
    .where(and(eq(articleEdits.articleId, of.articleId), eq(articleEdits.accountId, of.accountId)))
    .returning({ id: articleEdits.id });
  return rows.length > 0;
}

export async function deleteEdit(tx: Tx, of: { articleId: ArticleId; accountId: AccountId }): Promise<void> {
  await tx
    .delete(articleEdits)
    .where(and(eq(articleEdits.articleId, of.articleId), eq(articleEdits.accountId, of.accountId)));
}

export interface WaitingCorrection {
  id: ArticleId;
  title: string;
  name: string;
  note: string;
  submittedAt: Date | null;
}

/** Corrections that wait for another person's approval. */
export function listCorrections(db: Db): Promise<WaitingCorrection[]> {
  return db
    .select({
      id: articles.id,
      title: articles.title,
      name: accounts.name,
      note: articleEdits.note,
      submittedAt: articleEdits.submittedAt,
    })
    .from(articleEdits)
    .innerJoin(articles, eq(articles.id, articleEdits.articleId))
    .innerJoin(accounts, eq(accounts.id, articleEdits.accountId))
    .where(and(isNotNull(articleEdits.submittedAt), eq(articles.state, 'published')))
    .orderBy(asc(articleEdits.submittedAt));
}

export interface LinkedTitle {
  id: ArticleId;
  title: string;
  state: ArticleState;
  kind: LinkKind;
  firstPublishedAt: Date | null;
}

/** Everything linked with an article, published or not. */
export function listLinks(db: Db, id: ArticleId): Promise<LinkedTitle[]> {
  return db
    .select({
      id: articles.id,
      title: articles.title,
      state: articles.state,
      kind: articleLinks.kind,
      firstPublishedAt: articles.firstPublishedAt,
    })
    .from(articleLinks)
    .innerJoin(
      articles,
      sql`${articles.id} = case when ${articleLinks.a} = ${id} then ${articleLinks.b} else ${articleLinks.a} end`,
    )
    .where(or(eq(articleLinks.a, id), eq(articleLinks.b, id)))
    .orderBy(asc(articles.id));
}

/** Which of these ids are articles. */
export async function existing(db: Db, ids: readonly ArticleId[]): Promise<ArticleId[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: articles.id })
    .from(articles)
    .where(inArray(articles.id, [...ids]));
  return rows.map((row) => row.id);
}

export async function addAttachments(tx: Tx, id: ArticleId, mediaIds: readonly MediaId[]): Promise<void> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${articleAttachments.position}), -1)` })
    .from(articleAttachments)
    .where(eq(articleAttachments.articleId, id));
  const first = (row?.last ?? -1) + 1;
  if (mediaIds.length === 0) return;
  await tx
    .insert(articleAttachments)
    .values(mediaIds.map((mediaId, i) => ({ articleId: id, mediaId, position: first + i })));
}

/** Takes an attachment off an article. Gives whether it was on it. */
export async function removeAttachment(tx: Tx, id: ArticleId, mediaId: MediaId): Promise<boolean> {
  const rows = await tx
    .delete(articleAttachments)
    .where(and(eq(articleAttachments.articleId, id), eq(articleAttachments.mediaId, mediaId)))
    .returning({ id: articleAttachments.id });
  return rows.length > 0;
}

/** The numbers that a serial has used, drafts included. */
export function listIssues(db: Db, kind: SerialKind): Promise<{ year: number; issue: number }[]> {
  return db
    .select({
      year: sql<number>`${articles.serialYear}`,
      issue: sql<number>`${articles.serialIssue}`,
    })
    .from(articles)
    .where(and(eq(articles.serialKind, kind), isNotNull(articles.serialIssue)));
}

export interface HistoryRow {
  at: Date;
  action: string;
  name: string | null;
  detail: string;
}

/** What the log says of an article, the newest first. */
export function listHistory(db: Db, id: ArticleId, limit: number): Promise<HistoryRow[]> {
  return db
    .select({ at: audit.at, action: audit.action, name: accounts.name, detail: audit.detail })
    .from(audit)
    .leftJoin(
      accounts,
      and(eq(audit.actorKind, 'staff'), sql`${accounts.id} = cast(${audit.actorId} as integer)`),
    )
    .where(and(eq(audit.entity, 'article'), eq(audit.entityId, String(id))))
    .orderBy(desc(audit.id))
    .limit(limit);
}
