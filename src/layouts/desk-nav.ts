import type { Permission } from '#core/permissions.ts';

/** The doors of the staff side. A door shows when the person holds its permission; it guards nothing. */
export interface DeskDoor {
  href: string;
  label: string;
  /** None: everyone who signed in sees it. */
  permission?: Permission;
}

export const DESK_NAV: readonly { title: string; doors: readonly DeskDoor[] }[] = [
  { title: '今日', doors: [{ href: '/staff/', label: '我的待办' }] },
];
