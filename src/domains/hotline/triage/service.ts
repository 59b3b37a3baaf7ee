import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { can } from '#core/permissions.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { findPlace, findUnit } from '#domains/places/service.ts';
import { type CaseRow, type Step, staffStep } from '../cases/step.ts';
import { listMoves } from '../cases/store.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { dueFor, stepDue } from '../clocks.ts';
import { refusalWords } from '../labels.ts';
import { withdrawFromPublic } from '../publication/service.ts';
import type { AcceptCase, AskInfo, ReferCase, RefuseCase, ReopenIntake, TerminateCase } from './input.ts';
import { afterPauses, pausesOf } from './rules.ts';
import * as store from './store.ts';

/** Takes a case on: kind, category, place and urgency as staff find them, due counted from filing and the pauses since. */
export async function acceptCase(actor: Actor, sent: AcceptCase): Promise<CaseRow> {
  const cal = await currentCalendar();
  return staffStep(actor, sent, {
    action: 'hotline.accept',
    permission: 'hotline:accept',
    async plan(tx, c, change) {
      const place = await findPlace(sent.place, tx);
      if (!place || place.retiredAt)
        throw new AppError('invalid', '请重新选择社区。', { place: '请重新选择社区' });
      if (sent.aboutUnit !== null && !(await findUnit(sent.aboutUnit, tx))) {
        throw new AppError('invalid', '请重新选择单位。', { aboutUnit: '请重新选择单位' });
      }
      const { kind, category, urgency, flags } = sent;
      const { limits } = await catalogueAt(c.filedAt);
      const { limit, due: first } = dueFor(cal, c.filedAt, { kind, category, urgency, flags }, limits);
      const due = afterPauses(cal, limit, first, pausesOf(await listMoves(tx, c.id)));
      // What became a report in confidence, or a matter of rights, leaves every public page at once.
      const hidden =
        category === 'RIGHTS' || kind === 'tipoff' ? await withdrawFromPublic(tx, change, c) : {};
      if (category === 'RIGHTS') await store.makeSecret(tx, c.id);
      return {
        event: 'accept',
        as: 'dispatcher',
        publicText: sent.publicText,
        internalText: sent.internalText,
        data: { category, kind, urgency, dueAt: due.at.getTime() },
        set: {
          ...hidden,
          kind,
          category,
          urgency,
          flags,
          placeId: place.id,
          aboutUnitId: sent.aboutUnit,
          acceptedAt: change.at,
          limit,
          firstDueAt: first.at,
          dueAt: due.at,
          dueProvisional: due.provisional,
        },
      };
    },
  });
}

/** Refuses a case by a ground of the list; the words name the proper way. */
export function refuseCase(actor: Actor, sent: RefuseCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.refuse',
    permission: 'hotline:accept',
    plan: () => ({
      event: 'refuse',
      as: 'dispatcher',
      publicText: sent.publicText || refusalWords(sent.code),
      internalText: sent.internalText,
      data: { code: sent.code },
      set: { refusalCode: sent.code },
    }),
  });
}

/** Hands a case to a body outside the hotline, by name and with how to reach it; the number stays. */
export function referCase(actor: Actor, sent: ReferCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.refer',
    permission: 'hotline:accept',
    plan: () => ({
      event: 'refer',
      as: 'dispatcher',
      publicText: `接收单位：${sent.receiver}，${sent.contact}。${sent.publicText}`,
      internalText: sent.internalText,
      set: { referredTo: sent.receiver },
    }),
  });
}

/** Stops the clock and asks the complainant for more; the centre may, and the unit while it handles the case. */
export async function askInfo(actor: Actor, sent: AskInfo): Promise<CaseRow> {
  const asCentre = can(actor, 'hotline:accept') || can(actor, 'hotline:rights');
  const cal = await currentCalendar();
  return staffStep(actor, sent, {
    action: 'hotline.ask',
    permission: asCentre ? 'hotline:accept' : 'hotline:handle',
    async plan(_tx, c, change): Promise<Step> {
      const { limits } = await catalogueAt(c.filedAt);
      const answerBy = stepDue(cal, change.at, 'info', limits).at;
      return {
        event: 'askInfo',
        as: asCentre ? 'dispatcher' : 'handler',
        unitId: asCentre ? null : c.leadUnitId,
        publicText: sent.publicText,
        internalText: sent.internalText,
        due: answerBy,
        data: { answerBy: answerBy.getTime() },
        set: {
          pausedAt: change.at,
          pausedFrom: c.state,
          firstContactAt: c.firstContactAt ?? change.at,
        },
      };
    },
  });
}

/** Ends a case whose facts are withheld, or that has no basis in law; the evidence is filed with it. */
export function terminateCase(actor: Actor, sent: TerminateCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.terminate',
    permission: 'hotline:dispatch',
    plan: (_tx, _c, change) => ({
      event: 'terminate',
      as: 'dispatcher',
      publicText: sent.publicText,
      internalText: sent.internalText,
      set: { pausedAt: null, pausedFrom: null, closedAt: change.at },
    }),
  });
}

/** Takes up a refused case again after its one review, or a referred one that the receiver sent back. */
export function takeUpAgain(actor: Actor, sent: ReopenIntake): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.takeUpAgain',
    permission: 'hotline:accept',
    async plan(tx, c) {
      const log = await listMoves(tx, c.id);
      if (c.state === 'refused' && log.some((entry) => entry.event === 'reconsider')) {
        throw new AppError('conflict', '这件诉求已经复核过一次，不能再次复核。');
      }
      return {
        event: c.state === 'refused' ? 'reconsider' : 'referralReturned',
        as: 'dispatcher',
        publicText: sent.publicText,
        internalText: sent.internalText,
        set: { refusalCode: null, referredTo: null },
      };
    },
  });
}
