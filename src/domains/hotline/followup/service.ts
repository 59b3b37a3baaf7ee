import type { Actor } from '#core/actor.ts';
import { can } from '#core/permissions.ts';
import type { Tx } from '#core/store.ts';
import type { Calendar } from '#domains/calendar/rules.ts';
import { addLimit, type Limit } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { type CaseChange, type CaseRow, type Step, staffStep } from '../cases/step.ts';
import { redoLimit } from '../clocks.ts';
import type { FollowUp, RecordContact } from './input.ts';
import * as store from './store.ts';

const MISSED_CALLS_TO_CLOSE = 3;

/** What a case taken up again changes: a shorter clock from now, the first resolution untouched. */
export function redoChange(cal: Calendar, c: CaseRow, at: Date): CaseChange {
  const due = addLimit(cal, at, redoLimit((c.limit as Limit | null) ?? { n: 5, unit: 'workday' }));
  return {
    dueAt: due.at,
    dueProvisional: due.provisional,
    redos: c.redos + 1,
    answeredAt: null,
    closedAt: null,
    outcome: null,
  };
}

async function missedCall(tx: Tx, c: CaseRow, sent: FollowUp, at: Date): Promise<Step> {
  const missed = (await store.countMissedCalls(tx, c.id)) + 1;
  const step = { as: 'operator', internalText: sent.words, data: { missed } } as const;
  if (missed < MISSED_CALLS_TO_CLOSE) return { ...step, event: 'contact' };
  return {
    ...step,
    event: 'followOk',
    publicText: `回访 ${missed} 次未接通，按单位答复办结。仍未解决的，可以要求重新办理。`,
    data: { missed, unreached: 1 },
    set: { closedAt: at },
  };
}

/** The follow-up call after an answer: closes the case, sends it back to the unit, or counts a missed call; the third closes it as not reached. */
export async function followUp(actor: Actor, sent: FollowUp): Promise<CaseRow> {
  const cal = await currentCalendar();
  return staffStep(actor, sent, {
    action: 'hotline.followUp',
    permission: 'hotline:follow-up',
    async plan(tx, c, change): Promise<Step> {
      if (sent.result === 'missed') return missedCall(tx, c, sent, change.at);
      if (sent.result === 'unsettled') {
        return {
          event: 'followBad',
          as: 'operator',
          unitId: c.leadUnitId,
          internalText: sent.words,
          set: redoChange(cal, c, change.at),
        };
      }
      return {
        event: 'followOk',
        as: 'operator',
        internalText: sent.words,
        data: { reached: 1, outcome: sent.outcome ?? c.outcome },
        set: { closedAt: change.at, outcome: sent.outcome ?? c.outcome },
      };
    },
  });
}

/** Records that somebody spoke with the complainant. */
export function recordContact(actor: Actor, sent: RecordContact): Promise<CaseRow> {
  const asUnit = !can(actor, 'hotline:follow-up') && !can(actor, 'hotline:rights');
  return staffStep(actor, sent, {
    action: 'hotline.contact',
    permission: asUnit ? 'hotline:handle' : 'hotline:follow-up',
    plan: (_tx, c, change) => ({
      event: 'contact',
      as: asUnit ? 'handler' : 'operator',
      unitId: asUnit ? c.leadUnitId : null,
      internalText: sent.words,
      data: { channel: sent.channel },
      set: { firstContactAt: c.firstContactAt ?? change.at },
    }),
  });
}
