import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { PlaceId } from '#db/schema/ids.ts';
import { plantCity } from '../support/people.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { setClock } = await import('#core/clock.ts');
const { fingerprint, unseal } = await import('#core/secrets.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { residents, signIns } = await import('#db/schema/accounts.ts');
const { audit } = await import('#db/schema/core.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { askCode, chooseCommunity, enterByCode, findMyself } = await import(
  '#domains/accounts/residents/service.ts'
);
const { signOutEverywhere } = await import('#domains/accounts/sign-in/leave/service.ts');
const sessions = await import('#domains/accounts/sessions.ts');

let at = Date.parse('2026-03-05T04:00:00Z');
beforeEach(() => {
  at += 2 * 86_400_000;
  setClock(() => new Date(at));
});
afterEach(() => setClock(null));
afterAll(() => {
  closeStore();
  remove();
});
await plantCity();

const PHONE = '13812345678';
const door = { address: '203.0.113.9', agent: 'Mozilla/5.0 (iPhone) MicroMessenger/8' };
const lastCode = async () =>
  (JSON.parse(unseal((await reader.select().from(outbox)).at(-1)!.paramsSealed)) as { code: string }).code;
const enter = async (publicComputer = false) => {
  await askCode(PHONE, door.address);
  const cookie = await enterByCode({ phone: PHONE, code: await lastCode(), publicComputer }, door);
  return cookie.split('=')[1]!.split(';')[0]!;
};
const actorOf = async (token: string) => {
  const session = await sessions.read(token);
  return session?.state === 'live' ? session.actor : null;
};

test('the first code takes a resident in, the next finds him; the phone is stored sealed and by its mark', async () => {
  const one = await actorOf(await enter());
  at += 61_000;
  const two = await actorOf(await enter());
  expect(one).toMatchObject({ kind: 'resident', phoneHash: fingerprint(PHONE) });
  expect(two).toEqual(one);
  const rows = await reader.select().from(residents);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(PHONE);
  expect((await findMyself(one!)).phone).toBe('138****5678');
  const log = await reader.select().from(audit);
  expect(log.filter(({ action }) => action === 'resident.signIn')).toHaveLength(2);
  expect(JSON.stringify(log)).not.toContain(PHONE);
  expect((await reader.select().from(signIns)).at(-1)).toMatchObject({
    result: 'ok',
    device: '微信 · iPhone 或 iPad',
  });
});

test('a wrong code is written down and opens nothing; asking twice in a minute is no mistake', async () => {
  await askCode(PHONE, door.address);
  const code = await lastCode();
  await askCode(PHONE, door.address);
  expect(await lastCode()).toBe(code);
  const wrong = code === '000000' ? '111111' : '000000';
  await expect(enterByCode({ phone: PHONE, code: wrong, publicComputer: false }, door)).rejects.toMatchObject(
    { fields: { code: expect.any(String) } },
  );
  expect((await reader.select().from(signIns)).at(-1)?.result).toBe('wrongCode');
  expect(await enterByCode({ phone: PHONE, code, publicComputer: false }, door)).toContain('__Host-session=');
});

test('a session lasts thirty days from its last use and ninety in all; on a public computer half an hour', async () => {
  const day = 86_400_000;
  const token = await enter();
  for (let i = 0; i < 4; i += 1) {
    at += 22 * day;
    expect(await actorOf(token)).not.toBeNull();
  }
  at += 3 * day;
  expect(await actorOf(token)).toBeNull();
  const idle = await enter();
  at += 30 * day;
  expect(await actorOf(idle)).toBeNull();
  const shared = await enter(true);
  at += 29 * 60_000;
  expect(await actorOf(shared)).not.toBeNull();
  at += 60_000;
  expect(await actorOf(shared)).toBeNull();
});

test('signing out everywhere ends the sessions of public computers too', async () => {
  const tokens = [await enter()];
  at += 61_000;
  tokens.push(await enter(true));
  await signOutEverywhere((await actorOf(tokens[0]!))!);
  expect([await actorOf(tokens[0]!), await actorOf(tokens[1]!)]).toEqual([null, null]);
});

test('a community of one’s own is a community', async () => {
  const actor = (await actorOf(await enter()))!;
  await chooseCommunity(actor, 4 as PlaceId);
  expect((await findMyself(actor)).community?.name).toBe('槐荫社区');
  await expect(chooseCommunity(actor, 2 as PlaceId)).rejects.toMatchObject({ code: 'invalid' });
  await expect(chooseCommunity({ kind: 'anonymous' }, 4 as PlaceId)).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  await chooseCommunity(actor, null);
  expect((await findMyself(actor)).community).toBeNull();
});
