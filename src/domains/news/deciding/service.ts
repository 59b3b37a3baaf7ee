import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, permit } from '#core/permissions.ts';
import type { Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { AccountId, ArticleId, MediaId } from '#db/schema/ids.ts';
import type { ArticleEvent } from '#db/schema/news.values.ts';
import { hideMedia, useArticleMedia } from '#domains/media/service.ts';
import { prepareIndex } from '#domains/search/service.ts';
import { cleanBody } from '../body.ts';
import { missingIn, shownPictures } from '../desk/fields.ts';
import { importReport } from '../desk/imported.ts';
import * as desk from '../desk/store.ts';
import { ArticleForm } from '../input.ts';
import { indexArticle, unindexArticle } from '../publishing/service.ts';
import { attachmentIds, picturesShownElsewhere } from '../publishing/store.ts';
import { nextArticleState } from '../rules.ts';
import { type ArticleRow, findArticle } from '../store.ts';
import { findTopic } from '../topics/store.ts';
import { columnTree } from '../tree.ts';
import { applyForm, change, current } from '../writing/service.ts';

/** The state after an event; whoever wrote any of the text counts as its author. */
function moved(event: ArticleEvent, article: ArticleRow, actorId: AccountId, reason?: string) {
  const wrote = article.authorId === actorId || article.editedBy === actorId;
  const authorId = wrote ? actorId : article.authorId;
  return nextArticleState(event, { state: article.state, authorId, actorId, ...(reason ? { reason } : {}) });
}

/** Names every public page on which the article stands, or stood. */
async function touchPages(tx: Tx, to: Change, ...versions: readonly ArticleRow[]): Promise<void> {
  const tree = await columnTree();
  to.touch('home', 'news');
  for (const { id, columnId, topic } of versions) {
    to.touch(`news:${id}`, ...tree.lineOf(columnId).map((column) => `column:${column.id}`));
    const found = topic ? await findTopic(tx, { name: topic }) : null;
    if (found) to.touch(`topic:${found.id}`);
    for (const link of await desk.listLinks(tx, id)) to.touch(`news:${link.id}`);
  }
}

/** Hands an article to those who publish. Throws `invalid` with what is missing. */
export async function submitArticle(actor: Actor, id: ArticleId, version: number): Promise<void> {
  permit(actor, 'news:write');
  const { id: actorId } = asStaff(actor);
  await write(actor, 'news.submit', async (tx, to) => {
    const article = await current(tx, id, version);
    const state = moved('submit', article, actorId);
    const missing = missingIn(article);
    if (missing.length > 0) throw new AppError('invalid', `还不能提交：${missing.join('；')}。`);
    await change(tx, article, { state, returnReason: '', updatedAt: to.at });
    to.note('article', id, { from: { state: article.state }, to: { state } });
    to.answer(`/staff/news/${id}/`);
  });
}

/** Gives an article back to who wrote it, with what is to be changed. */
export async function sendBack(actor: Actor, id: ArticleId, version: number, reason: string): Promise<void> {
  permit(actor, 'news:publish');
  const { id: actorId } = asStaff(actor);
  await write(actor, 'news.sendBack', async (tx, to) => {
    const article = await current(tx, id, version);
    const state = moved('sendBack', article, actorId, reason);
    await change(tx, article, { state, returnReason: reason, updatedAt: to.at });
    to.note('article', id, { from: { state: article.state }, to: { state }, fields: ['returnReason'] });
    to.answer(`/staff/news/${id}/`);
  });
}

/** When an imported text first appeared, as its old page said; `null` for any other. */
export const originalTime = (article: Pick<ArticleRow, 'origin'>): Date | null =>
  importReport(article)?.publishedHint ?? null;

/** Opens an article's pictures and attachments to everyone. */
async function showPictures(tx: Tx, article: ArticleRow): Promise<void> {
  await useArticleMedia(tx, shownPictures(article), 'public');
  await useArticleMedia(tx, await attachmentIds(tx, [article.id]), 'public');
}

/**
 * Publishes what another person wrote: from the same moment it stands on the home page, in its column, in the feeds and
 * in the search. The first day of publication is set once. With `original`, an imported text keeps the time of its old
 * page; the log says so.
 */
export async function publishArticle(
  actor: Actor,
  id: ArticleId,
  version: number,
  { original = false } = {},
): Promise<void> {
  permit(actor, 'news:publish');
  const { id: actorId } = asStaff(actor);
  await prepareIndex();
  await write(actor, 'news.publish', async (tx, to) => {
    const before = await current(tx, id, version);
    const state = moved('publish', before, actorId);
    const missing = missingIn(before);
    if (missing.length > 0) throw new AppError('invalid', `还不能发布：${missing.join('；')}。请退回修改。`);
    const kept = original ? originalTime(before) : null;
    const firstPublishedAt = before.firstPublishedAt ?? kept ?? to.at;
    const changes = {
      state,
      firstPublishedAt,
      approverId: actorId,
      withdrawnAt: null,
      withdrawReason: '',
      returnReason: '',
      updatedAt: to.at,
    };
    await change(tx, before, changes);
    const after = { ...before, ...changes };
    await showPictures(tx, after);
    await indexArticle(tx, after);
    await touchPages(tx, to, after);
    to.note('article', id, {
      from: { state: before.state },
      to: { state, firstPublishedAt: firstPublishedAt.toISOString(), backdated: kept ? 1 : 0 },
    });
    to.answer(`/staff/news/${id}/`);
  });
}

/** Hides pictures and attachments again, but for those that another published article shows. */
async function hidePictures(tx: Tx, article: ArticleRow): Promise<void> {
  const ids = [...shownPictures(article), ...(await attachmentIds(tx, [article.id]))] as MediaId[];
  const elsewhere = await picturesShownElsewhere(tx, ids, article.id);
  await hideMedia(
    tx,
    ids.filter((one) => !elsewhere.has(one)),
  );
}

/** Takes a published article back: its address says so from now on, with the reason. */
export async function withdrawArticle(
  actor: Actor,
  id: ArticleId,
  version: number,
  reason: string,
): Promise<void> {
  permit(actor, 'news:publish');
  const { id: actorId } = asStaff(actor);
  await write(actor, 'news.withdraw', async (tx, to) => {
    const article = await current(tx, id, version);
    const state = moved('withdraw', article, actorId, reason);
    const changes = { state, withdrawnAt: to.at, withdrawReason: reason, updatedAt: to.at };
    await change(tx, article, changes);
    await unindexArticle(tx, article);
    await hidePictures(tx, article);
    await touchPages(tx, to, article);
    to.note('article', id, { from: { state: article.state }, to: { state }, fields: ['withdrawReason'] });
    to.answer(`/staff/news/${id}/`);
  });
}

/** Takes a withdrawn article up again as a draft. Until it is published again, its address says that it was withdrawn. */
export async function reopenArticle(actor: Actor, id: ArticleId, version: number): Promise<void> {
  permit(actor, 'news:write');
  const { id: actorId } = asStaff(actor);
  await write(actor, 'news.reopen', async (tx, to) => {
    const article = await current(tx, id, version);
    const state = moved('reopen', article, actorId);
    await change(tx, article, { state, updatedAt: to.at });
    to.note('article', id, { from: { state: article.state }, to: { state } });
    to.answer(`/staff/news/${id}/edit`);
  });
}

const NO_CORRECTION = '这份更正刚被作者改动或已经处理，请刷新页面再看。';
const OUTDATED = '这篇稿件在您修改期间又发布过别的更正，请打开编辑页对照新的文字，重新保存后再提交。';

/** Hands a saved correction to those who publish. */
export async function submitCorrection(
  actor: Actor,
  id: ArticleId,
  version: number,
  note: string,
): Promise<void> {
  permit(actor, 'news:write');
  const { id: accountId } = asStaff(actor);
  await write(actor, 'news.submitCorrection', async (tx, to) => {
    const article = await current(tx, id, version);
    if (article.state !== 'published') throw new AppError('conflict', '只有已发布的稿件才能提交更正。');
    const own = (await desk.listEdits(tx, id)).find((edit) => edit.accountId === accountId);
    if (found(own, '还没有保存过更正，请先修改并保存。').baseVersion !== version)
      throw new AppError('conflict', OUTDATED);
    await desk.updateEdit(tx, { articleId: id, accountId }, { submittedAt: to.at, note });
    to.note('article', id, { to: { correction: 'submitted' } });
    to.answer(`/staff/news/${id}/`);
  });
}

/** Whose correction is decided on, and when the one that was read had been submitted. */
export interface CorrectionRef {
  by: AccountId;
  submitted: number;
}

/** The correction just as it was read: one that was changed and submitted again is another. */
async function waiting(tx: Tx, id: ArticleId, { by, submitted }: CorrectionRef): Promise<desk.Edit> {
  const edits = await desk.listEdits(tx, id);
  return found(
    edits.find((edit) => edit.accountId === by && edit.submittedAt?.getTime() === submitted),
    NO_CORRECTION,
  );
}

/** Publishes another person's correction: the text changes, its first day of publication does not. */
export async function publishCorrection(
  actor: Actor,
  id: ArticleId,
  version: number,
  ref: CorrectionRef,
): Promise<void> {
  permit(actor, 'news:publish');
  const { id: approverId } = asStaff(actor);
  const { by } = ref;
  if (by === approverId) throw new AppError('forbidden', '自己写的更正要由另一位同事审核发布。');
  await prepareIndex();
  await cleanBody('');
  await write(actor, 'news.correct', async (tx, to) => {
    const before = await current(tx, id, version);
    const edit = await waiting(tx, id, ref);
    if (before.state !== 'published' || edit.baseVersion !== before.version) {
      throw new AppError('conflict', '这篇稿件在更正提交之后又有变动，请退回更正，让作者在新的文字上修改。');
    }
    const form = ArticleForm.safeParse({ ...edit.fields, version: String(version) });
    if (!form.success) throw new AppError('conflict', '这份更正的内容不完整，请退回让作者补全。');
    const bodyHtml = await cleanBody(form.data.bodyHtml);
    const fields = await applyForm(
      tx,
      before,
      { ...form.data, bodyHtml },
      {
        approverId,
        editedBy: by,
        correctedAt: to.at,
        updatedAt: to.at,
      },
    );
    const after = found(await findArticle(tx, id));
    const missing = missingIn(after);
    if (missing.length > 0) throw new AppError('invalid', `还不能发布：${missing.join('；')}。请退回更正。`);
    await desk.deleteEdit(tx, { articleId: id, accountId: by });
    await showPictures(tx, after);
    if (before.serialKind !== after.serialKind) await unindexArticle(tx, before);
    if (after.firstPublishedAt) {
      await indexArticle(tx, { ...after, firstPublishedAt: after.firstPublishedAt });
    }
    await touchPages(tx, to, before, after);
    to.note('article', id, { fields, to: { correction: 'published' } });
    to.answer(`/staff/news/${id}/`);
  });
}

/** Gives a correction back to who wrote it. */
export async function returnCorrection(
  actor: Actor,
  id: ArticleId,
  ref: CorrectionRef,
  reason: string,
): Promise<void> {
  permit(actor, 'news:publish');
  await write(actor, 'news.returnCorrection', async (tx, to) => {
    await waiting(tx, id, ref);
    await desk.updateEdit(tx, { articleId: id, accountId: ref.by }, { submittedAt: null, note: reason });
    to.note('article', id, { to: { correction: 'returned' } });
    to.answer(`/staff/news/${id}/`);
  });
}
