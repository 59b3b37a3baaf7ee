import { remindUnsigned } from '#domains/rectification/upkeep/service.ts';
import type { Job } from './job.ts';

/** Reminds of notices that nobody signed for. */
export const remindNotices: Job = {
  name: 'remind-notices',
  every: '1h',
  async run({ now }) {
    await remindUnsigned(now);
  },
};
