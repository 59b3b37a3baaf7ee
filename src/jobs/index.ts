import { hotlineJobs } from './hotline.ts';
import { indexSearch } from './index-search.ts';
import type { Job } from './job.ts';
import { remindNotices } from './rectification.ts';
import { sendOutbox } from './send-outbox.ts';
import { sweepServed } from './sweep-core.ts';
import { sweepMedia } from './sweep-media.ts';
import { sweepPeople } from './sweep-people.ts';

/** Everything that runs by itself. */
export const jobs: readonly Job[] = [
  sendOutbox,
  sweepServed,
  sweepPeople,
  sweepMedia,
  indexSearch,
  remindNotices,
  ...hotlineJobs,
];
