import { sendDue } from '#domains/notify/delivery/service.ts';
import type { Job } from './job.ts';

export const sendOutbox: Job = { name: 'send-outbox', every: '1m', run: sendDue };
