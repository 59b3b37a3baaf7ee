import { afterAll, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';
import { freshStore } from '../support/store.ts';

process.env.DEMO = '1';
const { remove, dataDir } = freshStore();
const { writeFileSync } = await import('node:fs');
const { join } = await import('node:path');
const { addDays, beijingDay, now } = await import('#core/clock.ts');
const { closeStore } = await import('#core/store.ts');
const { readTable, toCsv, toXlsx } = await import('#core/tables.ts');
const { onPurge } = await import('#core/tags.ts');
const { loadDemonstration } = await import('#db/demo/load.ts');
const places = await import('#domains/places/service.ts');
const desk = await import('#domains/places/desk/service.ts');
const duties = await import('#domains/places/duties/service.ts');
const dutySheets = await import('#domains/places/duties/sheets/service.ts');
const sheets = await import('#domains/places/sheets/service.ts');
const { listAllPlaces } = places;

const today = beijingDay(now());
await loadDemonstration(today);
afterAll(() => {
  closeStore();
  remove();
});

const all = await listAllPlaces();
const named = (name: string) => all.find((place) => place.name === name)!;
const over = (place: { id: PlaceId; path: string }): Staff => ({
  kind: 'staff',
  id: 1 as AccountId,
  name: '区明远',
  unitId: null,
  grants: [{ role: 'district', placeId: place.id, placePath: place.path, categories: null }],
});
const city = over(named('云汀市'));
const south = over(named('汀南区'));

const sheet = async (content: string | Buffer, columns: typeof sheets.PLACE_COLUMNS, name = 't.csv') => {
  const path = join(dataDir, 'sheet');
  writeFileSync(path, content);
  return readTable({ field: 'file', name, path, bytes: content.length, tooLarge: false }, columns);
};

describe('the city', () => {
  test('its communities come with street and district, in order', async () => {
    const list = await places.listCommunities();
    expect(list).toHaveLength(14);
    expect(list[0]).toMatchObject({ name: '槐荫社区', street: '南门口街道', district: '汀南区' });
    expect(new Set(list.map((one) => one.street)).size).toBe(5);
  });

  test('the units of a building are those of every place above it', async () => {
    const names = (await places.unitsAt(named('槐荫里1号楼').id)).map((unit) => unit.name);
    expect(names).toContain('槐荫社区居民委员会');
    expect(names).toContain('云汀市路灯管理所');
    expect(names.some((name) => name.startsWith('青屏区'))).toBe(false);
  });

  test('who is responsible at a building: its head first, then grid and community; phones by consent only', async () => {
    const holders = await places.responsibleFor(named('槐荫里2号楼').id);
    expect(holders[0]).toMatchObject({ role: 'head', person: '龚德顺', phone: null });
    expect(holders.map(({ role }) => role)).toEqual(expect.arrayContaining(['gridWorker', 'lead']));
    expect(holders.find(({ role }) => role === 'lead')?.phone).toMatch(/^1\d{10}$/);
  });

  test('a community’s page holds today’s holders of all its grids and buildings, and nobody whose term is over', async () => {
    const page = await places.viewCommunity(named('东濠社区').id);
    const people = page.holders.map(({ person }) => person);
    expect(people).toContain('闵海涛');
    expect(people).not.toContain('薄学军');
    expect(page.holders[0]?.role).toBe('lead');
    await expect(places.viewCommunity(named('南门口街道').id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(places.viewCommunity(9999 as PlaceId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('tables', () => {
  test.each(['csv', 'xlsx'] as const)(
    'what is exported as %s comes in again with nothing to do',
    async (kind) => {
      const write = async (table: Parameters<typeof toCsv>[0]) =>
        kind === 'csv' ? toCsv(table) : toXlsx(table);
      const placeRows = await sheet(
        await write(await sheets.placeTable(city)),
        sheets.PLACE_COLUMNS,
        `t.${kind}`,
      );
      expect(
        new Set((await sheets.checkPlaces(city, placeRows)).map((row) => `${row.action} ${row.problems}`)),
      ).toEqual(new Set(['same ']));
      const unitRows = await sheet(
        await write(await sheets.unitTable(city)),
        sheets.UNIT_COLUMNS,
        `t.${kind}`,
      );
      expect(
        new Set((await sheets.checkUnits(city, unitRows)).map((row) => `${row.action} ${row.problems}`)),
      ).toEqual(new Set(['same ']));
      const dutyRows = await sheet(
        await write(await dutySheets.dutyTable(city, today)),
        dutySheets.DUTY_COLUMNS,
        `t.${kind}`,
      );
      expect(
        new Set((await dutySheets.checkDuties(city, dutyRows)).map((row) => `${row.action} ${row.problems}`)),
      ).toEqual(new Set(['same ']));
    },
  );

  const HEAD = '层级,编码,名称,上级编码\n';

  test('children before parents, new and changed rows together, all in one go', async () => {
    const purged: string[] = [];
    const stop = onPurge((tags) => purged.push(...tags));
    const code = named('槐荫社区').code;
    const rows = await sheet(
      `${HEAD}楼栋,NB1,新楼1栋,NG1\n网格,NG1,新网格,NC1\n社区,NC1,新社区,${named('南门口街道').code}\n社区,${code},槐荫新社区,${named('南门口街道').code}\n`,
      sheets.PLACE_COLUMNS,
    );
    expect((await sheets.checkPlaces(city, rows)).map(({ action }) => action)).toEqual([
      'add',
      'add',
      'add',
      'change',
    ]);
    await sheets.importPlaces(city, rows);
    stop();
    const after = await listAllPlaces();
    const building = after.find((place) => place.code === 'NB1')!;
    expect((await places.pathTo(building)).map(({ name }) => name)).toEqual([
      '云汀市',
      '汀南区',
      '南门口街道',
      '新社区',
      '新网格',
      '新楼1栋',
    ]);
    expect(after.some(({ name }) => name === '槐荫新社区')).toBe(true);
    expect(purged).toContain('places');
    expect((await sheets.checkPlaces(city, rows)).map(({ action }) => action)).toEqual([
      'same',
      'same',
      'same',
      'same',
    ]);
  });

  test('each wrong row is named by its number, and then nothing at all is taken in', async () => {
    const street = named('南门口街道').code;
    const rows = await sheet(
      `${HEAD}社区,OK1,好社区,${street}\n\n社区,BAD 1,坏社区,nowhere\n区,BAD2,坏区,${street}\n市,BAD3,第二个市,\n社区,OK1,又一个,${street}\n`,
      sheets.PLACE_COLUMNS,
    );
    const checked = await sheets.checkPlaces(city, rows);
    expect(checked.map(({ line, action }) => [line, action])).toEqual([
      [2, 'add'],
      [4, 'wrong'],
      [5, 'wrong'],
      [6, 'wrong'],
      [7, 'wrong'],
    ]);
    expect(checked[1]?.problems.join()).toContain('nowhere');
    expect(checked[4]?.problems.join()).toContain('出现了两次');
    await expect(sheets.importPlaces(city, rows)).rejects.toThrow(/有 4 行不能导入.*第 4 行/);
    expect((await listAllPlaces()).some(({ code }) => code === 'OK1')).toBe(false);
  });

  test('a district enters nothing in another one', async () => {
    const rows = await sheet(
      `${HEAD}社区,X1,甲,${named('南门口街道').code}\n社区,X2,乙,${all.find((p) => p.level === 'street' && !p.path.startsWith(named('汀南区').path))!.code}\n`,
      sheets.PLACE_COLUMNS,
    );
    expect(
      (await sheets.checkPlaces(south, rows)).map(({ action, problems }) => [action, ...problems]),
    ).toEqual([['add'], ['wrong', '不在您管理的地域内']]);
  });

  test('duties by table: a new term, a changed end, the same twice refused', async () => {
    const code = named('盐仓社区').code;
    const head = '地域编码,责任区类型,责任区,职务,姓名,电话,公开电话,开始日期,结束日期\n';
    const rows = await sheet(`${head}${code},路,盐仓街,巡查 ,张三,,,2026/3/5,\n`, dutySheets.DUTY_COLUMNS);
    expect((await dutySheets.checkDuties(city, rows))[0]?.action).toBe('wrong');
    const good = await sheet(
      `${head}${code},路,盐仓街,卫生员,张三,13900001111,是,2026/3/5,\n${code},路,盐仓街,卫生员,张三,,,2026-03-05,\n`,
      dutySheets.DUTY_COLUMNS,
    );
    expect((await dutySheets.checkDuties(city, good)).map(({ action }) => action)).toEqual(['add', 'wrong']);
    await dutySheets.importDuties(city, good.slice(0, 1));
    const ended = await sheet(
      `${head}${code},路,盐仓街,卫生员,张三,13900001111,否,2026-03-05,2026-12-31\n`,
      dutySheets.DUTY_COLUMNS,
    );
    expect((await dutySheets.checkDuties(city, ended)).map(({ action }) => action)).toEqual(['change']);
    await dutySheets.importDuties(city, ended);
    const row = (await duties.listDuties(city, named('盐仓社区').id)).find(({ person }) => person === '张三');
    expect(row).toMatchObject({ to: '2026-12-31', phonePublic: false, phone: '13900001111', area: '盐仓街' });
  });
});

describe('at the desk', () => {
  test('a place is changed in one’s own district only, and its page is purged', async () => {
    const id = named('盐仓社区').id;
    const view = await desk.viewPlace(south, id);
    const details = { ...view.place, covenant: '一、门前清洁\n二、不占道', officeHours: '每天 9:00—17:00' };
    const purged: string[] = [];
    const stop = onPurge((tags) => purged.push(...tags));
    await desk.changePlace(south, id, details);
    stop();
    expect(purged).toContain(`place:${id}`);
    expect((await places.viewCommunity(id)).community.covenant).toEqual(['门前清洁', '不占道']);
    const north = all.find((p) => p.level === 'community' && !p.path.startsWith(named('汀南区').path))!;
    await expect(desk.changePlace(south, north.id, details)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a code is given out once; a place in use keeps what lies under it', async () => {
    const street = named('柳巷街道');
    const sent = { level: 'community', name: '重复', code: named('柳巷社区').code } as const;
    await expect(desk.createPlace(city, street.id, sent)).rejects.toMatchObject({
      code: 'conflict',
      fields: { code: expect.any(String) },
    });
    await expect(
      desk.createPlace(city, street.id, { ...sent, level: 'building', code: 'Z9' }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await expect(desk.retirePlace(city, street.id, true)).rejects.toThrow('下面还有');
    const id = await desk.createPlace(city, street.id, { ...sent, code: 'Z9' });
    await desk.retirePlace(city, id, true);
    await expect(places.viewCommunity(id)).rejects.toMatchObject({ code: 'not_found' });
    await desk.retirePlace(city, id, false);
    expect((await places.viewCommunity(id)).community.name).toBe('重复');
  });

  test('gaps and overlaps are listed with their places, within one’s own reach', async () => {
    const report = await duties.dutyReport(city);
    expect(
      report.gaps.some(
        ({ place, role, community }) =>
          place === '邮电大院西楼' && role === 'head' && community.includes('槐荫'),
      ),
    ).toBe(true);
    const building = named('槐荫里1号楼');
    const holder = (await duties.listDuties(city, building.id))[0]!;
    const fresh = {
      areaKind: 'building',
      areaName: holder.area,
      role: 'head',
      person: '新楼长',
      phone: '',
      phonePublic: false,
      from: today,
      to: '',
    } as const;
    await duties.appoint(city, building.id, fresh);
    const found = (await duties.dutyReport(city)).overlaps.find(({ placeId }) => placeId === building.id);
    expect(found).toMatchObject({
      role: 'head',
      from: today,
      people: expect.arrayContaining([holder.person, '新楼长']),
    });
    await duties.endDuty(city, holder.id, addDays(today, -1));
    expect((await duties.dutyReport(city)).overlaps.some(({ placeId }) => placeId === building.id)).toBe(
      false,
    );
    const north = over(all.find((p) => p.level === 'district' && p.name !== '汀南区')!);
    expect((await duties.dutyReport(north)).gaps.some(({ place }) => place === '邮电大院西楼')).toBe(false);
  });

  test('consent to show a phone is the holder’s: without it the number stays at the desk', async () => {
    const id = named('槐荫里3号楼').id;
    const holder = (await duties.listDuties(city, id))[0]!;
    await duties.setConsent(city, holder.id, false);
    expect((await places.responsibleFor(id))[0]?.phone).toBeNull();
    await duties.setConsent(city, holder.id, true);
    expect((await places.responsibleFor(id))[0]?.phone).toBe(holder.phone);
  });
});
