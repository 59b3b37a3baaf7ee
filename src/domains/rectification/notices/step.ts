import type { Actor, Staff } from '#core/actor.ts';
import type { Plain } from '#core/audit.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, can, type Permission, permit } from '#core/permissions.ts';
import { unseal } from '#core/secrets.ts';
import type { Db, Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { NoticeEvent, NoticeParty } from '#db/schema/rectification.values.ts';
import type { TemplateName } from '#domains/notify/rules.ts';
import { type Hands, needsWords, nextState } from '../rules.ts';
import type { NoticeRef } from './input.ts';
import * as store from './store.ts';

export type { NoticeRow } from './store.ts';

/** One step of a notice: what happened, in which capacity, and what it changes besides the state. */
export interface Step {
  event: NoticeEvent;
  as: NoticeParty;
  /** What both sides read beside the step. */
  words?: string;
  set?: store.NoticeChange;
  /** Codes, counts and instants of the step; never words. */
  data?: Record<string, Plain>;
}

/**
 * Takes one step in the caller's transaction: checks that the move exists, changes the row as it was read, appends the event
 * and notes it. Throws `conflict` for a move that does not exist or a notice that has changed, `invalid` where words are missing.
 */
export async function takeStep(
  tx: Tx,
  change: Change,
  n: store.NoticeRow,
  actor: Actor,
  step: Step,
): Promise<store.NoticeRow> {
  const to = nextState(n.state, step.event, step.as);
  if (needsWords(step.event) && !step.words) {
    throw new AppError('invalid', '请写明理由。', { reason: '请写明理由' });
  }
  const after = await store.updateNotice(tx, n, { ...step.set, state: to, updatedAt: change.at });
  await store.insertEvent(tx, {
    noticeId: n.id,
    at: change.at,
    event: step.event,
    fromState: n.state,
    toState: to,
    party: step.as,
    accountId: actor.kind === 'staff' ? actor.id : null,
    words: step.words ?? '',
    data: step.data ?? {},
  });
  change.note('notice', n.id, {
    from: { state: n.state, dueAt: n.dueAt?.getTime() ?? null },
    to: {
      state: to,
      event: step.event,
      as: step.as,
      dueAt: after.dueAt?.getTime() ?? null,
      ...step.data,
    },
    ...(step.words && { fields: ['words'] }),
  });
  change.touch('notices');
  return after;
}

const GONE = '没有找到这张整改通知单，请检查编号。';

/** Throws `not_found` for a notice that is not the actor's to see, `forbidden` for a step that is not his to take. */
function permitNotice(actor: Actor, permission: Permission, n: { placePath: string }): void {
  if (can(actor, permission, n.placePath)) return;
  if (actor.kind === 'staff' && !can(actor, 'rectify:read', n.placePath)) {
    throw new AppError('not_found', GONE);
  }
  permit(actor, permission, n.placePath);
}

/** A notice within the actor's reach; `not_found` for any other. */
export async function readableNotice(
  db: Db,
  actor: Actor,
  id: store.NoticeRow['id'],
): Promise<store.NoticeRow> {
  permit(actor, 'rectify:read');
  const n = found(await store.findNotice(db, id), GONE);
  permitNotice(actor, 'rectify:read', n);
  return n;
}

/** The notice that a step of a member of staff is about, in his scope and as he saw it. Throws `not_found`, `forbidden` or `conflict`. */
export async function noticeFor(
  tx: Tx,
  actor: Actor,
  ref: NoticeRef,
  permission: Permission,
): Promise<store.NoticeRow> {
  permit(actor, permission);
  const n = found(await store.findNotice(tx, ref.id), GONE);
  permitNotice(actor, permission, n);
  store.assertFresh(n, ref.version);
  return n;
}

/** A step of a member of staff, whole: permission first, scope and version from the row, one transaction. */
export async function staffStep<T>(
  actor: Actor,
  ref: NoticeRef,
  action: string,
  permission: Permission,
  run: (tx: Tx, change: Change, n: store.NoticeRow, staff: Staff) => Promise<T>,
): Promise<T> {
  permit(actor, permission);
  const staff = asStaff(actor);
  return write(actor, action, async (tx, change) =>
    run(tx, change, await noticeFor(tx, actor, ref, permission), staff),
  );
}

/** Who had a hand in a notice, for the rule of four eyes. */
export async function handsOf(db: Db, n: store.NoticeRow): Promise<Hands> {
  return {
    issuedBy: n.issuedBy,
    fixers: await store.listFixers(db, n.id),
    askedBy: n.cannotFixAskedBy,
    partyUnitId: n.partyUnitId,
  };
}

/** Tells the responsible party by short message, where it left a number. */
export function tellParty(
  change: Change,
  n: store.NoticeRow,
  template: TemplateName,
  params: Readonly<Record<string, string>> = {},
): void {
  if (n.partyPhoneSealed === null || n.number === null) return;
  change.send({
    channel: 'sms',
    to: unseal(n.partyPhoneSealed),
    template,
    params: { number: n.number, ...params },
    event: template,
    about: `notice:${n.id}`,
  });
}
