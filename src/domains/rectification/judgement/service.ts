import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { asStaff } from '#core/permissions.ts';
import type { Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { describeDay, lastDay } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { setting } from '#domains/settings/service.ts';
import type { Subject } from '../notices/service.ts';
import { handsOf, type NoticeRow, noticeFor, takeStep, tellParty } from '../notices/step.ts';
import { barredFromSignOff, dueAfter, halved, hasVisits, visitDays } from '../rules.ts';
import { insertVisits } from '../visits/store.ts';
import type { Judge } from './input.ts';

/** How a notice was judged: for whoever opened it to go on from, in the same transaction if it joins. */
export interface Judged {
  id: NoticeId;
  number: string;
  outcome: 'signed_off' | 'fixing';
  subject: Subject | null;
  /** The days of the visits that follow a sign-off. */
  visits: string[];
  /** The new due instant after a failed re-inspection. */
  dueAt: Date | null;
}

const judged = (n: NoticeRow, outcome: Judged['outcome'], more: Partial<Judged>): Judged => ({
  id: n.id,
  number: n.number ?? '',
  outcome,
  subject: n.subjectType !== null && n.subjectId !== null ? { type: n.subjectType, id: n.subjectId } : null,
  visits: [],
  dueAt: null,
  ...more,
});

async function pass(tx: Tx, change: Change, n: NoticeRow, actor: Actor, words: string): Promise<Judged> {
  const [cal, limits] = [await currentCalendar(), await setting('rectification')];
  const late = (n.submittedAt?.getTime() ?? 0) >= (n.firstDueAt?.getTime() ?? 0);
  await takeStep(tx, change, n, actor, {
    event: 'pass',
    as: 'inspector',
    words,
    set: { signedOffAt: change.at, signedOffBy: asStaff(actor).id, wasOverdue: late },
    data: { late: late ? 1 : 0 },
  });
  const visits = hasVisits(n.matter, n.lookBack) ? visitDays(cal, change.at, limits) : [];
  if (visits.length > 0) await insertVisits(tx, n.id, visits);
  tellParty(change, n, 'notice.signedOff');
  return judged(n, 'signed_off', { visits });
}

async function fail(tx: Tx, change: Change, n: NoticeRow, actor: Actor, words: string): Promise<Judged> {
  const cal = await currentCalendar();
  const due = dueAfter(cal, change.at, halved(n.limitDays ?? 0));
  await takeStep(tx, change, n, actor, {
    event: 'fail',
    as: 'inspector',
    words,
    set: { dueAt: due.at, dueProvisional: due.provisional, submittedAt: null },
    data: { limitDays: halved(n.limitDays ?? 0) },
  });
  tellParty(change, n, 'notice.failed', { day: describeDay(lastDay(due), change.at) });
  return judged(n, 'fixing', { dueAt: due.at });
}

/**
 * Judges a fix that was sent in, in the caller's transaction. Passed, the notice is signed off and its visits are planned;
 * failed, it goes back with half the first limit. Throws `forbidden` for whoever fixed it, issued it or belongs to the party.
 */
export async function judge(tx: Tx, change: Change, actor: Actor, sent: Judge): Promise<Judged> {
  const n = await noticeFor(tx, actor, sent, 'rectify:sign-off');
  const barred = barredFromSignOff(asStaff(actor), await handsOf(tx, n));
  if (barred !== null) throw new AppError('forbidden', barred);
  return (sent.result === 'pass' ? pass : fail)(tx, change, n, actor, sent.reason);
}

/** Judges a fix by itself. What it gives back tells the caller from which matter the notice came. */
export function judgeNotice(actor: Actor, sent: Judge): Promise<Judged> {
  return write(actor, 'rectification.judge', (tx, change) => judge(tx, change, actor, sent));
}
