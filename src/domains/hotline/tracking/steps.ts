import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { ComplaintId } from '#db/schema/ids.ts';
import type { Calendar, Limit } from '#domains/calendar/rules.ts';
import { movePaused } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { type CaseRow, type Step, takeStep } from '../cases/step.ts';
import { findCaseById, listParties } from '../cases/store.ts';
import { mayRemind } from '../clocks.ts';
import { countPhotos, insertPhotos } from '../filing/store.ts';
import { redoChange } from '../followup/service.ts';
import { withdrawFromPublic } from '../publication/service.ts';
import { MOST_PHOTOS } from './rules.ts';
import * as store from './store.ts';

/** A step of the one who filed: the complaint is his by its ticket, the case is read inside the transaction. */
async function ownStep(
  actor: Actor,
  id: ComplaintId,
  action: string,
  plan: (tx: Tx, c: CaseRow, change: Change) => Promise<Step | null>,
): Promise<void> {
  await write(actor, action, async (tx, change) => {
    const own = found(await store.findOwn(tx, id));
    if (own.withdrawnAt)
      throw new AppError('conflict', '这件诉求已经撤回，不能再操作。如需办理，请重新提交。');
    const c = found(await findCaseById(tx, own.caseId));
    const step = await plan(tx, c, change);
    if (step) await takeStep(tx, change, c, actor, { ...step, complaintId: id });
  });
}

/** What changes when the clock of a case runs on: the due date moves by the time it stood still. */
export function resume(cal: Calendar, c: CaseRow, at: Date): Step['set'] {
  const ended = { pausedAt: null, pausedFrom: null };
  if (!c.pausedAt || !c.dueAt || c.limit === null) return ended;
  const due = { at: c.dueAt, provisional: c.dueProvisional };
  const moved = movePaused(cal, c.limit as Limit, due, c.pausedAt, at);
  return { ...ended, dueAt: moved.at, dueProvisional: moved.provisional };
}

/**
 * Adds words or pictures to one's complaint. Where something was asked for, that answers it and the clock runs on, the due date
 * moved by the time it stood still. Throws `invalid` for an empty addition or too many pictures, `conflict` once the case has ended.
 */
export async function supply(
  actor: Actor,
  id: ComplaintId,
  words: string,
  photoIds: readonly string[],
): Promise<void> {
  if (words === '' && photoIds.length === 0) {
    throw new AppError('invalid', '请写补充的情况，或选照片。', { words: '请写补充的情况，或选照片' });
  }
  const cal = await currentCalendar();
  await ownStep(actor, id, 'hotline.supply', async (tx, c, change) => {
    const already = await countPhotos(tx, id);
    if (already + photoIds.length > MOST_PHOTOS) {
      const left = Math.max(0, MOST_PHOTOS - already);
      throw new AppError('invalid', `一件诉求最多 ${MOST_PHOTOS} 张照片。`, {
        photos: `已有 ${already} 张，还可以加 ${left} 张`,
      });
    }
    const media = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'complaint' });
    await insertPhotos(tx, media, { caseId: c.id, complaintId: id, stage: 'supplement', at: change.at });
    const asked = c.state === 'needs_info';
    if (!asked && c.closedAt !== null) {
      throw new AppError('conflict', '这件诉求已经办结，不能再补充。');
    }
    return {
      event: asked ? 'supply' : 'comment',
      as: 'complainant',
      internalText: words,
      data: { photos: media.length },
      ...(asked && { set: resume(cal, c, change.at) }),
    };
  });
}

/** Takes one's complaint back. The case ends with it, unless others filed the same matter. */
export async function withdrawComplaint(actor: Actor, id: ComplaintId): Promise<void> {
  await ownStep(actor, id, 'hotline.withdraw', async (tx, c, change) => {
    const others = (await listParties(tx, c.id)).some((party) => party.id !== id);
    await store.markWithdrawn(tx, id, change.at);
    if (others) return { event: 'comment', as: 'complainant', publicText: '一位诉求人撤回，案件继续办理。' };
    return {
      event: 'withdraw',
      as: 'complainant',
      set: {
        ...(await withdrawFromPublic(tx, change, c)),
        pausedAt: null,
        pausedFrom: null,
        closedAt: change.at,
      },
    };
  });
}

/** Presses for an answer that is overdue, once a working day. */
export async function remindUnit(actor: Actor, id: ComplaintId): Promise<void> {
  const cal = await currentCalendar();
  await ownStep(actor, id, 'hotline.remind', async (tx, c, change) => {
    const last = await store.lastReminderAt(tx, c.id);
    if (!c.dueAt || !mayRemind(cal, { at: c.dueAt }, last, change.at)) {
      throw new AppError('conflict', '现在还不能催办：超过办理时限以后，每个工作日可以催一次。');
    }
    return { event: 'remind', as: 'complainant', unitId: c.leadUnitId };
  });
}

/** The filer says the matter is settled: the case closes. */
export async function confirmAnswer(actor: Actor, id: ComplaintId): Promise<void> {
  await ownStep(actor, id, 'hotline.confirm', async (_tx, _c, change) => ({
    event: 'confirm',
    as: 'complainant',
    data: { reached: 1 },
    set: { closedAt: change.at },
  }));
}

/** The filer says it is not: the unit has it again at once, on a shorter clock. */
export async function disputeAnswer(actor: Actor, id: ComplaintId, reason: string): Promise<void> {
  const cal = await currentCalendar();
  await ownStep(actor, id, 'hotline.dispute', async (_tx, c, change) => ({
    event: 'dispute',
    as: 'complainant',
    unitId: c.leadUnitId,
    internalText: reason,
    set: redoChange(cal, c, change.at),
  }));
}
