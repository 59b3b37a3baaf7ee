import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { Category } from '#db/schema/hotline.values.ts';
import { describePicture, hideMedia, showMedia } from '#domains/media/service.ts';
import { dropEntry, indexEntry, prepareIndex } from '#domains/search/service.ts';
import { permitCase, permitStep } from '../cases/access.ts';
import { type CaseChange, type CaseRef, type CaseRow, touchCase } from '../cases/step.ts';
import { assertFresh, findCase, insertEvent, updateCase } from '../cases/store.ts';
import type { HideCase, PublishCase, SetPhoto, SetWords } from './input.ts';
import { answerIsOut, assertPublishable, isPublished, mayShowWords } from './rules.ts';
import * as store from './store.ts';
import { residentWordsInPublic, staffWordsInPublic, titleInPublic } from './words.ts';

export const casePage = (number: string): string => `/hotline/cases/${number}`;

/** Brings the search up to date with a case that stands on the ledger: its line, its shown words, its approved answer, all masked. */
export async function indexPublished(tx: Tx, c: CaseRow): Promise<void> {
  if (!isPublished(c.publication)) return;
  const spoken = await store.listSpoken(tx, c.id);
  const words = spoken.map(residentWordsInPublic).filter((each) => each !== null);
  const answer = answerIsOut(c.state) ? [staffWordsInPublic(c.answerText, spoken)] : [];
  await indexEntry(tx, {
    kind: 'case',
    ref: c.number,
    url: casePage(c.number),
    title: titleInPublic(c.publicTitle, spoken),
    text: [...words, ...answer].join('\n'),
    facet: 'case',
    at: c.filedAt,
  });
}

/** Takes a case off every public page and out of the search: what its row must change to. */
export async function withdrawFromPublic(tx: Tx, change: Change, c: CaseRow): Promise<CaseChange> {
  if (!isPublished(c.publication)) return { publication: 'hidden' };
  await dropEntry(tx, 'case', c.number);
  const photos = await store.listShownPhotos(tx, c.id);
  await hideMedia(
    tx,
    photos.map((photo) => photo.mediaId),
  );
  for (const photo of photos) await store.updatePhotoState(tx, photo.id, 'hidden');
  touchCase(change, c);
  return { publication: 'hidden', publishedAt: null };
}

/** One change to what the public sees of a case: permission and scope first, the case as its sender saw it. */
export async function publicChange(
  actor: Actor,
  ref: CaseRef,
  action: string,
  run: (tx: Tx, change: Change, c: CaseRow) => Promise<{ set: CaseChange; internalText?: string }>,
): Promise<CaseRow> {
  permitStep(actor, 'hotline:publish');
  await prepareIndex();
  return write(actor, action, async (tx, change) => {
    const c = found(await findCase(tx, ref.number), '没有找到这张工单，请检查编号。');
    permitCase(actor, 'hotline:publish', c);
    assertFresh(c, ref.version);
    const { set, internalText = '' } = await run(tx, change, c);
    const after = await updateCase(tx, c, { ...set, updatedAt: change.at });
    await insertEvent(tx, {
      caseId: c.id,
      at: change.at,
      event: 'comment',
      fromState: c.state,
      toState: c.state,
      party: 'dispatcher',
      accountId: actor.kind === 'staff' ? actor.id : null,
      internalText,
      data: { code: action },
    });
    await indexPublished(tx, after);
    change.note('case', c.id, {
      from: { publication: c.publication },
      to: { publication: after.publication },
      ...(internalText && { fields: ['reason'] }),
    });
    touchCase(change, c);
    return after;
  });
}

/** What a case's row must change to, to stand on the ledger. Throws `conflict` for one that may not be public. */
export async function ontoLedger(
  tx: Tx,
  change: Change,
  c: CaseRow,
  publicTitle: string,
): Promise<CaseChange> {
  const complaints = (await store.listSpoken(tx, c.id)).filter((each) => each.withdrawnAt === null);
  assertPublishable({ kind: c.kind, category: c.category as Category, state: c.state, complaints });
  return { publication: 'published', publicTitle, publishedAt: c.publishedAt ?? change.at };
}

/** Puts a case on the public ledger. Throws `conflict` for one that may not be public. */
export function publishCase(actor: Actor, sent: PublishCase): Promise<CaseRow> {
  return publicChange(actor, sent, 'hotline.publish', async (tx, change, c) => ({
    set: await ontoLedger(tx, change, c, sent.publicTitle),
  }));
}

/** Takes a case off the public ledger, with a reason. */
export function hideCase(actor: Actor, sent: HideCase): Promise<CaseRow> {
  return publicChange(actor, sent, 'hotline.hide', async (tx, change, c) => ({
    set: await withdrawFromPublic(tx, change, c),
    internalText: sent.reason,
  }));
}

/** Decides whether a filer's words are shown, and in which wording. The original stays as it was written. */
export async function decideWords(
  tx: Tx,
  c: CaseRow,
  sent: Pick<SetWords, 'complaint' | 'show' | 'publicBody'>,
): Promise<void> {
  const spoken = found((await store.listSpoken(tx, c.id)).find((each) => each.id === sent.complaint));
  if (sent.show === 'published' && !mayShowWords(spoken)) {
    throw new AppError('conflict', '诉求人还没有验证手机，原话和照片暂不能公开；可以公开您写的一句话标题。');
  }
  await store.updateWords(tx, spoken, {
    wordsPublic: sent.show,
    ...(sent.publicBody !== '' && { publicBody: sent.publicBody }),
  });
}

/** Shows the resident's words on the case's page, as moderated and masked, or hides them. */
export function setWords(actor: Actor, sent: SetWords): Promise<CaseRow> {
  return publicChange(actor, sent, 'hotline.words', async (tx, _change, c) => {
    await decideWords(tx, c, sent);
    return { set: {} };
  });
}

/** Whether a picture may be shown once the case is public: the unit's own may, a filer's as his words. */
export async function mayShowPhoto(tx: Tx, c: CaseRow, photo: store.CasePhoto): Promise<boolean> {
  if (photo.complaintId === null) return true;
  const spoken = (await store.listSpoken(tx, c.id)).find((each) => each.id === photo.complaintId);
  return spoken !== undefined && mayShowWords(spoken);
}

/** Decides whether one picture of a published case is shown, and how it is described. */
export async function decidePhoto(
  tx: Tx,
  c: CaseRow,
  sent: Pick<SetPhoto, 'photo' | 'state' | 'alt'>,
): Promise<void> {
  const photo = found(await store.findPhoto(tx, c.id, sent.photo));
  const show = sent.state === 'published';
  if (show && !isPublished(c.publication)) {
    throw new AppError('conflict', '请先公开这件诉求，再公开照片。');
  }
  if (show && !(await mayShowPhoto(tx, c, photo))) {
    throw new AppError('conflict', '诉求人还没有验证手机，照片暂不能公开。');
  }
  if (show && sent.alt === '') {
    throw new AppError('invalid', '公开照片要写说明，给看不到照片的人。', { alt: '请写照片说明' });
  }
  if (show) {
    await describePicture(tx, photo.mediaId, sent.alt);
    await showMedia(tx, [photo.mediaId]);
  } else await hideMedia(tx, [photo.mediaId]);
  await store.updatePhotoState(tx, photo.id, sent.state);
}

/** Shows one picture on the case's page with its description, or hides it. */
export function setPhoto(actor: Actor, sent: SetPhoto): Promise<CaseRow> {
  return publicChange(actor, sent, 'hotline.photo', async (tx, _change, c) => {
    await decidePhoto(tx, c, sent);
    return { set: {} };
  });
}
