import type { Actor } from '#core/actor.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { prepareIndex } from '#domains/search/service.ts';
import { type CaseRow, staffStep } from '../cases/step.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { stepDue, wasOverdue } from '../clocks.ts';
import { insertPhotos } from '../filing/store.ts';
import { indexPublished } from '../publication/service.ts';
import type { AnswerCase, ApproveAnswer, SendBack } from './input.ts';

/** The unit's answer, with pictures of what was put right. It stops the clock once the centre has approved it. */
export function answerCase(
  actor: Actor,
  sent: AnswerCase,
  photoIds: readonly string[] = [],
): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.answer',
    permission: 'hotline:handle',
    async plan(tx, c, change) {
      const media = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'handling' });
      await insertPhotos(tx, media, { caseId: c.id, complaintId: null, stage: 'after', at: change.at });
      return {
        event: 'answer',
        as: 'handler',
        unitId: c.leadUnitId,
        internalText: sent.action,
        data: { outcome: sent.outcome, photos: media.length },
        set: {
          answerText: sent.answer,
          answerUnitId: c.leadUnitId,
          answeredAt: change.at,
          outcome: sent.outcome,
        },
      };
    },
  });
}

/** Hands the answer back to the unit: what is missing is written down, the clock runs on. */
export function sendBack(actor: Actor, sent: SendBack): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.sendBack',
    permission: 'hotline:approve',
    plan: () => ({
      event: 'sendBack',
      as: 'dispatcher',
      internalText: sent.reason,
      set: { answeredAt: null, outcome: null },
    }),
  });
}

/** Sends the answer to the complainant. Whether the unit was late is frozen here, by the time of its answer. */
export async function approveAnswer(actor: Actor, sent: ApproveAnswer): Promise<CaseRow> {
  const cal = await currentCalendar();
  await prepareIndex();
  return staffStep(actor, sent, {
    action: 'hotline.approve',
    permission: 'hotline:approve',
    async plan(tx, c, change) {
      const { limits } = await catalogueAt(c.filedAt);
      const late = c.dueAt !== null && wasOverdue({ at: c.dueAt }, c.answeredAt ?? change.at);
      await indexPublished(tx, { ...c, state: 'follow_up' });
      return {
        event: 'approve',
        as: 'dispatcher',
        unitId: c.answerUnitId,
        publicText: c.answerText,
        internalText: sent.internalText,
        data: {
          late: late ? 1 : 0,
          followUpBy: stepDue(cal, change.at, 'followUp', limits).at.getTime(),
          lapseAt: stepDue(cal, change.at, 'lapse', limits).at.getTime(),
        },
        set: { firstAnsweredAt: c.firstAnsweredAt ?? change.at, wasOverdue: c.wasOverdue ?? late },
      };
    },
  });
}
