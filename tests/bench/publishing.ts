import type { Bench } from './server.ts';

/** From the answer to the approver's click until every page that shows the article shows it (ms, the slowest of ten). */
export async function publishingMs(_server: Bench): Promise<number> {
  return Number.NaN;
}
