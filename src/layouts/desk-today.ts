import type { Actor } from '#core/actor.ts';
import type { Permission } from '#core/permissions.ts';
import { hotlineToday } from '#domains/hotline/queue/today.ts';
import { newsroomCounts } from '#domains/news/desk/service.ts';

/** One figure of today's work: what waits, how much of it, and where it is done. */
export interface TodayCount {
  label: string;
  count: number;
  href: string;
}

/** What one domain puts on the first page of the desk, for those who hold its permission. */
export interface TodaySection {
  title: string;
  permission: Permission;
  /** Where the whole list stands. */
  href: string;
  load(actor: Actor): Promise<TodayCount[]>;
  /** Said when nothing waits. */
  empty: string;
}

/** In the order of the page. */
export const TODAY: readonly TodaySection[] = [
  {
    title: '诉求热线',
    permission: 'hotline:read',
    href: '/staff/hotline/',
    load: hotlineToday,
    empty: '现在没有等您办的工单。',
  },
  {
    title: '维权诉求',
    permission: 'hotline:rights',
    href: '/staff/hotline/',
    load: hotlineToday,
    empty: '现在没有等您办的维权诉求。',
  },
  {
    title: '待审稿件',
    permission: 'news:publish',
    href: '/staff/news/review',
    load: async (actor) => {
      const { review, corrections } = await newsroomCounts(actor);
      return [
        { label: '篇等待审核', count: review, href: '/staff/news/review' },
        { label: '件更正等待审核', count: corrections, href: '/staff/news/review' },
      ];
    },
    empty: '没有等待审核的稿件。',
  },
  {
    title: '我的稿件',
    permission: 'news:write',
    href: '/staff/news/?mine',
    load: async (actor) => {
      const { returned, mine } = await newsroomCounts(actor);
      return [
        { label: '篇退回修改', count: returned, href: '/staff/news/?mine&state=draft' },
        { label: '篇草稿', count: mine, href: '/staff/news/?mine&state=draft' },
      ];
    },
    empty: '没有退回的稿件，也没有没写完的草稿。',
  },
];
