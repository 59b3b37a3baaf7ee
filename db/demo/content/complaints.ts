import { answeredComplaints } from './complaints-answered.ts';
import { closedComplaints } from './complaints-closed.ts';
import { endedComplaints } from './complaints-ended.ts';
import { handledComplaints } from './complaints-handling.ts';
import { signedComplaints } from './complaints-signed.ts';
import { waitingComplaints } from './complaints-waiting.ts';
import type { DemoComplaint } from './types.ts';

/** Eighty complaints, every state of a case among them. */
export const complaints: readonly DemoComplaint[] = [
  ...waitingComplaints,
  ...handledComplaints,
  ...answeredComplaints,
  ...closedComplaints,
  ...signedComplaints,
  ...endedComplaints,
];
