import type { Actor } from '#core/actor.ts';
import type { Permission } from '#core/permissions.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import { accountsToday, logToday, settingsToday } from '#domains/accounts/setup/today.ts';
import { hotlineToday } from '#domains/hotline/queue/today.ts';
import { newsroomCounts } from '#domains/news/desk/service.ts';
import { countStuck } from '#domains/notify/service.ts';
import { dutyReport } from '#domains/places/duties/service.ts';
import { noticesToday } from '#domains/rectification/register/service.ts';

/** One figure of today's work: what waits, how much of it, and where it is done. */
export interface TodayCount {
  label: string;
  count: number;
  href: string;
  /** Said in red: it is past its time. */
  late?: boolean;
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

async function noticeCounts(actor: Actor): Promise<TodayCount[]> {
  const { piles, visits } = await noticesToday(actor);
  const waiting = piles.map(({ pile, label, count }) => ({
    label: `张${label}`,
    count,
    href: `/staff/rectification/?pile=${pile}`,
  }));
  return [{ label: '处今日回头看', count: visits, href: '/staff/rectification/today' }, ...waiting];
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
    title: '整改通知单',
    permission: 'rectify:issue',
    href: '/staff/rectification/',
    load: noticeCounts,
    empty: '没有等您办的整改通知单。',
  },
  {
    title: '无法整改审批',
    permission: 'rectify:approve',
    href: '/staff/rectification/',
    load: noticeCounts,
    empty: '没有等您审批、复核的整改通知单。',
  },
  {
    title: '开站准备',
    permission: 'settings:edit',
    href: '/staff/setup',
    load: settingsToday,
    empty: '必需的都有了。',
  },
  {
    title: '账号和人员',
    permission: 'accounts:manage',
    href: '/staff/accounts/',
    load: accountsToday,
    empty: '没有等您处理的账号。',
  },
  {
    title: '地域和责任人',
    permission: 'places:edit',
    href: '/staff/places/duties/',
    load: async (actor) => {
      const { gaps, overlaps } = await dutyReport(actor);
      return [
        { label: '个职务没有人', count: gaps.length, href: '/staff/places/duties/' },
        { label: '个职务重了人', count: overlaps.length, href: '/staff/places/duties/' },
      ];
    },
    empty: '每个社区、网格、楼栋都有人负责。',
  },
  {
    title: '短信和邮件',
    permission: 'outbox:read',
    href: '/staff/outbox',
    load: async (actor) => [
      { label: '条没有发出', count: await countStuck(actor), href: '/staff/outbox?state=failed' },
    ],
    empty: '没有发不出去的消息。',
  },
  {
    title: '登录和日志',
    permission: 'audit:read',
    href: '/staff/audit',
    load: logToday,
    empty: '今天没有异常的登录。',
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
    empty: '没有退回修改的稿件，草稿也都写完了。',
  },
];

/** What a person most likely comes to do, by his role; roles that only look have none. */
const ACTIONS: Readonly<Partial<Record<Role, { label: string; href: string }>>> = {
  operator: { label: '代群众登记', href: '/staff/hotline/file' },
  dispatcher: { label: '去受理', href: '/staff/hotline/?b=intake' },
  handler: { label: '去签收', href: '/staff/hotline/?b=sign' },
  unitHead: { label: '看本单位在办', href: '/staff/hotline/?b=handling' },
  rights: { label: '去受理', href: '/staff/hotline/?b=intake' },
  editor: { label: '新建稿件', href: '/staff/news/new' },
  approver: { label: '去审稿', href: '/staff/news/review' },
  sysAdmin: { label: '开通账号', href: '/staff/accounts/new' },
  secAdmin: { label: '改站点设置', href: '/staff/settings/' },
  auditor: { label: '看操作日志', href: '/staff/audit' },
};

/** The actions of these roles, each once, in the roles' order. */
export function actionsOf(roles: readonly Role[]): { label: string; href: string }[] {
  const found = roles.flatMap((role) => ACTIONS[role] ?? []);
  return found.filter(({ href }, i) => found.findIndex((other) => other.href === href) === i);
}
