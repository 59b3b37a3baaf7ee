import { z } from 'zod';
import { now } from '#core/clock.ts';
import { seal, unseal } from '#core/secrets.ts';
import { PENDING_MS } from '../rules.ts';

const Pending = z.object({
  purpose: z.literal('sign-in'),
  account: z.number(),
  at: z.number(),
  /** When the password was set that was given: another since then makes this void. */
  passwordAt: z.number(),
  codeGiven: z.boolean(),
  /** The row of this try in the list of sign-ins. */
  signIn: z.number(),
  /** The second factor that is being set up. */
  secret: z.string().optional(),
});

/** A sign-in whose password was right and that wants another step; sealed, it lies with the browser alone. */
export type Pending = z.output<typeof Pending>;

export const PENDING_COOKIE = '__Host-sign-in';

const cookie = (value: string, seconds: number): string =>
  `${PENDING_COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;

/** The `Set-Cookie` value that keeps it. */
export function keep(pending: Pending): string {
  return cookie(encodeURIComponent(seal(JSON.stringify(pending))), PENDING_MS / 1000);
}

/** The `Set-Cookie` value that drops it. */
export const DROP_PENDING = cookie('', 0);

/** What the browser held; `null` when it is foreign or older than a quarter of an hour. */
export function readPending(value: string | undefined): Pending | null {
  if (!value) return null;
  try {
    const pending = Pending.parse(JSON.parse(unseal(value)));
    return now().getTime() - pending.at <= PENDING_MS ? pending : null;
  } catch {
    return null;
  }
}
