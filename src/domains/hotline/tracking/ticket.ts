import { z } from 'zod';
import { seal, unseal } from '#core/secrets.ts';
import type { ComplaintId } from '#db/schema/ids.ts';

const Ticket = z.object({ complaint: z.number(), until: z.number() });

export const TRACK_COOKIE = '__Host-case';
const LIFE_MS = 30 * 60_000;

/** What a right number and code give: it opens this one complaint for half an hour, and nothing of it can be read. */
export function makeTicket(complaint: ComplaintId, at: Date): string {
  return seal(JSON.stringify({ complaint, until: at.getTime() + LIFE_MS }));
}

/** The complaint that a ticket opens; null for one that has run out or is not ours. */
export function readTicket(sealed: string, at: Date): ComplaintId | null {
  if (sealed === '') return null;
  try {
    const { complaint, until } = Ticket.parse(JSON.parse(unseal(sealed)));
    return at.getTime() < until ? (complaint as ComplaintId) : null;
  } catch {
    return null;
  }
}
