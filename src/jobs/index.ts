import type { Job } from './job.ts';

/** Everything that runs by itself. */
export const jobs: readonly Job[] = [];
