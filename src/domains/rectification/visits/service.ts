import type { Actor, Staff } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { permit, scopesOf } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { MediaId } from '#db/schema/ids.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { type OpenedNotice, reopenNotice } from '../notices/service.ts';
import { handsOf, type NoticeRow, staffStep, takeStep } from '../notices/step.ts';
import { insertPhotos } from '../notices/store.ts';
import { barredFromVisit } from '../rules.ts';
import type { RecordVisit } from './input.ts';
import * as store from './store.ts';

export type { DueVisit } from './store.ts';

/** The visits of today and those that were missed, within the actor's reach. */
export function listVisitsToday(actor: Actor): Promise<store.DueVisit[]> {
  permit(actor, 'rectify:sign-off');
  return store.listDueVisits(reader, scopesOf(actor, 'rectify:sign-off'), beijingDay(now()));
}

async function settle(
  tx: Tx,
  change: Change,
  n: NoticeRow,
  staff: Staff,
  sent: RecordVisit,
  photoIds: readonly string[],
): Promise<{ n: NoticeRow; photos: MediaId[] }> {
  const visit = found(await store.findVisit(tx, sent.visit), '没有找到这次回头看。');
  if (visit.noticeId !== n.id) throw new AppError('not_found', '没有找到这次回头看。');
  // Three visits on the day of the sign-off would be none.
  if (visit.day > beijingDay(change.at)) {
    throw new AppError('conflict', `这次回头看应在 ${visit.day}，还没有到日子。`);
  }
  const state = sent.result === 'pass' ? 'passed' : 'failed';
  await store.settleVisit(tx, visit.id, { state, at: change.at, by: staff.id, note: sent.note });
  const photos = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'handling' });
  await insertPhotos(tx, photos, { noticeId: n.id, stage: 'visit', round: visit.nth, at: change.at });
  const after = await takeStep(tx, change, n, staff, {
    event: sent.result === 'pass' ? 'visitPass' : 'visitFail',
    as: 'inspector',
    words: sent.note,
    data: { nth: visit.nth },
  });
  return { n: after, photos };
}

/**
 * Records a visit after sign-off, with a photograph. Where the same thing came back, a linked notice is issued at once and the
 * visits that were still to come are called off; gives it, else null. Throws `forbidden` for whoever fixed it.
 */
export async function recordVisit(
  actor: Actor,
  sent: RecordVisit,
  photoIds: readonly string[],
): Promise<OpenedNotice | null> {
  return staffStep(actor, sent, 'rectification.visit', 'rectify:sign-off', async (tx, change, n, staff) => {
    const barred = barredFromVisit(staff, await handsOf(tx, n));
    if (barred !== null) throw new AppError('forbidden', barred);
    if (photoIds.length === 0) {
      throw new AppError('invalid', '请拍一张现场照片再提交。', { photos: '请选择现场照片' });
    }
    if (sent.result === 'fail' && sent.note === '') {
      throw new AppError('invalid', '请写明复发的情况。', { note: '请写明复发的情况' });
    }
    const settled = await settle(tx, change, n, staff, sent, photoIds);
    if (sent.result === 'pass') return null;
    return reopenNotice(tx, change, staff, settled.n, { description: sent.note, photos: settled.photos });
  });
}
