import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { setClock } = await import('#core/clock.ts');
const { unseal } = await import('#core/secrets.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { checkCode, sendCode } = await import('#domains/accounts/codes/service.ts');

const HERE = '203.0.113.5';
let at = Date.parse('2026-03-05T04:00:00Z');
let serial = 0;
let phone = '';

beforeEach(() => {
  at += 86_400_000 * 2;
  setClock(() => new Date(at));
  serial += 1;
  phone = `1380000${String(serial).padStart(4, '0')}`;
});
afterEach(() => setClock(null));
afterAll(() => {
  closeStore();
  remove();
});

async function lastCode(): Promise<string> {
  const rows = await reader.select().from(outbox);
  const { code } = JSON.parse(unseal(rows.at(-1)!.paramsSealed)) as { code: string };
  return code;
}

test('a code opens once, for its purpose and phone alone', async () => {
  await sendCode(phone, 'signIn', HERE);
  const code = await lastCode();
  expect(code).toMatch(/^\d{6}$/);
  await expect(checkCode(phone, 'findCases', code)).rejects.toMatchObject({ code: 'invalid' });
  await expect(checkCode('13900000000', 'signIn', code)).rejects.toMatchObject({ code: 'invalid' });
  await checkCode(phone, 'signIn', code);
  await expect(checkCode(phone, 'signIn', code)).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
});

test('a code is dead after five minutes', async () => {
  await sendCode(phone, 'signIn', HERE);
  const code = await lastCode();
  at += 5 * 60_000;
  await expect(checkCode(phone, 'signIn', code)).rejects.toThrow('验证码已失效');
});

test('a code is dead after five wrong tries, also for the right one', async () => {
  await sendCode(phone, 'signIn', HERE);
  const code = await lastCode();
  const wrong = code === '000000' ? '111111' : '000000';
  for (const left of [4, 3, 2, 1]) {
    await expect(checkCode(phone, 'signIn', wrong)).rejects.toThrow(`还可以试 ${left} 次`);
  }
  await expect(checkCode(phone, 'signIn', wrong)).rejects.toThrow('已失效');
  await expect(checkCode(phone, 'signIn', code)).rejects.toThrow('已失效');
});

test('twenty requests at once for one number: one message', async () => {
  const before = (await reader.select().from(outbox)).length;
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => sendCode(phone, 'signIn', HERE)));
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  expect((await reader.select().from(outbox)).length - before).toBe(1);
});

test('five an hour and ten a day, the wait told in words', async () => {
  for (let i = 0; i < 5; i += 1) {
    await sendCode(phone, 'signIn', HERE);
    at += 61_000;
  }
  await expect(sendCode(phone, 'findCases', HERE)).rejects.toMatchObject({ code: 'rate_limited' });
  at += 3_600_000;
  for (let i = 0; i < 5; i += 1) {
    await sendCode(phone, 'signIn', HERE);
    at += 61_000;
  }
  at += 3_600_000;
  await expect(sendCode(phone, 'signIn', HERE)).rejects.toThrow(/请过 \d+ 小时再试/);
});
