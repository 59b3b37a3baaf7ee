import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';
import { PASSWORD, plantAccount, plantCity } from '../support/people.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { verifyChain } = await import('#core/audit.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { accounts } = await import('#db/schema/accounts.ts');
const { audit } = await import('#db/schema/core.ts');
const { orgUnits } = await import('#db/schema/places.ts');
const admin = await import('#domains/accounts/staff/service.ts');
const { checkStaff, importStaff } = await import('#domains/accounts/import/service.ts');
const { checkLog, exportLog, readLog } = await import('#domains/accounts/log/service.ts');
const { LogQuery } = await import('#domains/accounts/log/input.ts');
const me = await import('#domains/accounts/me/service.ts');
const sessions = await import('#domains/accounts/sessions.ts');
const setup = await import('#domains/accounts/setup/service.ts');
const { enter } = await import('#domains/accounts/sign-in/service.ts');

afterAll(() => {
  closeStore();
  remove();
});
await plantCity();
await write.quiet((tx) =>
  tx
    .insert(orgUnits)
    .values({ code: 'U1', kind: 'department', name: '市政局', shortName: '市政', placeId: 1 as PlaceId }),
);

const as = (id: AccountId, role: Role, path = '/1/'): Staff => ({
  kind: 'staff',
  id,
  name: '甲',
  unitId: null,
  grants: [{ role, placeId: 1 as PlaceId, placePath: path, categories: null }],
});
const root = as(await plantAccount('root', ['sysAdmin']), 'sysAdmin');
const city = 1 as PlaceId;
const district = 2 as PlaceId;
const door = { address: '203.0.113.77', agent: 'x', device: undefined };
const tokenIn = (cookie: string) => cookie.split('=')[1]!.split(';')[0]!;
const signedIn = async (username: string, password: string) => {
  const { to, cookies } = await enter({ username, password, code: '' }, door);
  return { to, token: tokenIn(cookies[0]!) };
};
const live = async (token: string) => (await sessions.read(token))?.state === 'live';

describe('accounts', () => {
  test('a new one gets a password that must be changed, one role, and a name nobody else has', async () => {
    const sent = {
      username: 'li.na',
      name: '李娜',
      unitId: null,
      role: 'operator',
      placeId: city,
      categories: [],
    } as const;
    const { id, password } = await admin.createStaff(root, { ...sent, categories: [] });
    expect(password).toMatch(/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/);
    expect((await signedIn('li.na', password)).to).toBe('password');
    await expect(admin.createStaff(root, { ...sent, categories: [] })).rejects.toMatchObject({
      fields: { username: expect.any(String) },
    });
    const view = await admin.viewStaff(root, id);
    expect(view.grants).toMatchObject([{ role: 'operator', place: '云汀市', categories: null }]);
    expect(JSON.stringify(view)).not.toMatch(/argon2|totpSealed|passwordHash/);
  });

  test('only who manages accounts may; and within the granted place only', async () => {
    const sent = {
      username: 'x.y',
      name: '甲',
      unitId: null,
      role: 'operator',
      placeId: city,
      categories: [],
    } as const;
    await expect(
      admin.createStaff(as(2 as AccountId, 'secAdmin'), { ...sent, categories: [] }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      admin.createStaff(as(2 as AccountId, 'sysAdmin', '/1/2/'), { ...sent, categories: [] }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const { id } = await admin.createStaff(as(2 as AccountId, 'sysAdmin', '/1/2/'), {
      ...sent,
      placeId: district,
      categories: [],
    });
    expect(id).toBeGreaterThan(0);
    expect((await admin.listStaff(root, { q: 'x.', page: 1 })).total).toBe(1);
  });

  test.each([
    ['editor', 'approver'],
    ['dispatcher', 'handler'],
    ['sysAdmin', 'editor'],
    ['editor', 'auditor'],
    ['sysAdmin', 'secAdmin'],
  ] as const)('%s and %s are never one person', async (first, second) => {
    const id = await plantAccount(`two.${first}.${second}`, [first]);
    await expect(
      admin.grantRole(root, id, { role: second, placeId: city, categories: [] }),
    ).rejects.toMatchObject({
      fields: { role: expect.any(String) },
    });
  });

  test('a role is given at once and taken back at once, with scope and matters', async () => {
    const id = await plantAccount('wang', ['handler']);
    const { token } = await signedIn('wang', PASSWORD);
    const grants = async () => {
      const session = await sessions.read(token);
      return session?.state === 'live' && session.actor.kind === 'staff' ? session.actor.grants : [];
    };
    await admin.grantRole(root, id, {
      role: 'inspector',
      placeId: district,
      categories: ['MANHOLE', 'DRAIN'],
    });
    expect(await grants()).toContainEqual({
      role: 'inspector',
      placeId: 2,
      placePath: '/1/2/',
      categories: ['MANHOLE', 'DRAIN'],
    });
    await expect(
      admin.grantRole(root, id, { role: 'inspector', placeId: district, categories: ['MANHOLE', 'DRAIN'] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const grant = (await admin.viewStaff(root, id)).grants.find(({ role }) => role === 'inspector')!;
    await admin.revokeRole(root, id, grant.id);
    expect((await grants()).map(({ role }) => role)).toEqual(['handler']);
    await expect(admin.revokeRole(root, id, grant.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('disabling ends every session at once and shuts the door; enabling opens it', async () => {
    const id = await plantAccount('zhao', ['editor']);
    const one = await signedIn('zhao', PASSWORD);
    const two = await signedIn('zhao', PASSWORD);
    await admin.disableStaff(root, id);
    expect([await live(one.token), await live(two.token)]).toEqual([false, false]);
    await expect(signedIn('zhao', PASSWORD)).rejects.toMatchObject({ code: 'invalid' });
    await admin.enableStaff(root, id);
    expect((await signedIn('zhao', PASSWORD)).to).toBe('in');
  });

  test('a reset password ends sessions, voids the old one and must be changed', async () => {
    const id = await plantAccount('qian', ['editor']);
    const { token } = await signedIn('qian', PASSWORD);
    const password = await admin.resetPassword(root, id);
    expect(await live(token)).toBe(false);
    await expect(signedIn('qian', PASSWORD)).rejects.toMatchObject({ code: 'invalid' });
    expect((await signedIn('qian', password)).to).toBe('password');
  });

  test('nobody changes his own roles or state; the last system administrator stays', async () => {
    await expect(admin.disableStaff(root, root.id)).rejects.toMatchObject({ code: 'forbidden' });
    const other = as(999 as AccountId, 'sysAdmin');
    for (const { id } of (await admin.listStaff(root, { q: '', role: 'sysAdmin', page: 1 })).entries) {
      if (id !== root.id) await admin.disableStaff(root, id);
    }
    await expect(admin.disableStaff(other, root.id)).rejects.toThrow('最后一位');
    expect(
      (await reader.select({ state: accounts.state }).from(accounts).where(eq(accounts.id, root.id)))[0]
        ?.state,
    ).toBe('active');
  });

  test('one’s own: sessions listed and ended, the password changed only with the present one', async () => {
    const id = await plantAccount('sun', ['editor']);
    const self = as(id, 'editor');
    const one = await signedIn('sun', PASSWORD);
    const two = await signedIn('sun', PASSWORD);
    const listed = (await admin.viewMyself(self)).sessions;
    expect(listed).toHaveLength(2);
    expect(JSON.stringify(listed)).not.toContain(one.token);
    const next = '槐花开了 大家都来坐坐吧';
    await expect(
      me.changePassword(self, { current: 'no', password: next, again: next }, 'x'),
    ).rejects.toMatchObject({ fields: { current: expect.any(String) } });
    const cookie = await me.changePassword(self, { current: PASSWORD, password: next, again: next }, 'x');
    expect([await live(one.token), await live(two.token), await live(tokenIn(cookie))]).toEqual([
      false,
      false,
      true,
    ]);
    const mine = (await admin.viewMyself(self)).sessions[0]!;
    await expect(admin.endSession(as(998 as AccountId, 'editor'), id, mine.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await admin.endSession(self, id, mine.id);
    expect(await live(tokenIn(cookie))).toBe(false);
  });
});

describe('a table of accounts', () => {
  const row = (line: number, username: string, role: string, place = 'P1', more = {}) => ({
    line,
    values: {
      username,
      name: `姓名${username.toLowerCase()}`,
      unit: '',
      role,
      place,
      categories: '',
      ...more,
    },
  });

  test('several roles of one person stand in several rows; passwords come out once; a second time there is nothing to do', async () => {
    const rows = [
      row(2, 'Table.One', '派单员'),
      row(3, 'table.one', '话务员'),
      row(4, 'table.two', '承办员', 'P2', { unit: 'U1', categories: 'MANHOLE、DRAIN' }),
      row(5, 'wang', '责任人', 'P4', { name: '不改的' }),
    ];
    expect((await checkStaff(rows)).map(({ action, problems }) => [action, ...problems])).toEqual([
      ['add'],
      ['change'],
      ['add'],
      ['change'],
    ]);
    const issued = await importStaff(root, rows);
    expect(issued.map(({ username }) => username)).toEqual(['table.one', 'table.two']);
    expect((await signedIn('table.two', issued[1]!.password)).to).toBe('password');
    expect(new Set((await checkStaff(rows)).map(({ action }) => action))).toEqual(new Set(['same']));
    const two = (await admin.listStaff(root, { q: 'table.two', page: 1 })).entries[0]!;
    expect(two).toMatchObject({
      unit: '市政',
      grants: [{ role: 'handler', place: '汀南区', categories: ['MANHOLE', 'DRAIN'] }],
    });
  });

  test('wrong rows are named and nothing is taken in', async () => {
    const rows = [
      row(2, 'good.one', '编辑'),
      row(3, 'good.one', '审核发布人'),
      row(4, 'bad.role', '站长'),
      row(5, 'bad.place', '编辑', 'P99'),
      row(6, 'bad.unit', '编辑', 'P1', { unit: 'U9' }),
      row(7, '坏名', '编辑'),
      row(8, 'bad.matter', '承办员', 'P1', { categories: 'NOPE' }),
    ];
    const checked = await checkStaff(rows);
    expect(checked.map(({ action }) => action)).toEqual([
      'add',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
    ]);
    expect(checked.map(({ problems }) => problems.join())).toEqual([
      '',
      expect.stringContaining('两个人'),
      expect.stringContaining('站长'),
      expect.stringContaining('P99'),
      expect.stringContaining('U9'),
      expect.stringContaining('用户名'),
      expect.stringContaining('NOPE'),
    ]);
    await expect(importStaff(root, rows)).rejects.toMatchObject({ code: 'invalid' });
    expect((await admin.listStaff(root, { q: 'good.one', page: 1 })).total).toBe(0);
  });
});

describe('the log', () => {
  const auditor = as(997 as AccountId, 'auditor');

  test('every act above stands in it, with no password, name or phone; its chain holds; only auditors read it', async () => {
    const { rows, total, entities } = await readLog(auditor, LogQuery.parse({ action: 'account' }));
    expect(total).toBeGreaterThan(10);
    expect(new Set(rows.map(({ action }) => action))).toContain('account.disable');
    expect(entities).toContain('account');
    expect(rows.map(({ detail }) => detail).join()).not.toMatch(/李娜|argon2|password":"/);
    expect((await checkLog(auditor)).brokenAt).toBeNull();
    await expect(readLog(root, LogQuery.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
    const before = (await reader.select().from(audit)).length;
    await exportLog(auditor, LogQuery.parse({ from: '2000-01-01', to: 'nonsense' }));
    expect((await reader.select().from(audit)).length).toBe(before + 1);
    expect((await verifyChain(reader)).brokenAt).toBeNull();
  });

  test('it is narrowed by day, by what and by whom; an action’s prefix does not catch its neighbours', async () => {
    const count = async (query: object) => (await readLog(auditor, LogQuery.parse(query))).total;
    expect(await count({ from: '2999-01-01' })).toBe(0);
    expect(await count({ action: 'acc' })).toBe(0);
    expect(await count({ actor: String(root.id), action: 'account.resetPassword' })).toBe(1);
    expect(await count({ entity: 'account', id: String(root.id) })).toBe(0);
  });
});

describe('a new city', () => {
  test('says what it lacks and opens when the last required thing is there', async () => {
    const { putSetting, setting } = await import('#domains/settings/service.ts');
    const { system } = await import('#core/actor.ts');
    const lacking = async () =>
      (await setup.setupState()).items
        .filter(({ required, done }) => required && !done)
        .map(({ key }) => key);
    expect(await lacking()).toEqual(['name', 'hotline', 'retention']);
    expect(await setup.isCityOpen()).toBe(false);
    const put = async (key: 'site' | 'retention', values: object) => {
      const value = { ...(await setting(key)), ...values };
      await write(system('test'), 'test', (tx, change) =>
        putSetting(tx, change, key, value as never, system('test')),
      );
    };
    await put('site', { name: '文明云汀', hotlineNumber: '12345678' });
    expect(await lacking()).toEqual(['retention']);
    await put('retention', { confirmed: true });
    expect(await setup.setupState()).toMatchObject({ open: true });
    expect(await setup.isCityOpen()).toBe(true);
    await put('site', { hotlineNumber: '' });
    expect(await setup.isCityOpen()).toBe(false);
  });

  test('its administrators are made once', async () => {
    const made = await setup.createAdministrators();
    expect(made.map(({ role }) => role)).toEqual(['secAdmin']);
    expect((await signedIn('secadmin', made[0]!.password)).to).toBe('password');
    expect(await setup.createAdministrators()).toEqual([]);
  });
});
