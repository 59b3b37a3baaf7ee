import { afterAll, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';
import { freshStore } from '../support/store.ts';

const { remove } = freshStore();
const { addDays, beijingDay, now, setClock, startOfBeijingDay } = await import('#core/clock.ts');
const { system } = await import('#core/actor.ts');
const { closeStore } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { seedCity } = await import('#db/seed.ts');
const { CategoryChange } = await import('#domains/hotline/catalogue/input.ts');
const { catalogueAt, categoryHistory, changeCategory } = await import(
  '#domains/hotline/catalogue/service.ts'
);

afterAll(() => {
  setClock(null);
  closeStore();
  remove();
});
await write(system('test'), 'test', seedCity);

const grants = [{ role: 'secAdmin' as const, placeId: 1 as PlaceId, placePath: '/1/', categories: null }];
const actor: Staff = { kind: 'staff', id: 1 as AccountId, name: '安', unitId: null, grants };
const today = beijingDay(now());
const form = (more: Record<string, unknown>) =>
  CategoryChange.parse({
    name: '井盖和路面',
    hint: '井盖松动、路面塌陷',
    openRule: '有破损',
    closeRule: '已修复',
    limitN: '2',
    limitUnit: 'workday',
    dangerN: '3',
    dangerUnit: 'hour',
    publicPlace: true,
    fixable: true,
    from: addDays(today, 10),
    ...more,
  });

test('a limit changes from its day on; what was filed the day before keeps its own', async () => {
  const before = await catalogueAt(now());
  await changeCategory(actor, 'MANHOLE', form({}));
  expect((await catalogueAt(now())).limits.category.MANHOLE).toEqual(before.limits.category.MANHOLE);
  const eve = new Date(startOfBeijingDay(addDays(today, 10)).getTime() - 1);
  expect((await catalogueAt(eve)).limits.category.MANHOLE.limit).toEqual({ n: 1, unit: 'workday' });
  const after = await catalogueAt(startOfBeijingDay(addDays(today, 10)));
  expect(after.info.MANHOLE.label).toBe('井盖和路面');
  expect(after.limits.category.MANHOLE).toEqual({
    limit: { n: 2, unit: 'workday' },
    flags: { danger: { n: 3, unit: 'hour' } },
    // What the form does not show stays.
    steps: before.limits.category.MANHOLE.steps,
  });
});

test('a plan gives way to another; both stay in the history', async () => {
  await changeCategory(actor, 'MANHOLE', form({ limitN: '', from: addDays(today, 5) }));
  const history = await categoryHistory(actor, 'MANHOLE');
  expect(history.map(({ state }) => state)).toEqual(['dropped', 'planned', 'current']);
  const after = await catalogueAt(startOfBeijingDay(addDays(today, 20)));
  expect(after.limits.category.MANHOLE.limit).toBeUndefined();
});

test('not for today, whose cases are already counted; not for what is no category; not by everybody', async () => {
  await expect(changeCategory(actor, 'MANHOLE', form({ from: today }))).rejects.toMatchObject({
    fields: { from: expect.any(String) },
  });
  await expect(changeCategory(actor, 'NOPE', form({}))).rejects.toMatchObject({ code: 'not_found' });
  const editor: Staff = { ...actor, grants: [{ ...grants[0]!, role: 'editor' }] };
  await expect(changeCategory(editor, 'MANHOLE', form({}))).rejects.toMatchObject({ code: 'forbidden' });
  expect(() => form({ limitN: '0' })).toThrow('1 到 365');
});
