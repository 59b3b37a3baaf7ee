import { sweepCodes } from '#domains/accounts/codes/service.ts';
import { sweep } from '#domains/accounts/sessions.ts';
import { wipeCodes } from '#domains/notify/service.ts';
import type { Job } from './job.ts';

/** Forgets what is kept for a short time only: ended sessions, and codes a day old with the messages that carried them. */
export const sweepPeople: Job = {
  name: 'sweep-people',
  every: '1h',
  async run() {
    await sweep();
    await sweepCodes();
    await wipeCodes();
  },
};
