import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import type { CaseRow } from '../../cases/step.ts';
import { mayShowWords } from '../rules.ts';
import { decidePhoto, decideWords, mayShowPhoto, ontoLedger, publicChange } from '../service.ts';
import { findPhoto, listSpoken } from '../store.ts';
import { altField, type ReviewPublic } from './input.ts';

// What may not be shown yet stays undecided: it comes up again once its filer's phone is verified.
async function reviewWords(tx: Tx, c: CaseRow, sent: ReviewPublic): Promise<void> {
  if (sent.complaint === null) return;
  const spoken = found((await listSpoken(tx, c.id)).find((each) => each.id === sent.complaint));
  if (!sent.showWords && !mayShowWords(spoken)) return;
  await decideWords(tx, c, {
    complaint: sent.complaint,
    show: sent.showWords ? 'published' : 'hidden',
    publicBody: sent.showWords ? sent.publicBody : '',
  });
}

async function reviewPhotos(tx: Tx, c: CaseRow, sent: ReviewPublic): Promise<void> {
  for (const [i, id] of sent.photo.entries()) {
    const photo = found(await findPhoto(tx, c.id, id));
    const shown = sent.shown.includes(id);
    if (!shown && !(await mayShowPhoto(tx, c, photo))) continue;
    const alt = sent.alt[i] ?? '';
    if (shown && alt === '') {
      throw new AppError('invalid', '公开照片要写说明，给看不到照片的人。', {
        [altField(id)]: '请写这张照片的说明',
      });
    }
    await decidePhoto(tx, c, { photo: id, state: shown ? 'published' : 'hidden', alt });
  }
}

/**
 * Puts a case on the public ledger, or keeps it there, with its line, the filer's words and the pictures as decided: all of it or
 * nothing. Throws `conflict` for what may not be public, `invalid` for a picture without a description.
 */
export function reviewPublic(actor: Actor, sent: ReviewPublic): Promise<CaseRow> {
  return publicChange(actor, sent, 'hotline.review', async (tx, change, c) => {
    const set = await ontoLedger(tx, change, c, sent.publicTitle);
    const shown: CaseRow = { ...c, publication: 'published' };
    await reviewWords(tx, shown, sent);
    await reviewPhotos(tx, shown, sent);
    return { set };
  });
}
