import type { CaseEvent } from '#db/schema/hotline.values.ts';
import { type Calendar, type Due, type Limit, movePaused } from '#domains/calendar/rules.ts';

/** A time in which the clock stood still because the complainant was asked for more. */
export interface Pause {
  from: Date;
  to: Date;
}

/** The pauses that have ended, from the log of a case, oldest first. */
export function pausesOf(log: readonly { event: CaseEvent; at: Date }[]): Pause[] {
  const pauses: Pause[] = [];
  let from: Date | null = null;
  for (const entry of log) {
    if (entry.event === 'askInfo') from = entry.at;
    else if (entry.event === 'supply' && from) {
      pauses.push({ from, to: entry.at });
      from = null;
    }
  }
  return pauses;
}

/** A due date moved on by every pause, in their order. */
export function afterPauses(cal: Calendar, limit: Limit, due: Due, pauses: readonly Pause[]): Due {
  return pauses.reduce((at, pause) => movePaused(cal, limit, at, pause.from, pause.to), due);
}
