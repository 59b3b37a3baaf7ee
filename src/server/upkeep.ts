import { beijingDay, now } from '#core/clock.ts';
import { log } from '#core/log.ts';
import { recordReads } from '#core/reads.ts';
import { closeStore } from '#core/store.ts';
import { pollPurges } from '#core/tags.ts';
import { jobs } from '../jobs/index.ts';
import type { Door } from './door.ts';
import { startJobs } from './jobs.ts';

const POLL_MS = 1_000;
const MINUTE_MS = 60_000;

export interface Upkeep {
  /** Ends it: what was counted is written down, the store is closed. */
  finish(): Promise<void>;
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Writes down how often pages were read. A minute lies within one Beijing day, so its readers do. */
async function writeReads(door: Door, day: string): Promise<void> {
  const rows = door.takeReads(day);
  if (rows.length === 0) return;
  try {
    await recordReads(rows);
  } catch (error) {
    door.giveBackReads(rows);
    log.warn({ cause: kindOf(error) }, 'reads not written down yet');
  }
}

/** Starts what is done beside the answers: jobs, counts each minute, other processes' purges each second. */
export async function startUpkeep(door: Door): Promise<Upkeep> {
  let timer: NodeJS.Timeout;
  let day = beijingDay(now());
  const eachMinute = async (): Promise<void> => {
    await writeReads(door, day);
    day = beijingDay(now());
    timer = setTimeout(eachMinute, MINUTE_MS - (Date.now() % MINUTE_MS));
  };
  timer = setTimeout(eachMinute, MINUTE_MS - (Date.now() % MINUTE_MS));

  let polling = false;
  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    await pollPurges().catch((error: unknown) => log.warn({ cause: kindOf(error) }, 'purges not read'));
    polling = false;
  };
  await poll();
  const poller = setInterval(poll, POLL_MS);
  const running = startJobs(jobs);

  return {
    async finish() {
      clearTimeout(timer);
      clearInterval(poller);
      await running.stop();
      await writeReads(door, day);
      closeStore();
    },
  };
}
