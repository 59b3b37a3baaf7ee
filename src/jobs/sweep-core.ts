import { sweepCore } from '#core/sweep.ts';
import type { Job } from './job.ts';

export const sweepServed: Job = {
  name: 'sweep-core',
  every: 'daily 03:40',
  run: ({ now }) => sweepCore(now),
};
