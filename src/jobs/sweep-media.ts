import { sweepStaged } from '#domains/media/service.ts';
import type { Job } from './job.ts';

/** Removes pictures and attachments that came with a form which was never sent to its end. */
export const sweepMedia: Job = {
  name: 'sweep-media',
  every: '1h',
  async run({ now }) {
    await sweepStaged(now);
  },
};
