import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, can, permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import type { AccountId, ArticleId } from '#db/schema/ids.ts';
import type { ArticleEvent, ArticleState } from '#db/schema/news.values.ts';
import { listMedia, type Media } from '#domains/media/service.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { articlePath } from '../addresses.ts';
import { firstPicture, renderBody } from '../body.ts';
import { originalTime } from '../deciding/service.ts';
import type { EditField } from '../input.ts';
import { type Page, paged } from '../paging.ts';
import { allowedArticleEvents } from '../rules.ts';
import { type ArticleView, describe, pictureOf } from '../service.ts';
import { type ArticleRow, findArticle, listAttachments } from '../store.ts';
import { type Column, columnTree } from '../tree.ts';
import { compareFields, type Difference } from './compare.ts';
import { missingIn } from './fields.ts';
import * as store from './store.ts';

export type { DeskRow, LinkedTitle } from './store.ts';

/** Lets pass who writes or publishes. */
function permitNewsroom(actor: Actor): void {
  if (!can(actor, 'news:publish')) permit(actor, 'news:write');
}

export interface DeskQuery {
  state: ArticleState | null;
  column: string | null;
  q: string;
  mine: boolean;
  page: number;
}

export interface DeskList extends Page<store.DeskRow & { column: string }> {
  counts: ReadonlyMap<ArticleState, number>;
}

/** The articles of the newsroom: the asker's own drafts first, then those changed last; each state counted under the same filters. */
export async function listDesk(actor: Actor, query: DeskQuery): Promise<DeskList> {
  permitNewsroom(actor);
  const tree = await columnTree();
  const filter: store.DeskFilter = {
    state: query.state,
    columns: query.column && tree.byId.has(query.column) ? tree.reachOf(query.column) : null,
    q: query.q,
    mine: query.mine ? asStaff(actor).id : null,
  };
  const total = await store.countDesk(reader, filter);
  const list = await paged(total, query.page, (limit, offset) =>
    store.listDesk(reader, filter, asStaff(actor).id, limit, offset),
  );
  const states = await store.countStates(reader, { ...filter, state: null });
  return {
    ...list,
    items: list.items.map((row) => ({ ...row, column: tree.byId.get(row.columnId)?.name ?? '' })),
    counts: new Map(states.map(({ state, n }) => [state, n])),
  };
}

/** Corrections of published articles that wait for another person. */
export function listCorrections(actor: Actor): Promise<store.WaitingCorrection[]> {
  permitNewsroom(actor);
  return store.listCorrections(reader);
}

export interface Correction {
  by: AccountId;
  name: string;
  note: string;
  submittedAt: Date | null;
  differences: Difference[];
}

export interface HistoryEntry {
  at: Date;
  name: string;
  words: string;
}

export interface DeskArticle {
  article: ArticleRow;
  line: Column[];
  /** Its public address, once it has one. */
  path: string | null;
  html: string;
  cover: Media | null;
  attachments: Awaited<ReturnType<typeof listAttachments>>;
  links: store.LinkedTitle[];
  /** What this person may do with it now. */
  events: ArticleEvent[];
  missing: string[];
  corrections: Correction[];
  /** This person's own unsubmitted correction. */
  ownCorrection: { savedAt: Date; note: string } | null;
  history: HistoryEntry[];
  originalTime: Date | null;
}

const ACTION_WORDS: Readonly<Record<string, string>> = {
  'news.create': '新建',
  'news.import': '从旧网站导入',
  'news.save': '保存',
  'news.cover': '换封面',
  'news.attach': '添加附件',
  'news.detach': '去掉附件',
  'news.submit': '提交审核',
  'news.sendBack': '退回修改',
  'news.publish': '发布',
  'news.withdraw': '撤下',
  'news.reopen': '重新编辑',
  'news.submitCorrection': '提交更正',
  'news.returnCorrection': '退回更正',
  'news.correct': '发布更正',
};

const HISTORY = 30;

async function historyOf(id: ArticleId): Promise<HistoryEntry[]> {
  const rows = await store.listHistory(reader, id, HISTORY);
  return rows.map(({ at, action, name }) => ({
    at,
    name: name ?? '系统',
    words: ACTION_WORDS[action] ?? action,
  }));
}

const WRITERS: readonly ArticleEvent[] = ['submit', 'reopen'];

function eventsFor(actor: Actor, article: ArticleRow): ArticleEvent[] {
  const actorId = asStaff(actor).id;
  const authorId = article.editedBy === actorId ? actorId : article.authorId;
  return allowedArticleEvents({ state: article.state, authorId, actorId }).filter((event) =>
    can(actor, WRITERS.includes(event) ? 'news:write' : 'news:publish'),
  );
}

const addressesOf = (links: readonly store.LinkedTitle[], kind: store.LinkedTitle['kind']): string =>
  links
    .filter((link) => link.kind === kind)
    .map(({ id, firstPublishedAt }) =>
      firstPublishedAt ? articlePath({ id, firstPublishedAt }) : String(id),
    )
    .join('\n');

/** An article's fields as its form shows them. */
function fieldsOf(article: ArticleRow, links: readonly store.LinkedTitle[]): Record<EditField, string> {
  const { columnId, kicker, title, subtitle, source, author, editor, summary, bodyHtml, coverAlt, topic } =
    article;
  return {
    ...{ columnId, kicker, title, subtitle, source, author, editor, summary, bodyHtml, coverAlt, topic },
    serialYear: String(article.serialYear ?? ''),
    serialIssue: String(article.serialIssue ?? ''),
    related: addressesOf(links, 'related'),
    interprets: addressesOf(links, 'interprets'),
  };
}

const NO_ARTICLE = '没有这篇稿件。它可能已被合并，请从稿件列表进入。';

async function articleFor(actor: Actor, id: number): Promise<ArticleRow> {
  permitNewsroom(actor);
  return found(Number.isSafeInteger(id) ? await findArticle(reader, id as ArticleId) : null, NO_ARTICLE);
}

/** An article with all that the newsroom knows of it. */
export async function readDesk(actor: Actor, id: number): Promise<DeskArticle> {
  const article = await articleFor(actor, id);
  const tree = await columnTree();
  const { domain } = await siteSettings();
  const links = await store.listLinks(reader, article.id);
  const fields = fieldsOf(article, links);
  const edits = await store.listEdits(reader, article.id);
  const own = edits.find((edit) => edit.accountId === asStaff(actor).id && edit.submittedAt === null);
  const { firstPublishedAt } = article;
  return {
    article,
    line: tree.lineOf(article.columnId),
    path: firstPublishedAt ? articlePath({ id: article.id, firstPublishedAt }) : null,
    html: await renderBody(article.bodyHtml, domain),
    cover: article.coverId ? ((await listMedia([article.coverId]))[0] ?? null) : null,
    attachments: await listAttachments(reader, article.id),
    links,
    events: eventsFor(actor, article),
    missing: missingIn(article),
    corrections: edits
      .filter((edit) => edit.submittedAt !== null)
      .map((edit) => ({
        by: edit.accountId,
        name: edit.name,
        note: edit.note,
        submittedAt: edit.submittedAt,
        differences: compareFields(fields, edit.fields),
      })),
    ownCorrection:
      article.state === 'published' && own?.baseVersion === article.version
        ? { savedAt: own.savedAt, note: own.note }
        : null,
    history: await historyOf(article.id),
    originalTime: originalTime(article),
  };
}

export interface Editing {
  article: ArticleRow;
  fields: Readonly<Record<string, string>>;
  /** When the fields were kept by themselves; `null` where they are the article's own. */
  restored: Date | null;
  /** Whether the article was saved by someone else after that. */
  outdated: boolean;
  links: store.LinkedTitle[];
  cover: Media | null;
  attachments: Awaited<ReturnType<typeof listAttachments>>;
}

/** An article as its editor finds it: with what he typed last and did not save. */
export async function readForEditing(actor: Actor, id: number): Promise<Editing> {
  permit(actor, 'news:write');
  const article = await articleFor(actor, id);
  if (article.state === 'review' || article.state === 'withdrawn') {
    const next = article.state === 'review' ? '请先请审核人退回' : '请先重新编辑';
    throw new AppError('conflict', `这篇稿件现在不能修改，${next}。`);
  }
  const links = await store.listLinks(reader, article.id);
  const edits = await store.listEdits(reader, article.id);
  const own = edits.find((edit) => edit.accountId === asStaff(actor).id);
  return {
    article,
    fields: own ? { ...fieldsOf(article, links), ...own.fields } : fieldsOf(article, links),
    restored: own?.savedAt ?? null,
    outdated: own !== undefined && own.baseVersion !== article.version,
    links,
    cover: article.coverId ? ((await listMedia([article.coverId]))[0] ?? null) : null,
    attachments: await listAttachments(reader, article.id),
  };
}

/** An article as the public would see it now, whatever its state. */
export async function previewArticle(actor: Actor, id: number): Promise<ArticleView> {
  const article = await articleFor(actor, id);
  const firstPublishedAt = article.firstPublishedAt ?? originalTime(article) ?? now();
  const dated = { ...article, firstPublishedAt };
  const { domain } = await siteSettings();
  return {
    kind: 'article',
    article: dated,
    path: articlePath(dated),
    line: (await columnTree()).lineOf(article.columnId),
    body: await renderBody(article.bodyHtml, domain),
    pictured: firstPicture(article.bodyHtml) !== null,
    image: pictureOf(article),
    description: describe(article),
    attachments: await listAttachments(reader, article.id),
    previous: null,
    next: null,
    linked: [],
    reads: 0,
  };
}

export interface NewsroomCounts {
  review: number;
  corrections: number;
  /** This person's drafts that were sent back. */
  returned: number;
  /** His drafts that were not. */
  mine: number;
}

/** What waits in the newsroom, for the first page of the desk. */
export async function newsroomCounts(actor: Actor): Promise<NewsroomCounts> {
  permitNewsroom(actor);
  const states = new Map((await store.countStates(reader)).map(({ state, n }) => [state, n]));
  const { id } = asStaff(actor);
  const returned = await store.countReturned(reader, id);
  const drafts = await store.countDesk(reader, { state: 'draft', columns: null, q: '', mine: id });
  return {
    review: states.get('review') ?? 0,
    corrections: (await store.listCorrections(reader)).length,
    returned,
    mine: Math.max(0, drafts - returned),
  };
}
