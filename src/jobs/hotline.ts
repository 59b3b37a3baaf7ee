import { closeLapsed, endUnsupplied, signOffFixed } from '#domains/hotline/upkeep/service.ts';
import type { Job } from './job.ts';

/** What happens to cases by the passing of time alone. */
export const hotlineJobs: readonly Job[] = [
  {
    name: 'lapse-answers',
    every: '5m',
    async run({ now }) {
      await closeLapsed(now);
    },
  },
  {
    name: 'end-unsupplied',
    every: '1h',
    async run({ now }) {
      await endUnsupplied(now);
    },
  },
  {
    name: 'sign-off-fixed',
    every: 'daily 02:00',
    async run({ now }) {
      await signOffFixed(now);
    },
  },
];
