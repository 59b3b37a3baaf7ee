import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { AccountId, PlaceId, ResidentId } from '#db/schema/ids.ts';
import { freshStore } from '../../support/store.ts';

const { remove } = freshStore();
afterAll(remove);

const { setClock } = await import('#core/clock.ts');
const { reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { accounts, grants, residents, sessions } = await import('#db/schema/accounts.ts');
const { places } = await import('#db/schema/places.ts');
const { eq } = await import('drizzle-orm');
const service = await import('#domains/accounts/sessions.ts');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-02T01:00:00Z');

let clock = START;
const at = (ms: number): void => {
  clock = START + ms;
};
setClock(() => new Date(clock));
afterEach(() => at(0));

await write.quiet(async (tx) => {
  await tx.insert(places).values({ id: 1 as PlaceId, level: 'city', code: 'c', name: '城', path: '/1/' });
  for (const id of [1, 2]) {
    await tx.insert(accounts).values({
      id: id as AccountId,
      username: `u${id}`,
      name: `员${id}`,
      passwordHash: 'x',
      passwordAt: new Date(START),
      createdAt: new Date(START),
    });
    await tx.insert(grants).values({
      accountId: id as AccountId,
      role: 'editor',
      placeId: 1 as PlaceId,
      from: new Date(START),
    });
  }
  await tx.insert(residents).values({ id: 1 as ResidentId, phoneHash: 'h', createdAt: new Date(START) });
});

const staff = { kind: 'staff', id: 1 as AccountId } as const;
const resident = { kind: 'resident', id: 1 as ResidentId } as const;
const shared = { kind: 'publicComputer', id: 1 as ResidentId } as const;
const stateOf = async (token: string): Promise<string | null> => (await service.read(token))?.state ?? null;

describe('a session', () => {
  test('gives back who signed in, with the roles and the places they cover', async () => {
    const { token, cookie } = await service.start(staff, 'test');
    expect(cookie).toMatch(/^__Host-session=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/);
    const found = await service.read(token);
    expect(found).toMatchObject({
      state: 'live',
      actor: { kind: 'staff', id: 1, grants: [{ role: 'editor', placePath: '/1/', categories: null }] },
    });
  });

  test('has a new token at every sign-in', async () => {
    const [a, b] = [await service.start(staff, ''), await service.start(staff, '')];
    expect(a.token).not.toBe(b.token);
  });

  test('is not opened by anything that stands in the store', async () => {
    const { token } = await service.start(staff, 'test');
    const rows = await reader.select().from(sessions);
    for (const row of rows) {
      for (const value of Object.values(row)) {
        expect(String(value)).not.toContain(token);
        expect(await service.read(String(value))).toBeNull();
      }
    }
  });

  test.each([
    ['staff', staff, 30 * MINUTE],
    ['a resident', resident, 30 * DAY],
    ['a resident at a shared computer', shared, 30 * MINUTE],
  ] as const)('of %s ends when left idle', async (_name, owner, idle) => {
    const { token } = await service.start(owner, '');
    at(idle - 1);
    const early = await service.start(owner, '');
    at(idle);
    expect(await stateOf(token)).toBe('ended');
    expect(await stateOf(early.token)).toBe('live');
  });

  test.each([
    ['staff', staff, 20 * MINUTE, 12 * HOUR],
    ['a resident', resident, 20 * DAY, 90 * DAY],
  ] as const)(
    'of %s lives on with use, but not past its absolute life',
    async (_name, owner, step, absolute) => {
      const { token } = await service.start(owner, '');
      for (let t = step; t < absolute; t += step) {
        at(t);
        expect(await stateOf(token)).toBe('live');
      }
      at(absolute);
      expect(await stateOf(token)).toBe('ended');
    },
  );

  test('that ended still tells whose it was, and nothing more', async () => {
    const { token } = await service.start(staff, '');
    at(HOUR);
    expect(await service.read(token)).toEqual({ state: 'ended', owner: staff });
  });

  test('ends at sign-out; every session of an account ends at once, and no other account’s', async () => {
    const [one, two, other] = [
      await service.start(staff, ''),
      await service.start(staff, ''),
      await service.start({ kind: 'staff', id: 2 as AccountId }, ''),
    ];
    expect(await service.end(one.token)).toContain('Max-Age=0');
    expect(await service.read(one.token)).toBeNull();
    await service.endAllOf(staff);
    expect(await service.read(two.token)).toBeNull();
    expect(await stateOf(other.token)).toBe('live');
  });

  test('of a disabled account opens nothing', async () => {
    const { token } = await service.start({ kind: 'staff', id: 2 as AccountId }, '');
    await write.quiet((tx) =>
      tx
        .update(accounts)
        .set({ state: 'disabled' })
        .where(eq(accounts.id, 2 as AccountId)),
    );
    expect(await service.read(token)).toBeNull();
  });

  test('is swept once expired', async () => {
    await service.start(staff, '');
    at(31 * DAY * 3);
    await service.sweep();
    expect(await reader.select().from(sessions)).toEqual([]);
  });
});
