import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import type { Role } from '#db/schema/accounts.values.ts';
import { type Visitor, visit } from './browser.ts';
import type { TestServer } from './server.ts';

interface DemoAccount {
  username: string;
  password: string;
  role: Role;
}

const accountOf = (server: TestServer, role: Role): DemoAccount => {
  const file = readFileSync(join(server.dataDir, 'demo-accounts.json'), 'utf8');
  const { accounts } = JSON.parse(file) as { accounts: DemoAccount[] };
  return accounts.find((account) => account.role === role)!;
};

/** A desk of the demonstration city, signed in by the form. */
export async function openDesk(
  browser: Browser,
  server: TestServer,
  role: Role,
  visitor: Visitor = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const desk = await visit(browser, server.origin, visitor);
  const { username, password } = accountOf(server, role);
  await desk.page.goto('/staff/sign-in');
  await desk.page.fill('[name=username]', username);
  await desk.page.fill('[name=password]', password);
  await desk.page.click('main button');
  await desk.page.waitForURL('**/staff/');
  return desk;
}
