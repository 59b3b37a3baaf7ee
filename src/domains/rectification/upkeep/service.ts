import { system } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { log } from '#core/log.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { setting } from '#domains/settings/service.ts';
import { takeStep, tellParty } from '../notices/step.ts';
import { findNotice } from '../notices/store.ts';
import { receiveDue } from '../rules.ts';
import * as store from './store.ts';

const JOB = system('remind-notices');

async function remind(id: NoticeId): Promise<boolean> {
  try {
    await write(JOB, 'rectification.remind', async (tx, change) => {
      const n = found(await findNotice(tx, id));
      if (n.remindedAt !== null) throw new AppError('conflict', '已经提醒过。');
      await takeStep(tx, change, n, JOB, {
        event: 'remind',
        as: 'system',
        set: { remindedAt: change.at },
      });
      tellParty(change, n, 'notice.unsigned');
      if (n.issuedBy !== null && n.number !== null) {
        change.send({
          channel: 'site',
          to: `account:${n.issuedBy}`,
          template: 'notice.unsigned',
          params: { number: n.number },
          event: 'notice.unsigned',
          about: `notice:${n.id}`,
        });
      }
    });
    return true;
  } catch (error) {
    // Signed for in the meantime: nothing is left to remind of.
    if (!(error instanceof AppError) || error.code !== 'conflict') {
      log.error({ noticeId: id }, 'a notice could not be reminded of');
    }
    return false;
  }
}

/** Reminds party and issuer, once, of notices that nobody signed for in time. Safe to run twice. Gives how many. */
export async function remindUnsigned(now: Date): Promise<number> {
  const [cal, limits] = [await currentCalendar(), await setting('rectification')];
  let done = 0;
  for (const { id, issuedAt } of await store.listUnsigned(reader, now)) {
    if (now.getTime() < receiveDue(cal, issuedAt, limits).at.getTime()) continue;
    if (await remind(id)) done += 1;
  }
  return done;
}
