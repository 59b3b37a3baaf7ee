import type { AreaKind, DutyRole, PlaceLevel, UnitKind } from '#db/schema/places.values.ts';
import { LEVEL_LABEL, parentLevels } from '../rules.ts';

/** A line of a table as it was read: column heading → text. */
export type Row = Readonly<Record<string, string>>;

export interface Problem {
  /** The line in the table as its program shows it: headings are line 1. */
  line: number;
  message: string;
}

export interface Read<T> {
  records: T[];
  problems: Problem[];
}

export const PLACE_HEADINGS = [
  '层级',
  '编码',
  '名称',
  '上级编码',
  '纬度',
  '经度',
  '办公地址',
  '办公时间',
  '办公电话',
] as const;
export const UNIT_HEADINGS = ['编码', '类型', '名称', '简称', '所属地域编码', '电话', '职责'] as const;
export const DUTY_HEADINGS = [
  '地域编码',
  '责任区类型',
  '责任区',
  '职务',
  '姓名',
  '电话',
  '公开电话',
  '开始日期',
  '结束日期',
] as const;

export interface PlaceRecord {
  level: PlaceLevel;
  code: string;
  name: string;
  parentCode: string | null;
  lat: number | null;
  lng: number | null;
  officeAddress: string;
  officeHours: string;
  officePhone: string;
}

export interface UnitRecord {
  code: string;
  kind: UnitKind;
  name: string;
  shortName: string;
  placeCode: string;
  phone: string;
  duties: string;
}

export interface DutyRecord {
  placeCode: string;
  areaKind: AreaKind;
  areaName: string;
  role: DutyRole;
  person: string;
  phone: string;
  phonePublic: boolean;
  from: string;
  to: string | null;
}

const words = <T extends string>(table: Readonly<Record<T, string>>): ReadonlyMap<string, T> =>
  new Map(
    (Object.keys(table) as T[]).flatMap((key) => table[key].split(' ').map((word) => [word, key] as const)),
  );

// How people write levels, kinds and duties in their own tables.
const LEVELS = words<PlaceLevel>({
  city: '市 城市',
  district: '区 县 区县 县区',
  street: '街道 镇 乡 街道、镇 乡镇',
  community: '社区 村 社区、村',
  grid: '网格 片 小区',
  building: '楼栋 楼 栋',
});
const UNITS = words<UnitKind>({
  office: '文明办 创城办',
  department: '部门 局',
  street: '街道 镇 街道办 镇政府',
  community: '社区 村 居委会 村委会',
  property: '物业 物业企业',
  utility: '水电气热 公用事业 水电气热企业',
  partner: '共建单位 驻区单位',
});
const AREAS = words<AreaKind>({ patch: '片 片区 网格', road: '路 道路 街巷', building: '楼 楼栋' });
const DUTIES = words<DutyRole>({
  lead: '第一责任人 书记',
  cadre: '包片干部 包片责任人',
  gridWorker: '网格员',
  head: '楼栋长 楼长 庭院楼栋长',
  publicist: '宣传员',
  security: '治保员',
  mediator: '调解员',
  hygiene: '卫生员',
  familyPlanning: '计生员',
});

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;
const PHONE = /^(?:1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{2,4})$/;

/** Reads one line; remembers what is wrong with it, naming the column. */
class Line {
  readonly problems: Problem[] = [];
  readonly #row: Row;
  readonly #line: number;

  constructor(row: Row, index: number) {
    this.#row = row;
    this.#line = index + 2;
  }

  wrong(message: string): void {
    this.problems.push({ line: this.#line, message: `第 ${this.#line} 行：${message}` });
  }

  text(heading: string, longest: number, required = false): string {
    const value = (this.#row[heading] ?? '').normalize('NFC').trim();
    if (required && value === '') this.wrong(`「${heading}」没有填写`);
    if ([...value].length > longest) this.wrong(`「${heading}」最多 ${longest} 个字`);
    return value;
  }

  plain(heading: string): string {
    return (this.#row[heading] ?? '').normalize('NFKC').replace(/\s/g, '');
  }

  code(heading: string, required = true): string {
    const value = this.plain(heading);
    if (value === '' && required) this.wrong(`「${heading}」没有填写`);
    if (value !== '' && !CODE.test(value))
      this.wrong(`「${heading}」只能用字母、数字、点、横线，最多 32 个字符`);
    return value;
  }

  choice<T extends string>(heading: string, table: ReadonlyMap<string, T>): T | null {
    const value = this.plain(heading);
    const found = table.get(value) ?? null;
    if (found === null) {
      const usual = [...table].filter(([, key], i, all) => all.findIndex(([, other]) => other === key) === i);
      const offer = usual.map(([word]) => word).join('、');
      this.wrong(
        value === '' ? `「${heading}」没有填写` : `「${heading}」不认识“${value}”，可以写：${offer}`,
      );
    }
    return found;
  }

  degrees(heading: string, least: number, most: number): number | null {
    const value = this.plain(heading);
    if (value === '') return null;
    const number = Number(value);
    if (Number.isFinite(number) && number >= least && number <= most) return number;
    this.wrong(`「${heading}」应是 ${least} 到 ${most} 之间的度数`);
    return null;
  }

  phone(heading: string): string {
    const value = this.plain(heading).replace(/[－—–]/g, '-');
    if (value !== '' && !PHONE.test(value)) this.wrong(`「${heading}」不像电话号码：“${value}”`);
    return value;
  }

  day(heading: string, required: boolean): string | null {
    const value = this.plain(heading);
    if (value === '') {
      if (required) this.wrong(`「${heading}」没有填写`);
      return null;
    }
    const match = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(value);
    const day = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : '';
    const date = new Date(`${day}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)) return day;
    this.wrong(`「${heading}」应写成 2026-08-14 的样子`);
    return null;
  }

  yes(heading: string): boolean {
    const value = this.plain(heading);
    if (['', '否', '不', '不公开', '0', 'n', 'no'].includes(value.toLowerCase())) return false;
    if (['是', '公开', '1', 'y', 'yes', '同意'].includes(value.toLowerCase())) return true;
    this.wrong(`「${heading}」请写“是”或“否”`);
    return false;
  }
}

function readAll<T>(rows: readonly Row[], read: (line: Line) => T | null): Read<T> {
  const result: Read<T> = { records: [], problems: [] };
  rows.forEach((row, i) => {
    const line = new Line(row, i);
    const record = read(line);
    if (line.problems.length === 0 && record !== null) result.records.push(record);
    result.problems.push(...line.problems);
  });
  return result;
}

/** Headings that a table lacks, in words; empty when all required ones are there. */
export function missingHeadings(headings: readonly string[], required: readonly string[]): string[] {
  const there = headings.map((heading) => heading.replace(/^\ufeff/, '').trim());
  return required.filter((heading) => !there.includes(heading));
}

/**
 * Places from a table: every parent must stand in the table or in the store (`known`: code → level) and be of a fitting level.
 * Records come in an order in which parents precede their children.
 */
export function readPlaces(
  rows: readonly Row[],
  known: ReadonlyMap<string, PlaceLevel> = new Map(),
): Read<PlaceRecord> {
  const seen = new Set<string>();
  const levels = new Map(known);
  for (const row of rows) {
    const level = LEVELS.get((row.层级 ?? '').normalize('NFKC').trim());
    const code = (row.编码 ?? '').normalize('NFKC').replace(/\s/g, '');
    if (level && code !== '') levels.set(code, level);
  }
  const read = readAll(rows, (line) => {
    const level = line.choice('层级', LEVELS);
    const code = line.code('编码');
    const parentCode = line.code('上级编码', false) || null;
    const record = {
      code,
      parentCode,
      name: line.text('名称', 60, true),
      lat: line.degrees('纬度', 3, 54),
      lng: line.degrees('经度', 73, 136),
      officeAddress: line.text('办公地址', 200),
      officeHours: line.text('办公时间', 200),
      officePhone: line.phone('办公电话'),
    };
    if (seen.has(code)) line.wrong(`「编码」“${code}”在表里出现了两次`);
    seen.add(code);
    if ((record.lat === null) !== (record.lng === null)) line.wrong('「纬度」「经度」要么都填，要么都不填');
    if (level === null) return null;
    const parents = parentLevels(level);
    const parentLevel = parentCode === null ? undefined : levels.get(parentCode);
    if (parents.length === 0 && parentCode !== null) line.wrong('市没有上级，请清空「上级编码」');
    else if (parents.length > 0 && parentCode === null) line.wrong('「上级编码」没有填写');
    else if (parentCode !== null && parentLevel === undefined) line.wrong(`找不到上级“${parentCode}”`);
    else if (parentLevel !== undefined && !parents.includes(parentLevel)) {
      line.wrong(
        `${LEVEL_LABEL[level]}的上级应是${parents.map((p) => LEVEL_LABEL[p]).join('或')}，不能是${LEVEL_LABEL[parentLevel]}`,
      );
    }
    return { level, ...record };
  });
  const order: readonly PlaceLevel[] = ['city', 'district', 'street', 'community', 'grid', 'building'];
  return {
    ...read,
    records: [...read.records].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level)),
  };
}

/** Units from a table; each belongs to a known place. */
export function readUnits(rows: readonly Row[], places: ReadonlySet<string>): Read<UnitRecord> {
  const seen = new Set<string>();
  return readAll(rows, (line) => {
    const kind = line.choice('类型', UNITS);
    const name = line.text('名称', 60, true);
    const record = {
      code: line.code('编码'),
      name,
      shortName: line.text('简称', 20) || name,
      placeCode: line.code('所属地域编码'),
      phone: line.phone('电话'),
      duties: line.text('职责', 500),
    };
    if (seen.has(record.code)) line.wrong(`「编码」“${record.code}”在表里出现了两次`);
    seen.add(record.code);
    if (record.placeCode !== '' && !places.has(record.placeCode))
      line.wrong(`找不到地域“${record.placeCode}”`);
    return kind === null ? null : { kind, ...record };
  });
}

/** Duty holders from a table; each holds one duty of one area of a known place for a term. */
export function readDuties(rows: readonly Row[], places: ReadonlySet<string>): Read<DutyRecord> {
  return readAll(rows, (line) => {
    const areaKind = line.choice('责任区类型', AREAS);
    const role = line.choice('职务', DUTIES);
    const from = line.day('开始日期', true);
    const to = line.day('结束日期', false);
    const record = {
      placeCode: line.code('地域编码'),
      areaName: line.text('责任区', 60, true),
      person: line.text('姓名', 30, true),
      phone: line.phone('电话'),
      phonePublic: line.yes('公开电话'),
    };
    if (record.placeCode !== '' && !places.has(record.placeCode))
      line.wrong(`找不到地域“${record.placeCode}”`);
    if (from !== null && to !== null && to < from) line.wrong('「结束日期」早于「开始日期」');
    if (record.phonePublic && record.phone === '') line.wrong('要公开电话，请先填写「电话」');
    return areaKind === null || role === null || from === null
      ? null
      : { areaKind, role, from, to, ...record };
  });
}
