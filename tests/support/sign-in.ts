import { readFileSync } from 'node:fs';
import { TOTP } from 'otpauth';
import { hiddenFields, type Visitor } from './visitor.ts';

export interface DemoAccount {
  username: string;
  password: string;
  role: string;
  totpSecret: string | null;
}

/** The demonstration's account for a role. */
export function demoAccount(dataDir: string, role: string): DemoAccount {
  const { accounts } = JSON.parse(readFileSync(`${dataDir}/demo-accounts.json`, 'utf8')) as {
    accounts: DemoAccount[];
  };
  const found = accounts.find((one) => one.role === role);
  if (!found) throw new Error(`no account for ${role}`);
  return found;
}

/** Signs in, with the second factor where it is enrolled (`ahead` ms on, since a code is taken once). Gives where that led. */
export async function signIn(
  visitor: Visitor,
  { username, password, totpSecret }: DemoAccount,
  at = '/staff/sign-in',
  ahead = 0,
): Promise<string> {
  const first = await visitor.get(at);
  const sent = await visitor.post(at, { ...hiddenFields(first.text, 'name="password"'), username, password });
  if (sent.status !== 303) throw new Error(`sign-in was answered ${sent.status}`);
  if (!totpSecret) return sent.location;
  const second = await visitor.get(sent.location);
  const code = new TOTP({ secret: totpSecret }).generate({ timestamp: Date.now() + ahead });
  const done = await visitor.post(sent.location, { ...hiddenFields(second.text, 'name="code"'), code });
  if (done.status !== 303) throw new Error(`the second factor was answered ${done.status}`);
  return done.location;
}
