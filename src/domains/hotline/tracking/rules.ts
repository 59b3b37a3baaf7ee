import type { State } from '#db/schema/hotline.values.ts';
import type { Calendar } from '#domains/calendar/rules.ts';
import { mayRemind } from '../clocks.ts';
import { allowedEvents, isOpen } from '../rules.ts';

/** What the filer may do with his case as it stands. */
export interface Choices {
  /** Add words or pictures: in answer to what was asked, or of his own accord. */
  add: boolean;
  withdraw: boolean;
  remind: boolean;
  /** Say whether the answer settled the matter. */
  judge: boolean;
}

const NO_CHOICES: Choices = { add: false, withdraw: false, remind: false, judge: false };

export function choicesOf(
  cal: Calendar,
  c: { state: State; dueAt: Date | null; withdrawn: boolean; remindedAt: Date | null },
  now: Date,
): Choices {
  if (c.withdrawn) return NO_CHOICES;
  const events = allowedEvents(c.state, 'complainant');
  const waiting = isOpen(c.state) && c.state !== 'needs_info' && c.state !== 'follow_up';
  return {
    add: isOpen(c.state),
    withdraw: events.includes('withdraw'),
    remind: waiting && c.dueAt !== null && mayRemind(cal, { at: c.dueAt }, c.remindedAt, now),
    judge: events.includes('confirm'),
  };
}

/** How many pictures one complaint may have, those sent later included. */
export const MOST_PHOTOS = 6;
