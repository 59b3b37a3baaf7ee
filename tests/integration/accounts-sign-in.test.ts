import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, plantAccount, plantCity } from '../support/people.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { setClock } = await import('#core/clock.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { signIns, accounts } = await import('#db/schema/accounts.ts');
const { audit } = await import('#db/schema/core.ts');
const signIn = await import('#domains/accounts/sign-in/service.ts');
const sessions = await import('#domains/accounts/sessions.ts');

// Lucia reads the machine's own clock: this one only runs ahead of it.
let at = Date.now();
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const codeAt = (ms: number, of = secret) =>
  new TOTP({ secret: Secret.fromBase32(of) }).generate({ timestamp: ms });

let serial = 0;
let door = {
  address: '',
  agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0',
  device: undefined as string | undefined,
};
beforeEach(() => {
  at += 2 * 86_400_000;
  setClock(() => new Date(at));
  serial += 1;
  door = { ...door, address: `203.0.113.${serial}`, device: undefined };
});
afterEach(() => setClock(null));
await plantCity();
afterAll(() => {
  closeStore();
  remove();
});

const enter = (username: string, password = PASSWORD, code = '', through = door) =>
  signIn.enter({ username, password, code }, through);
const cookieIn = (cookies: string[], name: string) => {
  const value = cookies
    .find((c) => c.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0];
  return value === undefined ? undefined : decodeURIComponent(value);
};
const PENDING = '__Host-sign-in';
const actorOf = async (cookies: string[]) => {
  const session = await sessions.read(cookieIn(cookies, sessions.SESSION_COOKIE)!);
  return session?.state === 'live' ? session.actor : null;
};

test('a right password opens a session of a new token, written in the list and the log', async () => {
  const id = await plantAccount('editor1', ['editor']);
  const first = await enter('editor1');
  expect(first.to).toBe('in');
  expect(await actorOf(first.cookies)).toMatchObject({
    kind: 'staff',
    id,
    grants: [{ role: 'editor', placePath: '/1/' }],
  });
  const second = await enter('editor1');
  expect(cookieIn(second.cookies, sessions.SESSION_COOKIE)).not.toBe(
    cookieIn(first.cookies, sessions.SESSION_COOKIE),
  );
  const rows = (await reader.select().from(signIns)).filter((r) => r.accountId === id);
  expect(rows.map((r) => r.result)).toEqual(['ok', 'ok']);
  expect(rows[0]?.device).toBe('Chrome · Windows');
  const log = (await reader.select().from(audit)).filter(
    (r) => r.action === 'account.signIn' && r.entityId === String(id),
  );
  expect(log).toHaveLength(2);
  for (const cookie of first.cookies)
    expect(cookie).toMatch(/^__Host-.*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
});

test('a wrong name, a wrong password and a disabled account are told the same', async () => {
  const id = await plantAccount('gone1', ['editor']);
  const { write } = await import('#core/write.ts');
  const { eq } = await import('drizzle-orm');
  await write.quiet((tx) => tx.update(accounts).set({ state: 'disabled' }).where(eq(accounts.id, id)));
  const said = await Promise.all(
    [enter('nobody1'), enter('gone1', 'wrong password'), enter('gone1')].map((p) =>
      p.catch((e) => [e.message, e.fields]),
    ),
  );
  expect(said[1]).toEqual(said[0]);
  expect(said[2]).toEqual(said[0]);
});

describe('guessing', () => {
  test('from the fifth wrong password on, the next try waits longer and longer, also the right one', async () => {
    await plantAccount('victim1', ['editor']);
    for (let i = 0; i < 5; i += 1)
      await expect(enter('victim1', 'no')).rejects.toMatchObject({ code: 'invalid' });
    await expect(enter('victim1')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 30 });
    at += 30_000;
    await expect(enter('victim1', 'no')).rejects.toMatchObject({ code: 'invalid' });
    await expect(enter('victim1')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    at += 60_000;
    expect((await enter('victim1')).to).toBe('in');
    await expect(enter('victim1', 'no')).rejects.toMatchObject({ code: 'invalid' });
    expect((await enter('victim1')).to).toBe('in');
  });

  test('twenty wrong ones at once are twenty tries, not one', async () => {
    await plantAccount('victim2', ['editor']);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => enter('victim2', 'no')));
    const codes = results.map((r) => (r.status === 'rejected' ? r.reason.code : 'in'));
    expect(codes.filter((c) => c === 'invalid')).toHaveLength(5);
    expect(codes.filter((c) => c === 'rate_limited')).toHaveLength(15);
  });

  test('a device known to the account passes while others wait', async () => {
    await plantAccount('victim3', ['editor']);
    const device = cookieIn((await enter('victim3')).cookies, signIn.DEVICE_COOKIE);
    for (let i = 0; i < 6; i += 1) {
      await enter('victim3', 'no', '', { ...door, address: '198.51.100.9' }).catch(() => null);
      at += 1000;
    }
    await expect(enter('victim3')).rejects.toMatchObject({ code: 'rate_limited' });
    expect((await enter('victim3', PASSWORD, '', { ...door, device })).to).toBe('in');
  });

  test('so does the right code of a second factor, given along with the password', async () => {
    await plantAccount('victim4', ['editor'], { totp: secret });
    for (let i = 0; i < 6; i += 1) await enter('victim4', 'no').catch(() => null);
    await expect(enter('victim4', PASSWORD, '000000')).rejects.toMatchObject({ code: 'rate_limited' });
    expect((await enter('victim4', PASSWORD, codeAt(at))).to).toBe('in');
  });

  test('one address that tries many names is slowed too', async () => {
    for (let i = 0; i < 41; i += 1) await enter(`name${i}`, 'no').catch(() => null);
    await expect(enter('yet-another')).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(enter('yet-another', 'no', '', { ...door, address: '198.51.100.10' })).rejects.toMatchObject(
      { code: 'invalid' },
    );
  }, 60_000);
});

describe('the second factor', () => {
  test('is asked for where there is one; its code opens once', async () => {
    await plantAccount('totp1', ['editor'], { totp: secret });
    const half = await enter('totp1');
    expect(half.to).toBe('code');
    expect(cookieIn(half.cookies, sessions.SESSION_COOKIE)).toBeUndefined();
    const pending = cookieIn(half.cookies, PENDING);
    await expect(signIn.giveCode(pending, '000000', door)).rejects.toMatchObject({
      fields: { code: expect.any(String) },
    });
    const done = await signIn.giveCode(pending, codeAt(at), door);
    expect(done.to).toBe('in');
    expect(await actorOf(done.cookies)).toMatchObject({ kind: 'staff' });
    const elsewhere = { ...door, address: '198.51.100.20' };
    await expect(signIn.giveCode(pending, codeAt(at), elsewhere)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('wrong codes wait too, and a half-done sign-in is void after a quarter of an hour', async () => {
    await plantAccount('totp2', ['editor'], { totp: secret });
    const pending = cookieIn((await enter('totp2')).cookies, PENDING);
    for (let i = 0; i < 5; i += 1) await signIn.giveCode(pending, '000000', door).catch(() => null);
    await expect(signIn.giveCode(pending, codeAt(at), door)).rejects.toMatchObject({ code: 'rate_limited' });
    at += 15 * 60_000 + 1;
    await expect(signIn.giveCode(pending, codeAt(at), door)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a half-done sign-in cannot be made up', async () => {
    await expect(signIn.giveCode('v1$k1$x$y', codeAt(at), door)).rejects.toMatchObject({ code: 'conflict' });
    await expect(signIn.giveCode(undefined, codeAt(at), door)).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('an administrator’s first sign-in: own password, then the second factor, then in', async () => {
  const id = await plantAccount('admin1', ['sysAdmin'], { mustChange: true });
  at += 1000;
  const first = await enter('admin1');
  expect(first.to).toBe('password');
  const atPassword = cookieIn(first.cookies, PENDING);
  const chosen = { password: '邻里之间有话好好说呀', again: '邻里之间有话好好说呀' };
  await expect(
    signIn.choosePassword(atPassword, { password: 'short', again: 'short' }, door),
  ).rejects.toMatchObject({
    fields: { password: expect.any(String) },
  });
  const strong = '邻里之间有话好好说 别吵架';
  await expect(
    signIn.choosePassword(atPassword, { password: strong, again: chosen.again }, door),
  ).rejects.toMatchObject({
    fields: { again: expect.any(String) },
  });
  await expect(
    signIn.choosePassword(atPassword, { password: PASSWORD, again: PASSWORD }, door),
  ).rejects.toMatchObject({
    fields: { password: expect.stringContaining('一样') },
  });
  const second = await signIn.choosePassword(atPassword, { password: strong, again: strong }, door);
  expect(second.to).toBe('enrol');
  await expect(
    signIn.choosePassword(atPassword, { password: strong, again: strong }, door),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  const atEnrol = cookieIn(second.cookies, PENDING);
  const half = await signIn.halfway(atEnrol);
  await expect(signIn.enrol(atEnrol, '000000', door)).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  const done = await signIn.enrol(atEnrol, codeAt(at, half!.pending.secret), door);
  expect(done.to).toBe('in');
  expect(await actorOf(done.cookies)).toMatchObject({ kind: 'staff', id });
  expect((await enter('admin1', strong)).to).toBe('code');
});
