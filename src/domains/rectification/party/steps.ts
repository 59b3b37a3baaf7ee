import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { type NoticeRow, takeStep } from '../notices/step.ts';
import { insertPhotos } from '../notices/store.ts';

type Side = 'party' | 'issuer';

/** Begins the fixing where it has not begun: nobody needs to press a button for that alone. */
async function begun(tx: Tx, change: Change, n: NoticeRow, actor: Actor, as: Side): Promise<NoticeRow> {
  return n.state === 'received' ? takeStep(tx, change, n, actor, { event: 'start', as }) : n;
}

/** Sends in what was put right, with at least one photograph of it. Throws `invalid` without one. */
export async function sendIn(
  tx: Tx,
  change: Change,
  n: NoticeRow,
  actor: Actor,
  as: Side,
  fix: { words: string; photoIds: readonly string[] },
): Promise<void> {
  if (fix.photoIds.length === 0) {
    throw new AppError('invalid', '请拍一张整改后的照片再提交。', { photos: '请选择整改后的照片' });
  }
  const fixing = await begun(tx, change, n, actor, as);
  const round = n.rounds + 1;
  await takeStep(tx, change, fixing, actor, {
    event: 'submit',
    as,
    words: fix.words,
    set: { submittedAt: change.at, rounds: round, cannotFixAskedAt: null, cannotFixAskedBy: null },
    data: { round },
  });
  const ids = await adoptMedia(tx, fix.photoIds, { state: 'private', purpose: 'handling' });
  await insertPhotos(tx, ids, { noticeId: n.id, stage: 'after', round, at: change.at });
}

/** Asks to be released because it cannot be fixed; an approver decides. Throws `conflict` while one request waits. */
export async function askRelease(
  tx: Tx,
  change: Change,
  n: NoticeRow,
  actor: Actor,
  as: Side,
  reason: string,
): Promise<void> {
  if (n.cannotFixAskedAt !== null) throw new AppError('conflict', '已经申请过，正在等待审批，不用再提。');
  const fixing = await begun(tx, change, n, actor, as);
  await takeStep(tx, change, fixing, actor, {
    event: 'askCannotFix',
    as,
    words: reason,
    set: {
      cannotFixAskedAt: change.at,
      cannotFixAskedBy: actor.kind === 'staff' ? actor.id : null,
      cannotFixReason: reason,
    },
  });
}
