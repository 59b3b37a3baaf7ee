import type { Finding, PersonalKind } from './finding.ts';

// No look-behind anywhere: Safari 13 cannot parse it. What must stand before a match is its first group.
const FULL_WIDTH = /[！-～]/g;
const DASHES = /[‐-―−]/g;
const HAN_DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};

/** The text with full-width letters, digits and dashes made plain; every character keeps its place. */
export const plain = (text: string): string =>
  text
    .replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(DASHES, '-')
    .replace(/\u3000/g, ' ');

const hanToDigits = (text: string): string =>
  text.replace(/[〇零一幺二三四五六七八九]/g, (c) => HAN_DIGITS[c] ?? c);

const DATE = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const ID = new RegExp(
  `(^|[^0-9A-Za-z])([1-9]\\d{5} ?(?:18|19|20)\\d{2}${DATE} ?\\d{3}[0-9Xx]|[1-9]\\d{7}${DATE}\\d{3})(?![0-9A-Za-z])`,
  'g',
);
const ID_BY_WORD = /(身份证[^0-9\n]{0,8})(\d{15,17}[0-9Xx]?)(?![0-9A-Za-z])/g;
const BANK = /(^|\D)([3-9]\d{15,18}|[3-9]\d{3}([ -])\d{4}\3\d{4}\3\d{4}(?:\3\d{1,3})?)(?!\d)/g;
const BANK_BY_WORD = /((?:卡号|账号|帐号|账户|帐户)[^0-9\n]{0,8})(\d(?:[ -]?\d){9,20})(?!\d)/g;
const MOBILE =
  /(^|\D)((?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}[ -]?\d{4}|[ -]?\d{3}[ -]?\d{5}|\d[ -]?\d{3}[ -]?\d{4}))(?!\d)/g;
// Local numbers often follow each other: 「电话：88123456、88123457」.
const MORE = '(?:[、,/;和或及者 ]{1,3}[2-8]\\d{6,7}){0,5}';
const LANDLINE = new RegExp(
  `(^|\\D)((?:\\(0\\d{2,3}\\)|0\\d{2,3})[ -]{0,2}\\d{7,8}(?:-\\d{1,6})?(?!\\d)${MORE})(?!\\d)`,
  'g',
);
const LOCAL = new RegExp(
  `((?:电话|座机|固话|联系方式|致电|拨打|号码|tel)[^0-9\\n]{0,6})([2-8]\\d{6,7}(?!\\d)${MORE})(?!\\d)`,
  'gi',
);
const PLATE =
  /()([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-Z][·•. -]?(?:[A-Z0-9]{5,6}|[A-Z0-9]{4}[挂学警港澳使领]))(?![A-Za-z0-9])/gi;
const PLATE_BY_WORD = /(车牌(?:号码|号|照)?[为是: ]{0,3})([A-Z][·•. -]?[A-Z0-9]{5,6})(?![A-Za-z0-9])/gi;
const EMAIL = /()([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})/g;
const ACCOUNT =
  /((?:qq|微信|威信|vx|wx|v信|抖音)(?:群|号码|号){0,2}[为是: ]{0,3})([A-Za-z0-9][A-Za-z0-9_-]{4,19})(?![A-Za-z0-9_-])/gi;

/** The checksum that bank cards carry. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const looksLikeDate = (digits: string): boolean => /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])/.test(digits);

function* matches(
  original: string,
  shadow: string,
  kind: PersonalKind,
  pattern: RegExp,
  accept: (found: string) => boolean = () => true,
): Generator<Finding> {
  for (const match of shadow.matchAll(pattern)) {
    const [, before = '', found = ''] = match;
    const start = match.index + before.length;
    const end = start + found.length;
    if (accept(found)) yield { kind, start, end, text: original.slice(start, end) };
  }
}

/** ID, bank card and telephone numbers, plates, mail addresses and account names, the surest first. */
export function findNumbers(text: string): Finding[] {
  const shadow = plain(text);
  const spoken = hanToDigits(shadow);
  const found = [
    ...matches(text, shadow, 'id', ID),
    ...matches(text, shadow, 'id', ID_BY_WORD),
    ...matches(text, shadow, 'bank', BANK_BY_WORD),
    ...matches(text, shadow, 'bank', BANK, (digits) => luhn(digits.replace(/\D/g, ''))),
    ...matches(text, shadow, 'phone', MOBILE),
    ...matches(text, shadow, 'phone', LANDLINE),
    ...matches(text, shadow, 'phone', LOCAL, (digits) => !looksLikeDate(digits)),
    ...matches(text, shadow, 'email', EMAIL),
    ...matches(text, shadow, 'plate', PLATE, (plate) => plate.replace(/\D/g, '').length >= 2),
    ...matches(text, shadow, 'plate', PLATE_BY_WORD, (plate) => plate.replace(/\D/g, '').length >= 2),
    ...matches(text, shadow, 'account', ACCOUNT, (name) => /[0-9_]/.test(name)),
  ];
  if (spoken !== shadow) found.push(...matches(text, spoken, 'phone', MOBILE));
  return found;
}

/** ID numbers alone: no office ever needs to write one. */
export function findIds(text: string): Finding[] {
  const shadow = plain(text);
  return [...matches(text, shadow, 'id', ID), ...matches(text, shadow, 'id', ID_BY_WORD)];
}

const NUMERAL = '(?:[A-Za-z]?\\d{1,4}[A-Za-z]?|[一二三四五六七八九十百]{1,4}|[A-Za-z])';
// 「1、3、5栋」 and 「78-80栋」 name several at once.
const BUILDING = new RegExp(`((?:[A-Za-z]?\\d{1,3}[-、和/]){0,8}${NUMERAL})(号楼|#楼|栋|幢)`, 'g');
const TOWER = /([A-Za-z]\d{0,2})座/g;
const STAIR = new RegExp(`(${NUMERAL})单元`, 'g');
const ROOM = /(\d{3,4}[A-Za-z]?)( ?)(室|房|号房|户)/g;
const AFTER_STAIR =
  /(号楼|栋|幢|座|单元|层|楼)([ -]?)(\d{3,4})(?![\d年月元户人平米万块多余个名次辆棵吨亩度分号.%-])/g;
const DASHED = /(^|[^\dA-Za-z-])((?:[A-Za-z]?\d{1,3})-\d{1,2}-\d{3,4})(?![\d-])/g;
const STREET =
  /(路|街|巷|弄|胡同|大道|村|庄|社区|小区|门牌(?:号码|号)?[为是: ]{0,2}|组)(附?(?:\d{1,5}|[一二三四五六七八九十百]{2,5}))(号)(?![线文令机井坑桩台仓站]|门(?![口前外面]))/g;
const COUNTED_BEFORE = /[共有约近建拆这那哪每几多第数盖剩卖买]$/;
const COUNTED_AFTER =
  /^(?:楼房|房屋|房子|房产|居民楼|高层|别墅|安置房|住宅|公寓|大楼|小楼|违建|新楼|老楼|危房)/;
const YEAR = /^(?:19|20)\d{2}$/;

function* houses(text: string): Generator<Finding> {
  const hit = (start: number, length: number): Finding => ({
    kind: 'house',
    start,
    end: start + length,
    text: text.slice(start, start + length),
  });
  const shadow = plain(text);
  for (const match of shadow.matchAll(BUILDING)) {
    const [matched, list = '', unit = ''] = match;
    const end = match.index + matched.length;
    // A list that begins in the middle of a longer number is none: only its last numeral belongs to the building.
    const cut = /[0-9A-Za-z*]/.test(shadow.charAt(match.index - 1));
    const numeral = cut ? (/[-、和/]([^-、和/]+)$/.exec(list)?.[1] ?? '') : list;
    if (numeral === '') continue;
    const start = end - unit.length - numeral.length;
    const before = shadow.charAt(start - 1);
    const after = shadow.slice(end, end + 5);
    const spelled = !/[0-9A-Za-z]/.test(numeral);
    // 「一栋」 and 「共12栋」 count buildings, they do not name one; 「三号楼」 always does.
    const counts =
      unit !== '号楼' && unit !== '#楼' && (COUNTED_BEFORE.test(before) || COUNTED_AFTER.test(after));
    const named =
      !spelled ||
      unit === '号楼' ||
      unit === '#楼' ||
      /^[一二三四五六七八九十\dA-Za-z]{1,3}单元|^\d{3}/.test(after);
    if (!counts && named) yield hit(start, end - start);
  }
  for (const match of shadow.matchAll(TOWER)) yield hit(match.index, match[0].length);
  for (const match of shadow.matchAll(STAIR)) {
    if (!/[个几多]$/.test(shadow.slice(0, match.index).slice(-1))) yield hit(match.index, match[0].length);
  }
  for (const match of shadow.matchAll(ROOM)) {
    const [whole, number = '', , unit = ''] = match;
    const after = shadow.slice(match.index + whole.length, match.index + whole.length + 1);
    if (/\d/.test(shadow.charAt(match.index - 1)) || (unit !== '室' && YEAR.test(number))) continue;
    if (unit === '户' || (unit === '房' && /[地产价屋贷租东源子改款间企]/.test(after))) continue;
    yield hit(match.index, whole.length);
  }
  for (const match of shadow.matchAll(AFTER_STAIR)) {
    const [, unit = '', gap = '', number = ''] = match;
    if (!YEAR.test(number)) yield hit(match.index + unit.length + gap.length, number.length);
  }
  for (const match of shadow.matchAll(DASHED)) {
    const [, before = '', number = ''] = match;
    if (!YEAR.test(number.slice(-4))) yield hit(match.index + before.length, number.length);
  }
  for (const match of shadow.matchAll(STREET)) yield hit(match.index, match[0].length);
}

/** Numbers of houses, stairs and rooms, and house numbers of streets. */
export function findHouses(text: string): Finding[] {
  return [...houses(text)];
}
