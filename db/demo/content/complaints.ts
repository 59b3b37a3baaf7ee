import { doneComplaints } from './complaints-done.ts';
import { endedComplaints } from './complaints-ended.ts';
import { openComplaints } from './complaints-open.ts';
import type { DemoComplaint } from './types.ts';

/** Eighty complaints, every state of a case among them. */
export const complaints: readonly DemoComplaint[] = [
  ...openComplaints,
  ...doneComplaints,
  ...endedComplaints,
];
