import { z } from 'zod';
import { seal, unseal } from '#core/secrets.ts';
import type { NoticeId } from '#db/schema/ids.ts';

const Ticket = z.object({ notice: z.number(), until: z.number() });

export const NOTICE_COOKIE = '__Host-notice';
/** Long enough to take the photographs between opening the page and answering. */
const LIFE_MS = 2 * 3_600_000;

/** What a right number and code give: it opens this one notice for two hours, and nothing of it can be read. */
export function makeTicket(notice: NoticeId, at: Date): string {
  return seal(JSON.stringify({ kind: 'notice', notice, until: at.getTime() + LIFE_MS }));
}

/** The notice that a ticket opens; null for one that has run out or is not ours. */
export function readTicket(sealed: string, at: Date): NoticeId | null {
  if (sealed === '') return null;
  try {
    const { notice, until } = Ticket.parse(JSON.parse(unseal(sealed)));
    return at.getTime() < until ? (notice as NoticeId) : null;
  } catch {
    return null;
  }
}
