import type { Finding, PersonalKind } from './finding.ts';
import { findNames, surnameLength } from './names.ts';
import { findHouses, findIds, findNumbers, plain } from './numbers.ts';

/** What a hint beside the form calls each kind. */
export const PERSONAL_LABEL: Readonly<Record<PersonalKind, string>> = {
  id: '身份证号',
  bank: '银行卡号',
  phone: '电话号码',
  email: '电子邮箱',
  plate: '车牌号',
  account: 'QQ 或微信号',
  house: '门牌号',
  name: '姓名',
};

/** 「王小明」 → 「王**」, whatever the length of the name. */
export function maskName(name: string): string {
  const trimmed = name.trim();
  return trimmed === '' ? '' : `${trimmed.slice(0, surnameLength(trimmed))}**`;
}

/** 「13812341234」 → 「138****1234」; of any other number only an area code remains. */
export function maskPhone(phone: string): string {
  const digits = plain(phone)
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(7)}`;
  const area = /^0(?:10|2\d|[3-9]\d{2})(?=\d{7,8}$)/.exec(digits)?.[0];
  return area ? `${area}-****` : '****';
}

/** The first and the last character of an ID number; stars between. */
export function maskId(id: string): string {
  const digits = plain(id).replace(/[^0-9Xx]/g, '');
  return digits.length < 3 ? '***' : `${digits.charAt(0)}${'*'.repeat(digits.length - 2)}${digits.slice(-1)}`;
}

/** Every numeral of an address: 「3号楼2单元501室」 → 「**号楼**单元**室」. Names of streets and estates stay. */
export function maskHouse(address: string): string {
  return replaceAll(address, findHouses(address));
}

const NUMERALS = /[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+|[一二三四五六七八九十百]+(?=号|栋|幢|单元|#)/g;

/** What stands in the place of a finding. */
export function maskFinding({ kind, text }: Finding): string {
  switch (kind) {
    case 'name':
      return maskName(text);
    case 'phone':
      // Several numbers in a row are hidden one by one; one written out in Han characters is hidden whole.
      return text
        .split(/([、，,／/；;和或及者]+)/)
        .map((part, i) =>
          i % 2 === 1 ? part : /[〇零一幺二三四五六七八九]/.test(part) ? '****' : maskPhone(part),
        )
        .join('');
    case 'id':
      return maskId(text);
    case 'house':
      return text.replace(NUMERALS, '**');
    default:
      return '***';
  }
}

/** Findings in the order of the text; where two overlap the earlier in the list, which is the surer, stays. */
function disjoint(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  const taken = new Set<number>();
  for (const finding of findings) {
    let free = true;
    for (let i = finding.start; i < finding.end && free; i++) free = !taken.has(i);
    if (!free) continue;
    for (let i = finding.start; i < finding.end; i++) taken.add(i);
    kept.push(finding);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function replaceAll(text: string, findings: readonly Finding[]): string {
  let result = '';
  let from = 0;
  for (const finding of disjoint(findings)) {
    result += text.slice(from, finding.start) + maskFinding(finding);
    from = finding.end;
  }
  return result + text.slice(from);
}

/** All personal data that patterns can find, in the order of the text: for hints before a text is sent. */
export function findPersonalData(text: string): Finding[] {
  return disjoint([...findNumbers(text), ...findHouses(text), ...findNames(text)]);
}

/** What is known of the person who filed; empty fields are ignored. */
export interface Filer {
  name?: string | null;
  phone?: string | null;
  address?: string | null;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The known words of one person, also where spaces or dashes were put between their characters. */
function findOwn(text: string, kind: PersonalKind, value: string, gap: string): Finding[] {
  const characters = [...plain(value).replace(/[\s-]/g, '')];
  if (characters.length < 2) return [];
  const pattern = new RegExp(characters.map(literal).join(gap), 'gi');
  return [...plain(text).matchAll(pattern)].map((match) => ({
    kind,
    start: match.index,
    end: match.index + match[0].length,
    text: text.slice(match.index, match.index + match[0].length),
  }));
}

function findFiler(text: string, filer: Filer): Finding[] {
  const address = filer.address?.trim() ?? '';
  // Staff often repeat the number alone: 「3号楼2单元501室」 without the estate's name.
  const house = /[0-9０-９].*/.exec(address)?.[0] ?? '';
  return [
    ...findOwn(text, 'phone', filer.phone ?? '', '[\\s-]?'),
    ...findOwn(text, 'house', address, '\\s?'),
    ...(house.length >= 3 ? findOwn(text, 'house', house, '\\s?') : []),
    ...findOwn(text, 'name', filer.name ?? '', '\\s?'),
  ];
}

/** A resident's own words as the public may read them: every pattern is hidden, and the filer's name wherever it stands. */
export function maskPublicText(text: string, filer: Filer = {}): string {
  return replaceAll(text, [
    ...findNumbers(text),
    ...findFiler(text, filer),
    ...findHouses(text),
    ...findNames(text),
  ]);
}

/**
 * A filer's words as they are read at desks where nobody need know him: his own name and phone go, and whatever else tells who
 * somebody is. Houses and plates stay: the place and the car have to be found.
 */
export function maskPersons(text: string, filer: Pick<Filer, 'name' | 'phone'> = {}): string {
  const numbers = findNumbers(text).filter(({ kind }) => kind !== 'plate');
  const own = findFiler(text, { name: filer.name, phone: filer.phone });
  return replaceAll(text, [...numbers, ...own, ...findNames(text)]);
}

/** Staff's words as the public may read them: only the filer's own data and ID numbers go, office numbers stay. */
export function maskFilerText(text: string, filer: Filer): string {
  return replaceAll(text, [...findIds(text), ...findFiler(text, filer)]);
}
