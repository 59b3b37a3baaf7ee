import { addDays, startOfBeijingDay } from '#core/clock.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { HONOR_INFO } from '#domains/honors/rules.ts';
import { loadListed } from '#domains/honors/service.ts';
import { honors } from './content/honors.ts';
import type { Ground } from './places.ts';

/** The first day of the month `months` before that of `today`, `YYYY-MM-DD`. */
function monthBefore(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

/** Loads the rolls: everyone has agreed to be named, and is listed since the fifth of his month. */
export async function loadHonors(tx: Tx, change: Change, ground: Ground, today: string): Promise<void> {
  await loadListed(
    tx,
    change,
    honors.map((honor) => {
      const first = monthBefore(today, honor.monthsAgo);
      const listed = addDays(first, 4);
      const place = ground.place(honor.place);
      const at = startOfBeijingDay(listed > today ? first : listed);
      return {
        place: place.name,
        row: {
          kind: honor.kind,
          class: honor.class ?? null,
          period: HONOR_INFO[honor.kind].period === 'month' ? first.slice(0, 7) : first.slice(0, 4),
          subject: honor.subject,
          name: honor.name,
          placeId: place.id,
          deeds: honor.deeds,
          story: honor.story,
          photoScene: honor.scene,
          photoAlt: honor.sceneAlt,
          consentAt: at,
          listedAt: at,
        },
      };
    }),
  );
}
