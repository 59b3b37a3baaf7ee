import { unseal } from '#core/secrets.ts';
import type { Change } from '#core/write.ts';
import type { CaseEvent } from '#db/schema/hotline.values.ts';
import type { CaseId } from '#db/schema/ids.ts';
import { describeDay, lastDay } from '#domains/calendar/rules.ts';
import type { TemplateName } from '#domains/notify/rules.ts';
import type { Party } from './store.ts';

/** The message a complainant gets at each step: the template says what happened, the number alone which matter. */
const NOTICES: Readonly<Partial<Record<CaseEvent, TemplateName>>> = {
  askInfo: 'case.needsInfo',
  refuse: 'case.refused',
  accept: 'case.accepted',
  refer: 'case.referred',
  dispatch: 'case.dispatched',
  extend: 'case.extended',
  approve: 'case.answered',
  lapse: 'case.closed',
  followOk: 'case.closed',
  followBad: 'case.reopened',
  reopen: 'case.reopened',
  merge: 'case.merged',
  terminate: 'case.terminated',
  giveUp: 'case.terminated',
};

/** Whether messages may go to this phone at all: never about women's and children's rights, and past the phone's quota only once it is verified. */
const mayTell = (party: Party): boolean =>
  party.category !== 'RIGHTS' && (!party.review || party.phoneVerifiedAt !== null);

/** Tells everyone behind the case what happened; `due` is the end of the clock that the message names. */
export function tellParties(
  change: Change,
  what: { caseId: CaseId; event: CaseEvent; notice?: TemplateName; due: Date | null },
  parties: readonly Party[],
): void {
  const template = what.notice ?? NOTICES[what.event];
  if (!template) return;
  const day = what.due ? describeDay(lastDay({ at: what.due }), change.at) : '';
  for (const party of parties) {
    if (party.phoneSealed === null || !mayTell(party)) continue;
    change.send({
      channel: 'sms',
      to: unseal(party.phoneSealed),
      template,
      params: { number: party.number, ...(day && { day }) },
      event: `case.${what.event}`,
      about: `case:${what.caseId}`,
    });
  }
}
