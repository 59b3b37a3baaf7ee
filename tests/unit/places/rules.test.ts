import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/clock.ts';
import { AREA_KINDS, DUTY_ROLES, PLACE_LEVELS, UNIT_KINDS } from '#db/schema/places.values.ts';
import {
  AREA_LABEL,
  childPath,
  coverage,
  DUTY_LABEL,
  holdsOn,
  isWithin,
  LEVEL_LABEL,
  parentLevels,
  publicPhone,
  type Term,
  UNIT_LABEL,
} from '#domains/places/rules.ts';
import {
  missingHeadings,
  PLACE_HEADINGS,
  readDuties,
  readPlaces,
  readUnits,
} from '#domains/places/sheets/rules.ts';

describe('levels and paths', () => {
  test('every level but the city lies in the one above, a building also in its community', () => {
    expect(PLACE_LEVELS.map((level) => parentLevels(level))).toEqual([
      [],
      ['city'],
      ['district'],
      ['street'],
      ['community'],
      ['grid', 'community'],
    ]);
  });

  test('a scope covers a place and everything under it, and no neighbour that begins alike', () => {
    const city = childPath('/', 1);
    const district = childPath(city, 4);
    expect(district).toBe('/1/4/');
    expect(isWithin(district, district)).toBe(true);
    expect(isWithin(childPath(district, 9), city)).toBe(true);
    expect(isWithin(childPath(city, 42), district)).toBe(false);
  });

  test('all have their words', () => {
    for (const level of PLACE_LEVELS) expect(LEVEL_LABEL[level]).toBeTruthy();
    for (const kind of UNIT_KINDS) expect(UNIT_LABEL[kind]).toBeTruthy();
    for (const kind of AREA_KINDS) expect(AREA_LABEL[kind]).toBeTruthy();
    for (const role of DUTY_ROLES) expect(DUTY_LABEL[role]).toBeTruthy();
  });
});

describe('duties', () => {
  const term = (from: string, to: string | null): Term => ({ from, to });

  test.each([
    ['2026-01-01', true],
    ['2025-12-31', false],
    ['2026-06-30', true],
    ['2026-07-01', false],
  ])('a term of the first half of 2026 covers %s: %s', (day, holds) =>
    expect(holdsOn(term('2026-01-01', '2026-06-30'), day)).toBe(holds),
  );

  test('a phone is public by consent and during the term alone', () => {
    const holder = { ...term('2026-01-01', '2026-06-30'), phone: '13800000000', phonePublic: true };
    expect(publicPhone(holder, '2026-03-01')).toBe('13800000000');
    expect(publicPhone(holder, '2026-07-01')).toBeNull();
    expect(publicPhone({ ...holder, phonePublic: false }, '2026-03-01')).toBeNull();
  });

  test.each([
    ['nobody', [], [{ from: '2026-01-01', to: '2026-01-10' }], []],
    ['one for all time', [term('2020-01-01', null)], [], []],
    ['a change without a gap', [term('2025-01-01', '2026-01-04'), term('2026-01-05', null)], [], []],
    [
      'a gap of two days',
      [term('2025-01-01', '2026-01-04'), term('2026-01-07', null)],
      [{ from: '2026-01-05', to: '2026-01-06' }],
      [],
    ],
    [
      'an overlap',
      [term('2025-01-01', '2026-01-05'), term('2026-01-04', null)],
      [],
      [{ from: '2026-01-04', to: '2026-01-05', holders: 2 }],
    ],
    [
      'both ends open',
      [term('2026-01-03', '2026-01-08')],
      [
        { from: '2026-01-01', to: '2026-01-02' },
        { from: '2026-01-09', to: '2026-01-10' },
      ],
      [],
    ],
  ])('coverage: %s', (_name, terms, gaps, overlaps) =>
    expect(coverage(terms, '2026-01-01', '2026-01-10')).toEqual({ gaps, overlaps }),
  );

  test('coverage equals counting holders day by day', () => {
    const day = fc.integer({ min: -10, max: 40 }).map((n) => addDays('2026-01-01', n));
    const terms = fc.array(
      fc
        .tuple(day, fc.option(day, { nil: null }))
        .map(([a, b]) => (b === null ? term(a, null) : a <= b ? term(a, b) : term(b, a))),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(terms, fc.integer({ min: 0, max: 30 }), (list, span) => {
        const { gaps, overlaps } = coverage(list, '2026-01-01', addDays('2026-01-01', span));
        for (let i = 0; i <= span; i++) {
          const at = addDays('2026-01-01', i);
          const holders = list.filter((t) => holdsOn(t, at)).length;
          expect(gaps.filter((g) => holdsOn(g, at)).length).toBe(holders === 0 ? 1 : 0);
          expect(overlaps.filter((o) => holdsOn(o, at)).map((o) => o.holders)).toEqual(
            holders > 1 ? [holders] : [],
          );
        }
      }),
    );
  });
});

describe('tables', () => {
  const place = (层级: string, 编码: string, 名称: string, 上级编码 = '', more = {}) => ({
    层级,
    编码,
    名称,
    上级编码,
    ...more,
  });

  test('places come out parents first, whatever their order in the table', () => {
    const { records, problems } = readPlaces([
      place('社区', 'C1', '长兴社区', 'S1', { 纬度: '28.2', 经度: '１１２.９', 办公电话: '0731-88123456' }),
      place('街道', 'S1', '望江街道', 'D1'),
      place('市', 'X', '某市'),
      place('区', 'D1', '河东区', 'X'),
      place('楼栋', 'B1', '1栋', 'C1'),
    ]);
    expect(problems).toEqual([]);
    expect(records.map((r) => r.code)).toEqual(['X', 'D1', 'S1', 'C1', 'B1']);
    expect(records[3]).toMatchObject({
      parentCode: 'S1',
      lat: 28.2,
      lng: 112.9,
      officePhone: '0731-88123456',
    });
    expect(records[0]).toMatchObject({ parentCode: null, lat: null });
  });

  test('parents may stand in the store already', () => {
    expect(readPlaces([place('社区', 'C9', '新社区', 'S1')], new Map([['S1', 'street']])).problems).toEqual(
      [],
    );
  });

  test.each([
    [
      place('县城', 'C1', '某社区', 'S1'),
      '第 2 行：「层级」不认识“县城”，可以写：市、区、街道、社区、网格、楼栋',
    ],
    [place('', 'C1', '某社区', 'S1'), '第 2 行：「层级」没有填写'],
    [place('社区', '', '某社区', 'S1'), '第 2 行：「编码」没有填写'],
    [place('社区', '编 1', '某社区', 'S1'), '第 2 行：「编码」只能用字母、数字、点、横线，最多 32 个字符'],
    [place('社区', 'C1', '', 'S1'), '第 2 行：「名称」没有填写'],
    [place('社区', 'C1', '某社区'), '第 2 行：「上级编码」没有填写'],
    [place('社区', 'C1', '某社区', 'S9'), '第 2 行：找不到上级“S9”'],
    [place('社区', 'C1', '某社区', 'D1'), '第 2 行：社区、村的上级应是街道、镇，不能是区县'],
    [place('市', 'X', '某市', 'S1'), '第 2 行：市没有上级，请清空「上级编码」'],
    [
      place('社区', 'C1', '某社区', 'S1', { 纬度: '282', 经度: '112' }),
      '第 2 行：「纬度」应是 3 到 54 之间的度数',
    ],
    [place('社区', 'C1', '某社区', 'S1', { 纬度: '28' }), '第 2 行：「纬度」「经度」要么都填，要么都不填'],
    [
      place('社区', 'C1', '某社区', 'S1', { 办公电话: '问门卫' }),
      '第 2 行：「办公电话」不像电话号码：“问门卫”',
    ],
    [place('社区', 'C1', '长'.repeat(61), 'S1'), '第 2 行：「名称」最多 60 个字'],
  ])('%j: %s', (row, message) => {
    const { records, problems } = readPlaces(
      [row],
      new Map([
        ['S1', 'street'],
        ['D1', 'district'],
      ]),
    );
    expect(records).toEqual([]);
    expect(problems.map((p) => p.message)).toContain(message);
  });

  test('a line that is wrong does not stop the others; the same code twice is named at the second', () => {
    const { records, problems } = readPlaces([
      place('市', 'X', '某市'),
      place('区', 'D1', '甲区', 'X'),
      place('区', 'D1', '乙区', 'X'),
      place('区', 'D2', '', 'X'),
    ]);
    expect(records.map((r) => r.name)).toEqual(['某市', '甲区']);
    expect(problems).toEqual([
      { line: 4, message: '第 4 行：「编码」“D1”在表里出现了两次' },
      { line: 5, message: '第 5 行：「名称」没有填写' },
    ]);
  });

  test('units: the short name is the name where none is given', () => {
    const row = {
      编码: 'U1',
      类型: '部门',
      名称: '城市管理局',
      所属地域编码: 'D1',
      电话: '12319',
      职责: '市容',
    };
    expect(readUnits([row], new Set(['D1']))).toEqual({
      problems: [],
      records: [
        {
          code: 'U1',
          kind: 'department',
          name: '城市管理局',
          shortName: '城市管理局',
          placeCode: 'D1',
          phone: '12319',
          duties: '市容',
        },
      ],
    });
    expect(readUnits([row, row], new Set()).problems.map((p) => p.message)).toEqual([
      '第 2 行：找不到地域“D1”',
      '第 3 行：「编码」“U1”在表里出现了两次',
      '第 3 行：找不到地域“D1”',
    ]);
  });

  const duty = {
    地域编码: 'C1',
    责任区类型: '楼栋',
    责任区: '3栋',
    职务: '楼栋长',
    姓名: '某某',
    电话: '13800000000',
    公开电话: '是',
    开始日期: '2026/8/1',
    结束日期: '',
  };

  test('duty holders: dates as people write them', () => {
    expect(readDuties([duty], new Set(['C1']))).toEqual({
      problems: [],
      records: [
        {
          placeCode: 'C1',
          areaKind: 'building',
          areaName: '3栋',
          role: 'head',
          person: '某某',
          phone: '13800000000',
          phonePublic: true,
          from: '2026-08-01',
          to: null,
        },
      ],
    });
  });

  test.each([
    [{ 开始日期: '' }, '第 2 行：「开始日期」没有填写'],
    [{ 开始日期: '2026-02-30' }, '第 2 行：「开始日期」应写成 2026-08-14 的样子'],
    [{ 开始日期: '去年' }, '第 2 行：「开始日期」应写成 2026-08-14 的样子'],
    [{ 结束日期: '2026年7月31日' }, '第 2 行：「结束日期」早于「开始日期」'],
    [{ 电话: '' }, '第 2 行：要公开电话，请先填写「电话」'],
    [{ 公开电话: '也许' }, '第 2 行：「公开电话」请写“是”或“否”'],
    [
      { 职务: '班长' },
      '第 2 行：「职务」不认识“班长”，可以写：第一责任人、包片干部、网格员、楼栋长、宣传员、治保员、调解员、卫生员、计生员',
    ],
    [{ 地域编码: 'C9' }, '第 2 行：找不到地域“C9”'],
  ])('duty with %j: %s', (over, message) => {
    const { records, problems } = readDuties([{ ...duty, ...over }], new Set(['C1']));
    expect(records).toEqual([]);
    expect(problems.map((p) => p.message)).toEqual([message]);
  });

  test('missing headings are named', () => {
    expect(missingHeadings(['\ufeff层级', ' 编码 '], ['层级', '编码', '名称'])).toEqual(['名称']);
    expect(missingHeadings(PLACE_HEADINGS, PLACE_HEADINGS)).toEqual([]);
  });
});
