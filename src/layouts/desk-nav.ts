import type { Permission } from '#core/permissions.ts';

/** The doors of the staff side. A door shows when the person holds its permission; it guards nothing. */
export interface DeskDoor {
  href: string;
  label: string;
  /** One of several is enough. None: everyone who signed in sees it. */
  permission?: Permission | readonly Permission[];
}

export const DESK_NAV: readonly { title: string; doors: readonly DeskDoor[] }[] = [
  { title: '今日', doors: [{ href: '/staff/', label: '今天要办的' }] },
  {
    title: '诉求热线',
    doors: [
      { href: '/staff/hotline/', label: '工单', permission: 'hotline:read' },
      { href: '/staff/hotline/', label: '维权工单', permission: 'hotline:rights' },
      { href: '/staff/hotline/file', label: '代群众登记', permission: 'hotline:file' },
    ],
  },
  {
    title: '整改',
    doors: [
      { href: '/staff/rectification/', label: '整改台账', permission: 'rectify:read' },
      { href: '/staff/rectification/new', label: '开具通知单', permission: 'rectify:issue' },
      { href: '/staff/rectification/today', label: '今日复查', permission: 'rectify:sign-off' },
    ],
  },
  {
    title: '新闻',
    doors: [
      { href: '/staff/news/', label: '稿件', permission: 'news:write' },
      { href: '/staff/news/review', label: '待审稿件', permission: 'news:publish' },
    ],
  },
  {
    title: '地域和人',
    doors: [
      { href: '/staff/places/', label: '地域', permission: 'places:edit' },
      { href: '/staff/units/', label: '单位', permission: 'places:edit' },
      { href: '/staff/places/duties/', label: '责任人', permission: 'places:edit' },
      { href: '/staff/accounts/', label: '账号与角色', permission: 'accounts:manage' },
    ],
  },
  {
    title: '站点',
    doors: [
      { href: '/staff/setup', label: '开站准备', permission: ['settings:edit', 'accounts:manage'] },
      { href: '/staff/settings/', label: '站点设置', permission: 'settings:edit' },
      { href: '/staff/outbox', label: '发件箱', permission: 'outbox:read' },
      { href: '/staff/audit', label: '操作日志', permission: 'audit:read' },
    ],
  },
  { title: '我', doors: [{ href: '/staff/me/', label: '我的账号' }] },
];
