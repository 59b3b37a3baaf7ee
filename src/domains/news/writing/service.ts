import type { Actor } from '#core/actor.ts';
import { beijingDay, beijingTime, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, permit } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { ArticleId, MediaId } from '#db/schema/ids.ts';
import type { SerialKind } from '#db/schema/news.values.ts';
import { adoptMedia, useArticleMedia } from '#domains/media/service.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { cleanBody, picturesIn, textAsBody } from '../body.ts';
import { changedFields, idsIn, keptFields, serialOf, writtenOf } from '../desk/fields.ts';
import * as desk from '../desk/store.ts';
import { type ArticleForm, EDIT_FIELDS, type EditField } from '../input.ts';
import * as publishing from '../publishing/store.ts';
import { nextIssue } from '../rules.ts';
import { type ArticleRow, findArticle } from '../store.ts';
import { insertTopic } from '../topics/store.ts';
import { columnTree } from '../tree.ts';

const NO_ARTICLE = '没有这篇稿件。它可能已被合并，请从稿件列表进入。';

/** Told when somebody else was faster; what was typed stays in the form. */
async function conflictWith(tx: Tx, article: ArticleRow): Promise<AppError> {
  const names = await desk.namesOf(tx, [article.editedBy]);
  const who = (article.editedBy !== null && names.get(article.editedBy)) || '另一位同事';
  return new AppError(
    'conflict',
    `这篇稿件已被${who}在 ${beijingTime(article.updatedAt)} 改过。您写的内容仍在下面：请先在新窗口打开稿件对照，把要保留的改动合在一起，再保存。`,
  );
}

/** The article as it now is, if it still has the version that was read; else tells who changed it. */
export async function current(tx: Tx, id: ArticleId, version: number): Promise<ArticleRow> {
  const article = found(await findArticle(tx, id), NO_ARTICLE);
  if (article.version !== version) throw await conflictWith(tx, article);
  return article;
}

/** Changes the article that was just read in the same transaction. */
export async function change(
  tx: Tx,
  article: ArticleRow,
  changes: Parameters<typeof desk.updateArticle>[2],
): Promise<void> {
  if (!(await desk.updateArticle(tx, article, changes))) throw await conflictWith(tx, article);
}

async function knownColumn(id: string): Promise<void> {
  const { byId } = await columnTree();
  if (!byId.has(id)) throw new AppError('invalid', '请选择栏目。', { columnId: '请选择栏目' });
}

/** Begins an article. Gives its id. */
export async function createDraft(
  actor: Actor,
  input: Pick<ArticleForm, 'columnId' | 'title'>,
): Promise<ArticleId> {
  permit(actor, 'news:write');
  const staff = asStaff(actor);
  await knownColumn(input.columnId);
  const { organiser } = await siteSettings();
  return write(actor, 'news.create', async (tx, to) => {
    const id = await desk.insertDraft(tx, {
      ...input,
      source: organiser,
      editor: staff.name,
      by: staff.id,
      at: to.at,
    });
    to.note('article', id, { to: { state: 'draft', column: input.columnId } });
    to.answer(`/staff/news/${id}/edit`);
    return id;
  });
}

async function relink(tx: Tx, id: ArticleId, form: ArticleForm): Promise<void> {
  const wanted = new Map([
    ...idsIn(form.related).map((other) => [other, 'related'] as const),
    ...idsIn(form.interprets).map((other) => [other, 'interprets'] as const),
  ]);
  wanted.delete(id);
  const known = await desk.existing(tx, [...wanted.keys()]);
  const unknown = [...wanted.keys()].filter((other) => !known.includes(other));
  if (unknown.length > 0) {
    const where = wanted.get(unknown[0] as ArticleId) === 'related' ? 'related' : 'interprets';
    throw new AppError('invalid', `没有编号为 ${unknown.join('、')} 的文章。`, {
      [where]: `没有编号为 ${unknown.join('、')} 的文章，请核对网址`,
    });
  }
  const there = await desk.listLinks(tx, id);
  await publishing.unlinkArticles(
    tx,
    id,
    there.filter((link) => !wanted.has(link.id)).map((link) => link.id),
  );
  await publishing.linkArticles(
    tx,
    [...wanted].map(([other, kind]) => ({ one: id, other, kind })),
  );
}

/** Writes a form into the article's own row, with its links and pictures. */
export async function applyForm(
  tx: Tx,
  article: ArticleRow,
  form: ArticleForm,
  more: Parameters<typeof desk.updateArticle>[2],
): Promise<string[]> {
  const written = writtenOf(form);
  await change(tx, article, { ...written, ...more });
  await relink(tx, article.id, form);
  await useArticleMedia(tx, picturesIn(form.bodyHtml), 'private');
  if (written.topic) await insertTopic(tx, { name: written.topic, createdAt: now() });
  return changedFields(article, written);
}

// Without scripts people write plain lines.
const asHtml = (body: string): string => (/<[a-z][^>]*>/i.test(body) ? body : textAsBody(body));

async function saveDraft(tx: Tx, to: Change, actor: Actor, article: ArticleRow, form: ArticleForm) {
  const { id: accountId } = asStaff(actor);
  const fields = await applyForm(tx, article, form, { editedBy: accountId, updatedAt: to.at });
  await desk.deleteEdit(tx, { articleId: article.id, accountId });
  to.note('article', article.id, {
    fields,
    from: { column: article.columnId },
    to: { column: form.columnId },
  });
}

async function saveCorrection(tx: Tx, to: Change, actor: Actor, article: ArticleRow, form: ArticleForm) {
  const { id: accountId } = asStaff(actor);
  await desk.putEdit(tx, {
    articleId: article.id,
    accountId,
    baseVersion: article.version,
    fields: keptFields(form),
    savedAt: to.at,
    submittedAt: null,
    note: '',
  });
  await useArticleMedia(tx, picturesIn(form.bodyHtml), 'private');
  to.note('article', article.id, { fields: ['correction'] });
}

/**
 * Saves what was written: into the draft itself; of a published article into a correction that stands beside it until
 * another person publishes it. Throws `conflict` where somebody else saved in between.
 */
export async function saveArticle(actor: Actor, id: ArticleId, input: ArticleForm): Promise<void> {
  permit(actor, 'news:write');
  await knownColumn(input.columnId);
  const form = { ...input, bodyHtml: await cleanBody(asHtml(input.bodyHtml)) };
  await write(actor, 'news.save', async (tx, to) => {
    const article = await current(tx, id, input.version);
    if (article.state === 'draft') await saveDraft(tx, to, actor, article, form);
    else if (article.state === 'published') await saveCorrection(tx, to, actor, article, form);
    else {
      const why = article.state === 'review' ? '正在等待审核，请先请审核人退回' : '已经撤下，请先重新编辑';
      throw new AppError('conflict', `这篇稿件${why}，再修改。您写的内容仍在下面。`);
    }
    to.answer(`/staff/news/${id}/edit?saved=1`);
  });
}

export interface Autosaved {
  savedAt: Date;
  /** Who else is at it, or has saved in between; `null` when nobody. */
  warning: string | null;
}

const BESIDE_MS = 10 * 60_000;
const FIELD_LENGTH = 400_000;

/** Keeps what is being typed, beside the article. Nothing of it is checked, nothing is lost to a conflict. */
export async function autosave(
  actor: Actor,
  id: ArticleId,
  typed: Readonly<Record<string, string | undefined>>,
  baseVersion: number,
): Promise<Autosaved> {
  permit(actor, 'news:write');
  const { id: accountId } = asStaff(actor);
  const article = found(await findArticle(reader, id), NO_ARTICLE);
  const entries = EDIT_FIELDS.map((field): [EditField, string] => [
    field,
    (typed[field] ?? '').replaceAll('\0', '').slice(0, FIELD_LENGTH),
  ]);
  const savedAt = now();
  await write.quiet((tx) =>
    desk.putEdit(tx, {
      articleId: id,
      accountId,
      baseVersion,
      fields: Object.fromEntries(entries),
      savedAt,
      // What changes is no longer what was submitted.
      submittedAt: null,
    }),
  );
  const names = await desk.namesOf(reader, [article.editedBy]);
  if (article.version !== baseVersion && article.editedBy !== accountId) {
    const who = (article.editedBy !== null && names.get(article.editedBy)) || '另一位同事';
    return {
      savedAt,
      warning: `${who}在 ${beijingTime(article.updatedAt).slice(11)} 保存过这篇稿件，保存前请先对照`,
    };
  }
  const others = (await desk.listEdits(reader, id)).filter(
    (edit) => edit.accountId !== accountId && savedAt.getTime() - edit.savedAt.getTime() < BESIDE_MS,
  );
  const beside = others.at(-1);
  return {
    savedAt,
    warning: beside ? `${beside.name}也在编辑（${beijingTime(beside.savedAt).slice(11)}）` : null,
  };
}

/** Throws away what this person typed and did not save. */
export async function discardEdit(actor: Actor, id: ArticleId): Promise<void> {
  permit(actor, 'news:write');
  const { id: accountId } = asStaff(actor);
  await write.quiet((tx) => desk.deleteEdit(tx, { articleId: id, accountId }));
}

function editable(article: ArticleRow): void {
  if (article.state === 'draft') return;
  throw new AppError(
    'conflict',
    '只有草稿可以换封面和附件。已发布的稿件请先撤下，或在更正时改正文里的图片。',
  );
}

/** Sets the picture that stands for the article, or its description alone; `null` takes it away. */
export async function setCover(
  actor: Actor,
  id: ArticleId,
  input: { version: number; coverAlt: string },
  cover: string | null | undefined,
): Promise<void> {
  permit(actor, 'news:write');
  const { id: editedBy } = asStaff(actor);
  await write(actor, 'news.cover', async (tx, to) => {
    const article = await current(tx, id, input.version);
    editable(article);
    const [coverId] = cover
      ? await adoptMedia(tx, [cover], { state: 'private', purpose: 'article' })
      : [null];
    const picture = cover === undefined ? {} : { coverId: coverId ?? null, coverScene: null };
    await change(tx, article, { ...picture, coverAlt: input.coverAlt, editedBy, updatedAt: to.at });
    to.note('article', id, { fields: ['cover'] });
    to.answer(`/staff/news/${id}/edit?saved=1`);
  });
}

export async function attachFiles(
  actor: Actor,
  id: ArticleId,
  version: number,
  files: readonly string[],
): Promise<void> {
  permit(actor, 'news:write');
  if (files.length === 0) throw new AppError('invalid', '请先选择附件。', { files: '请选择文件' });
  await write(actor, 'news.attach', async (tx, to) => {
    const article = await current(tx, id, version);
    editable(article);
    const ids = await adoptMedia(tx, files, { state: 'private', purpose: 'article' });
    await desk.addAttachments(tx, id, ids);
    to.note('article', id, { fields: ['attachments'], to: { added: ids.length } });
    to.answer(`/staff/news/${id}/edit?saved=1`);
  });
}

export async function detachFile(
  actor: Actor,
  id: ArticleId,
  version: number,
  mediaId: string,
): Promise<void> {
  permit(actor, 'news:write');
  await write(actor, 'news.detach', async (tx, to) => {
    const article = await current(tx, id, version);
    editable(article);
    found((await desk.removeAttachment(tx, id, mediaId as MediaId)) || null, '这个附件已经不在稿件上了。');
    to.note('article', id, { fields: ['attachments'] });
    to.answer(`/staff/news/${id}/edit?saved=1`);
  });
}

/** The number a serial's next issue would have; `null` for a column that numbers nothing. */
export async function proposeIssue(
  columnId: string,
): Promise<{ kind: SerialKind; year: number; issue: number } | null> {
  const kind = serialOf(columnId);
  if (!kind) return null;
  const year = Number(beijingDay(now()).slice(0, 4));
  return { kind, ...nextIssue(await desk.listIssues(reader, kind), year) };
}
