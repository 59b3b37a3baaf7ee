import { Cron } from 'croner';
import { now } from '#core/clock.ts';
import { log } from '#core/log.ts';
import { withoutParameters } from '#core/store.ts';
import { onWake } from '#core/tags.ts';
import type { Job } from '../jobs/job.ts';

const PATTERNS: Readonly<Record<string, string>> = {
  '1m': '* * * * *',
  '5m': '*/5 * * * *',
  '1h': '7 * * * *',
};
// A machine that is switched off at night would never reach the hour of its daily jobs.
const DAILY_AFTER_START_MS = 120_000;
const STOP_MS = 5_000;

export interface Jobs {
  /** Starts no more, and waits a little for those that run. */
  stop(): Promise<void>;
}

function patternOf({ name, every }: Job): string {
  const daily = /^daily (\d\d):(\d\d)$/.exec(every);
  const pattern = daily ? `${Number(daily[2])} ${Number(daily[1])} * * *` : PATTERNS[every];
  if (!pattern) throw new Error(`The job ${name} has no time: ${every}`);
  return pattern;
}

/** Runs one job, never beside itself: who asks while it runs gets one more run afterwards. */
class Runner {
  readonly job: Job;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(job: Job) {
    this.job = job;
  }

  /** Resolves when the job rests. */
  get rest(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  ask(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#loop().finally(() => {
      this.#running = null;
    });
  }

  async #loop(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.job.run({ now: now() });
      } catch (error) {
        log.error({ job: this.job.name, err: withoutParameters(error) }, 'a job failed');
      }
    } while (this.#again);
  }
}

/** Runs the jobs at their times, and at once when something wakes them, until they are stopped. */
export function startJobs(jobs: readonly Job[]): Jobs {
  const runners = new Map(jobs.map((job) => [job.name, new Runner(job)]));
  const crons = [...runners.values()].map(
    (runner) => new Cron(patternOf(runner.job), { timezone: 'Asia/Shanghai' }, () => runner.ask()),
  );
  const unwake = onWake((name) => runners.get(name)?.ask());
  const daily = setTimeout(() => {
    for (const runner of runners.values()) if (runner.job.every.startsWith('daily')) runner.ask();
  }, DAILY_AFTER_START_MS);
  return {
    async stop() {
      clearTimeout(daily);
      unwake();
      for (const cron of crons) cron.stop();
      const resting = Promise.all([...runners.values()].map(({ rest }) => rest));
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        resting,
        new Promise((enough) => {
          timer = setTimeout(enough, STOP_MS);
        }),
      ]);
      clearTimeout(timer);
    },
  };
}
