import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { setting } from '#domains/settings/service.ts';
import { handsOf, staffStep, takeStep, tellParty } from '../notices/step.ts';
import { askRelease } from '../party/steps.ts';
import { barredFromCannotFix, reviewDayAfter } from '../rules.ts';
import type { AskForParty, DecideCannotFix, Review } from './input.ts';

/** Asks, for a party that does not answer itself, to be released. Whoever does may not decide it. */
export async function askForParty(actor: Actor, sent: AskForParty): Promise<void> {
  await staffStep(actor, sent, 'rectification.askCannotFix', 'rectify:issue', (tx, change, n, staff) =>
    askRelease(tx, change, n, staff, 'issuer', sent.reason),
  );
}

/**
 * Agrees or refuses that something cannot be fixed. Agreed, the notice ends here, stays in the denominator of the rate and is
 * looked at again within the year; refused, the clock has run on. Throws `forbidden` for whoever asked.
 */
export async function decideCannotFix(actor: Actor, sent: DecideCannotFix): Promise<void> {
  const [cal, limits] = [await currentCalendar(), await setting('rectification')];
  await staffStep(actor, sent, 'rectification.cannotFix', 'rectify:approve', async (tx, change, n, staff) => {
    if (n.state === 'fixing' && n.cannotFixAskedAt === null) {
      throw new AppError('conflict', '这张通知单没有等待审批的申请。请刷新页面。');
    }
    const barred = barredFromCannotFix(staff, await handsOf(tx, n));
    if (barred !== null) throw new AppError('forbidden', barred);
    const agreed = sent.decision === 'agree';
    await takeStep(tx, change, n, staff, {
      event: agreed ? 'cannotFix' : 'refuseCannotFix',
      as: 'approver',
      words: sent.reply,
      set: {
        cannotFixReply: sent.reply,
        ...(agreed
          ? {
              cannotFixAt: change.at,
              cannotFixBy: staff.id,
              reviewDay: reviewDayAfter(cal, change.at, limits),
            }
          : { cannotFixAskedAt: null, cannotFixAskedBy: null }),
      },
    });
    tellParty(change, n, 'notice.cannotFix');
  });
}

/** Records the yearly look at a notice that cannot be fixed, and sets the next. */
export async function reviewCannotFix(actor: Actor, sent: Review): Promise<void> {
  const [cal, limits] = [await currentCalendar(), await setting('rectification')];
  await staffStep(actor, sent, 'rectification.review', 'rectify:approve', async (tx, change, n, staff) => {
    await takeStep(tx, change, n, staff, {
      event: 'review',
      as: 'approver',
      words: sent.words,
      set: { reviewDay: reviewDayAfter(cal, change.at, limits) },
    });
  });
}
