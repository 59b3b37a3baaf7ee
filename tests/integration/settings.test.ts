import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { plantAccount, plantCity } from '../support/people.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { setClock } = await import('#core/clock.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { onPurge } = await import('#core/tags.ts');
const { audit } = await import('#db/schema/core.ts');
const { SETTINGS, datedForm } = await import('#domains/settings/input.ts');
const settings = await import('#domains/settings/service.ts');
const { legalText } = await import('#domains/settings/legal/service.ts');

const START = Date.parse('2026-03-05T04:00:00Z');
let at = START;
beforeEach(() => {
  at += 86_400_000;
  setClock(() => new Date(at));
});
afterEach(() => setClock(null));
afterAll(() => {
  closeStore();
  remove();
});
setClock(() => new Date(START));
await plantCity();
const id = await plantAccount('sec', ['secAdmin']);
const grant = { placePath: '/1/', placeId: 1 as PlaceId, categories: null };
const actor: Staff = {
  kind: 'staff',
  id,
  name: '安若山',
  unitId: null,
  grants: [{ role: 'secAdmin', ...grant }],
};
const editor: Staff = { ...actor, grants: [{ role: 'editor', ...grant }] };

const hotline = SETTINGS.hotline.fallback;

test('what nobody set has the value that came with the program', async () => {
  expect(await settings.setting('hotline')).toEqual(hotline);
  expect((await settings.siteSettings()).name).toBe('');
});

test('a change holds at once, purges the site, is in the log, and needs the right', async () => {
  const purged: string[] = [];
  const stop = onPurge((tags) => purged.push(...tags));
  await settings.changeSetting(actor, 'hotline', { ...hotline, reopenDays: 45 });
  stop();
  expect((await settings.setting('hotline')).reopenDays).toBe(45);
  expect(purged).toContain('site');
  const rows = await reader.select().from(audit);
  expect(rows.at(-1)).toMatchObject({
    action: 'settings.change',
    entity: 'setting',
    entityId: 'hotline',
    actorId: String(id),
  });
  await expect(settings.changeSetting(editor, 'hotline', hotline)).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a change from a later day holds from its first moment, without a restart; the past keeps its own', async () => {
  const before = new Date(at);
  await settings.changeSetting(
    actor,
    'accounts',
    { ...SETTINGS.accounts.fallback, staffIdleMinutes: 20 },
    '2026-05-10',
  );
  expect((await settings.setting('accounts')).staffIdleMinutes).toBe(30);
  at = Date.parse('2026-05-09T15:59:59.999Z');
  expect((await settings.setting('accounts')).staffIdleMinutes).toBe(30);
  at += 1;
  expect((await settings.setting('accounts')).staffIdleMinutes).toBe(20);
  expect((await settings.settingAt('accounts', before)).staffIdleMinutes).toBe(30);
});

test('a plan for later gives way to a change made before it begins', async () => {
  const value = SETTINGS.retention.fallback;
  await settings.changeSetting(actor, 'retention', { ...value, codeDays: 5 }, '2026-12-01');
  await settings.changeSetting(actor, 'retention', { ...value, codeDays: 3 });
  at = Date.parse('2026-12-05T00:00:00Z');
  expect((await settings.setting('retention')).codeDays).toBe(3);
  const history = await settings.settingHistory(actor, 'retention');
  expect(history.map(({ state }) => state)).toEqual(['dropped', 'current']);
  expect(history[0]?.byName).toBe('姓名sec');
});

test('a day that is past is refused', async () => {
  await expect(settings.changeSetting(actor, 'hotline', hotline, '2026-01-01')).rejects.toMatchObject({
    fields: { validFrom: expect.any(String) },
  });
});

test('a form’s fields say in words what is out of bounds', () => {
  const parsed = datedForm('hotline').safeParse({
    ...Object.fromEntries(Object.entries(hotline).map(([k, v]) => [k, String(v)])),
    reopenDays: '',
    maxReturns: '11',
    validFrom: '',
  });
  const said = parsed.error?.issues.map((issue) => issue.message);
  expect(said).toEqual(['办结后可要求重办的天数应为 1 到 365 的整数', '退单次数上限应为 1 到 10 的整数']);
});

test('a text is marked up as typed, and is a draft no more once saved', async () => {
  await settings.changeFromForm(
    actor,
    'privacy',
    {
      body: '## 一、谁在处理\n主办单位。\n- 甲\n- 乙\n<p>丙</p>\n<strong>丁</strong>，戊',
    },
    '',
  );
  const { markup, draft, since } = await legalText('privacy');
  expect(draft).toBe(false);
  expect(since).toEqual(new Date(at));
  expect(markup).toBe(
    '<h2>一、谁在处理</h2>\n<p>主办单位。</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n<p>丙</p>\n<p><strong>丁</strong>，戊</p>',
  );
  expect(await settings.policyVersion('privacy')).toMatch(/^privacy-\d+$/);
});
