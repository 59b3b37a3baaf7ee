import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { Job } from '../../../src/jobs/job.ts';
import { freshStore } from '../../support/store.ts';

const store = freshStore();
const { startJobs } = await import('../../../src/server/jobs.ts');
const { wake } = await import('#core/tags.ts');
const { closeStore } = await import('#core/store.ts');

afterEach(() => vi.useRealTimers());
afterAll(() => {
  closeStore();
  store.remove();
});

/** A job that runs until it is let go, and counts how often it began and how many ran beside each other. */
function slowJob(every: Job['every'] = '1h') {
  const seen = { began: 0, beside: 0, running: 0, letGo: () => {} };
  const job: Job = {
    name: 'slow',
    every,
    async run() {
      seen.began += 1;
      seen.running += 1;
      seen.beside = Math.max(seen.beside, seen.running);
      await new Promise<void>((done) => {
        seen.letGo = done;
      });
      seen.running -= 1;
    },
  };
  return { job, seen };
}

const settle = () => new Promise((later) => setTimeout(later, 5));

describe('jobs', () => {
  test('run at their times, in Beijing', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T19:09:30Z') });
    const ran: string[] = [];
    const job = (name: string, every: Job['every']): Job => ({
      name,
      every,
      run: async () => {
        ran.push(name);
      },
    });
    const jobs = startJobs([job('minute', '1m'), job('night', 'daily 03:10')]);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(ran.sort()).toEqual(['minute', 'night']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['minute', 'night', 'minute']);
    await jobs.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ran).toHaveLength(3);
  });

  test('daily ones also run once after a start: a machine may be off at night', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-21T04:00:00Z') });
    let ran = 0;
    const run = async () => {
      ran += 1;
    };
    const jobs = startJobs([{ name: 'night', every: 'daily 03:10', run }]);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(ran).toBe(1);
    await jobs.stop();
  });

  test('run at once when woken, never beside themselves; who wakes them meanwhile gets one more run', async () => {
    const { job, seen } = slowJob();
    const jobs = startJobs([job]);
    for (let i = 0; i < 5; i += 1) wake('slow');
    wake('another');
    await settle();
    expect(seen.began).toBe(1);
    seen.letGo();
    await settle();
    expect(seen.began).toBe(2);
    seen.letGo();
    await settle();
    expect([seen.began, seen.beside]).toEqual([2, 1]);
    await jobs.stop();
    wake('slow');
    await settle();
    expect(seen.began).toBe(2);
  });

  test('a failure does not end a job', async () => {
    let ran = 0;
    const run = async () => {
      ran += 1;
      throw new Error('no');
    };
    const jobs = startJobs([{ name: 'failing', every: '1h', run }]);
    wake('failing');
    await settle();
    wake('failing');
    await settle();
    expect(ran).toBe(2);
    await jobs.stop();
  });

  test('stopping waits for those that run', async () => {
    const { job, seen } = slowJob();
    const jobs = startJobs([job]);
    wake('slow');
    await settle();
    const stopped = jobs.stop();
    seen.letGo();
    await stopped;
    expect(seen.running).toBe(0);
  });

  test('a job without a time is refused at start', () => {
    const job: Job = { name: 'odd', every: 'daily soon', run: async () => {} };
    expect(() => startJobs([job])).toThrow('odd');
  });
});
