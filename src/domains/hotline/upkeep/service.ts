import { system } from '#core/actor.ts';
import { beijingDay, DAY_MS, startOfBeijingDay } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { log } from '#core/log.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { State } from '#db/schema/hotline.values.ts';
import type { CaseId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { type CaseRow, type Step, takeStep } from '../cases/step.ts';
import { findCaseById } from '../cases/store.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { stepDue } from '../clocks.ts';
import { withdrawFromPublic } from '../publication/service.ts';
import { STANDING_REASONS } from '../rules.ts';
import * as store from './store.ts';

/** One step of a job. A case that has moved on meanwhile is left to its new state; one that fails does not stop the others. */
async function jobStep(
  job: string,
  id: CaseId,
  state: State,
  plan: (c: CaseRow, at: Date) => Step | null,
): Promise<boolean> {
  const c = await findCaseById(reader, id);
  if (!c || c.state !== state) return false;
  try {
    return await write(system(job), `hotline.${job}`, async (tx, change) => {
      const fresh = await findCaseById(tx, id);
      const step = fresh && fresh.state === state ? plan(fresh, change.at) : null;
      if (!fresh || !step) throw new AppError('conflict', '工单已变化。');
      const ends = step.event === 'giveUp' ? await withdrawFromPublic(tx, change, fresh) : {};
      await takeStep(tx, change, fresh, system(job), { ...step, set: { ...step.set, ...ends } });
      return true;
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') {
      log.error({ job, caseId: id }, 'a case could not be brought on by its job');
    }
    return false;
  }
}

async function each(ids: readonly CaseId[], run: (id: CaseId) => Promise<boolean>): Promise<number> {
  let done = 0;
  for (const id of ids) if (await run(id)) done += 1;
  return done;
}

/** Closes answered cases whose filer said nothing in time; the outcome stays, counted as not reached. Safe to run twice. Gives how many. */
export async function closeLapsed(now: Date): Promise<number> {
  return each(await store.listLapsed(reader, now), (id) =>
    jobStep('lapse', id, 'follow_up', (_c, at) => ({
      event: 'lapse',
      as: 'system',
      publicText: STANDING_REASONS.lapse ?? '',
      data: { unreached: 1 },
      set: { closedAt: at },
    })),
  );
}

/** Ends cases whose filer did not supply what was asked for, and reminds those half-way there once. Safe to run twice. */
export async function endUnsupplied(now: Date): Promise<{ ended: number; reminded: number }> {
  const cal = await currentCalendar();
  const { limits } = await catalogueAt(now);
  let ended = 0;
  let reminded = 0;
  for (const { id, pausedAt } of await store.listWaiting(reader, new Date(now.getTime() - DAY_MS))) {
    const last = stepDue(cal, pausedAt, 'giveUp', limits).at;
    if (now.getTime() >= last.getTime()) {
      const step = (_c: CaseRow, at: Date): Step => ({
        event: 'giveUp',
        as: 'system',
        publicText: STANDING_REASONS.giveUp ?? '',
        set: { pausedAt: null, pausedFrom: null, closedAt: at },
      });
      if (await jobStep('give-up', id, 'needs_info', step)) ended += 1;
    } else if (
      now.getTime() >= stepDue(cal, pausedAt, 'info', limits).at.getTime() &&
      !(await store.wasReminded(reader, id, pausedAt))
    ) {
      const step = (): Step => ({ event: 'remind', as: 'system', notice: 'case.needsInfo', due: last });
      if (await jobStep('remind-supply', id, 'needs_info', step)) reminded += 1;
    }
  }
  return { ended, reminded };
}

/** Signs off, on the day after closing, what was put right and has no visit planned. Safe to run twice. Gives how many. */
export async function signOffFixed(now: Date): Promise<number> {
  const today = startOfBeijingDay(beijingDay(now));
  return each(await store.listFixed(reader, new Date(today.getTime() - 1)), (id) =>
    jobStep('sign-off', id, 'closed', () => ({
      event: 'signOff',
      as: 'system',
      publicText: STANDING_REASONS.signOff ?? '',
    })),
  );
}
