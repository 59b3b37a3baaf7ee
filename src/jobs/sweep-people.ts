import { sweepCodes } from '#domains/accounts/codes/service.ts';
import { sweep } from '#domains/accounts/sessions.ts';
import { sweepDevices } from '#domains/accounts/sign-in/service.ts';
import { wipeCodes } from '#domains/notify/service.ts';
import type { Job } from './job.ts';

/** Forgets what is kept for a short time only: ended sessions, known devices, and codes with the messages that carried them. */
export const sweepPeople: Job = {
  name: 'sweep-people',
  every: '1h',
  async run() {
    await sweep();
    await sweepDevices();
    await sweepCodes();
    await wipeCodes();
  },
};
