import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { demoAccount, signIn } from '../support/sign-in.ts';
import { hiddenFields, Visitor } from '../support/visitor.ts';

const PAGE = '/staff/settings/hotline';

let server: TestServer;
beforeEach(async () => {
  server = await startServer({ kind: 'demo' });
});
afterEach(() => server?.stop());

const account = (role: string) => demoAccount(server.dataDir, role);

/** Every session is past its time, as after half an hour away from the desk. */
async function leaveTheDesk(): Promise<void> {
  const client = createClient({ url: pathToFileURL(`${server.dataDir}/linsheng.db`).href, timeout: 5000 });
  const tx = await client.transaction('write');
  await tx.execute('UPDATE sessions SET expires_at = 1');
  await tx.commit();
  client.close();
}

const quotaOf = (html: string): string | undefined =>
  /<input[^>]*name="quotaPerDay"[^>]*value="(\d+)"/.exec(html)?.[1] ??
  /<input[^>]*value="(\d+)"[^>]*name="quotaPerDay"/.exec(html)?.[1];

const values = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      const value = /value="([^"]*)"/.exec(input)?.[1] ?? '';
      return name && !/type="(hidden|search|checkbox|radio)"/.test(input) ? [[name, value]] : [];
    }),
  );

test('what was typed when the session had ended is carried out once, after the same person signed in again', async () => {
  const visitor = new Visitor(server.origin, '');
  await signIn(visitor, account('secAdmin'));
  const { text } = await visitor.get(PAGE);
  const typed = { ...values(text), ...hiddenFields(text, 'name="quotaPerDay"'), quotaPerDay: '7' };
  await leaveTheDesk();

  const late = await visitor.post(PAGE, typed);
  expect(late.status).toBe(303);
  expect(late.location).toBe(`/staff/sign-in?back=${encodeURIComponent(PAGE)}`);
  const untouched = new Visitor(server.origin, '');
  // The next code: one that was used is not taken twice.
  const back = await signIn(visitor, account('secAdmin'), late.location, 30_000);
  expect(back).toBe(PAGE);
  const carried = await visitor.get(back);
  expect(carried.status).toBe(303);
  const after = await visitor.get(PAGE);
  expect(after.status).toBe(200);
  expect(quotaOf(after.text)).toBe('7');
  expect((await untouched.get(PAGE)).status).toBe(303);
});

test('nobody else has it carried out', async () => {
  const visitor = new Visitor(server.origin, '');
  await signIn(visitor, account('secAdmin'));
  const { text } = await visitor.get(PAGE);
  const typed = { ...values(text), ...hiddenFields(text, 'name="quotaPerDay"'), quotaPerDay: '9' };
  await leaveTheDesk();
  const late = await visitor.post(PAGE, typed);
  await signIn(visitor, account('editor'), late.location);
  const answer = await visitor.get(PAGE);
  expect(answer.status).toBe(403);
});
