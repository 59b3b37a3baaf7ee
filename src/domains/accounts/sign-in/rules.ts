import type { Role } from '#db/schema/accounts.values.ts';

/** Failures that cost nothing: people mistype. Behind one address sits a whole office. */
const FREE = { account: 4, address: 40 } as const;
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 15 * 60;

/** For how long failures are remembered (ms). An account's are forgotten at a sign-in that succeeds. */
export const MEMORY_MS = { account: 24 * 3_600_000, address: 3_600_000 } as const;

/** Failed tries of one account, or from one address, and when the last was. */
export interface Failures {
  count: number;
  lastAt: Date | null;
}

/** Seconds until the next try is looked at: 30, 60, 120 … up to a quarter of an hour, from the first that is not free. */
export function waitAfter(kind: keyof typeof FREE, { count, lastAt }: Failures, now: Date): number {
  const over = count - FREE[kind];
  if (over <= 0 || lastAt === null) return 0;
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** (over - 1), LONGEST_WAIT_SECONDS);
  return Math.max(0, Math.ceil(wait - (now.getTime() - lastAt.getTime()) / 1000));
}

export type Step = 'code' | 'password' | 'enrol' | 'in';

export interface Standing {
  /** Whether the account has a second factor, and whether its code was given in this sign-in. */
  enrolled: boolean;
  codeGiven: boolean;
  mustChange: boolean;
  expired: boolean;
  roles: readonly Role[];
}

/** What still stands between a right password and the desk. The second factor comes before anything may be changed. */
export function nextStep(standing: Standing, totpRoles: readonly Role[]): Step {
  if (standing.enrolled && !standing.codeGiven) return 'code';
  if (standing.mustChange || standing.expired) return 'password';
  if (!standing.enrolled && standing.roles.some((role) => totpRoles.includes(role))) return 'enrol';
  return 'in';
}

/** How long a sign-in may stay half done (ms). */
export const PENDING_MS = 15 * 60_000;

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android|HarmonyOS/, '安卓或鸿蒙'],
  [/iPhone|iPad/, 'iPhone 或 iPad'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

/** A device as its holder would recognise it in a list. */
export function deviceWords(agent: string): string {
  const nameIn = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(agent))?.[1];
  return [nameIn(BROWSERS) ?? '其他浏览器', nameIn(SYSTEMS) ?? '其他系统'].join(' · ');
}
