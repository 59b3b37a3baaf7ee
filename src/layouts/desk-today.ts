import type { Actor } from '#core/actor.ts';
import type { Permission } from '#core/permissions.ts';

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
export const TODAY: readonly TodaySection[] = [];
