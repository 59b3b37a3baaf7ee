import { beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { countRefused } from '../sign-in/store.ts';
import { countIdle } from '../staff/store.ts';
import { setupState } from './service.ts';

/** One figure of the desk's first page. */
interface Count {
  label: string;
  count: number;
  href: string;
}

// From November on next year's notice is due.
const NOTICE_MONTH = '11';

/** What the security administrator has to see to: what the city lacks, and next year's calendar. */
export async function settingsToday(): Promise<Count[]> {
  const { demo } = await siteSettings();
  const lacking = (await setupState()).items.filter(({ done }) => !done);
  const today = beijingDay(now());
  const next = Number(today.slice(0, 4)) + 1;
  const due = today.slice(5, 7) >= NOTICE_MONTH && !(await currentCalendar()).isKnown(next);
  return [
    { label: '项还没有填', count: demo ? 0 : lacking.length, href: '/staff/setup' },
    { label: `${next} 年的放假安排待登记`, count: due ? 1 : 0, href: '/staff/settings/calendar/' },
  ];
}

/** Accounts that were handed out and never used. */
export async function accountsToday(): Promise<Count[]> {
  return [{ label: '个账号还没有换初始密码', count: await countIdle(reader), href: '/staff/accounts/' }];
}

/** Sign-ins that were refused today for too many tries. */
export async function logToday(): Promise<Count[]> {
  const since = startOfBeijingDay(beijingDay(now()));
  return [
    {
      label: '次登录因次数过多被拦',
      count: await countRefused(reader, since),
      href: '/staff/audit/sign-ins?result=throttled',
    },
  ];
}
