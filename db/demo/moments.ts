import { addDays, startOfBeijingDay } from '#core/clock.ts';
import type { Moment } from './content/types.ts';

const MINUTE = 60_000;

/** The instant of a moment counted back from `today` (a Beijing day); one that would still lie ahead becomes `latest`. */
export function instantOf(moment: Moment, today: string, latest: Date): Date {
  const [hours = 0, minutes = 0] = moment.at.split(':').map(Number);
  const start = startOfBeijingDay(addDays(today, -moment.daysAgo)).getTime();
  return new Date(Math.min(start + (hours * 60 + minutes) * MINUTE, latest.getTime()));
}
