import type { Actor } from '#core/actor.ts';
import { queueHref } from './input.ts';
import { listBaskets } from './service.ts';

/** What waits for this person at the hotline, for the desk's first page. */
export async function hotlineToday(
  actor: Actor,
): Promise<{ label: string; count: number; href: string; late?: boolean }[]> {
  const baskets = await listBaskets(actor);
  const late = baskets.reduce((sum, each) => sum + each.late, 0);
  return [
    ...baskets
      .filter((each) => each.work)
      .map(({ key, label, n }) => ({ label, count: n, href: queueHref({ basket: key }) })),
    { label: '已超期', count: late, href: queueHref({ due: 'overdue', basket: 'open' }), late: true },
  ];
}
