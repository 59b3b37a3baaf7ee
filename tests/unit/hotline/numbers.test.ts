import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  caseNumber,
  complaintNumber,
  parseCaseNumber,
  parseComplaintNumber,
  parseQueryCode,
  queryCode,
  titleFrom,
} from '#domains/hotline/numbers.ts';

describe('complaint numbers', () => {
  test('carry the Beijing day and six digits', () => {
    expect(complaintNumber(new Date('2026-08-14T15:59:59Z'), 42)).toBe('20260814-000042');
    expect(complaintNumber(new Date('2026-08-14T16:00:00Z'), 999_999)).toBe('20260815-999999');
  });

  test.each([
    '20260814-000042',
    '20260814000042',
    ' 2026 0814-000 042 ',
    '２０２６０８１４－０００042',
    '20260814—000042',
    '20260814–000042',
    '2026.08.14.000042',
  ])('typed as %s', (typed) => expect(parseComplaintNumber(typed)).toBe('20260814-000042'));

  test.each([
    '',
    '2026',
    '20261314-000042',
    '20260832-000042',
    '20260814-00042',
    '20260814-0000421',
    'A2026-00001',
    '20260814-00004x',
  ])('cannot be one: %s', (typed) => expect(parseComplaintNumber(typed)).toBeNull());

  test('what was given out is always understood', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        fc.nat(999_999),
        (at, random) => {
          const number = complaintNumber(at, random);
          expect(parseComplaintNumber(number)).toBe(number);
          expect(parseComplaintNumber(number.replace('-', ''))).toBe(number);
        },
      ),
    );
  });
});

describe('case numbers', () => {
  test.each([
    ['A2026-00012', 'A2026-00012'],
    ['a202600012', 'A2026-00012'],
    ['2026-00012', 'A2026-00012'],
    ['Ａ２０２６－０００１２', 'A2026-00012'],
    ['A2026-123456', 'A2026-123456'],
  ])('typed as %s: %s', (typed, number) => expect(parseCaseNumber(typed)?.number).toBe(number));

  test.each(['', 'A2026', 'B2026-00012', 'A2026-0012', 'A2026-00000', '20260814-000042'])(
    'cannot be one: %s',
    (typed) => expect(parseCaseNumber(typed)).toBeNull(),
  );

  test('there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: 999_999 }),
        (year, sequence) => {
          expect(parseCaseNumber(caseNumber(year, sequence))).toEqual({
            number: caseNumber(year, sequence),
            year,
            sequence,
          });
        },
      ),
    );
  });
});

describe('query codes', () => {
  test('are six digits, the same for the same bytes', () => {
    expect(queryCode(new Uint8Array([0, 0, 0, 0, 0, 7, 99]))).toBe('000007');
    expect(queryCode(new Uint8Array(32).fill(255))).toBe('710655');
    expect(() => queryCode(new Uint8Array(3))).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 32 }), (bytes) => {
        expect(queryCode(bytes)).toMatch(/^\d{6}$/);
        expect(parseQueryCode(queryCode(bytes))).toBe(queryCode(bytes));
      }),
    );
  });

  test.each([
    ['012345', '012345'],
    [' 012 345 ', '012345'],
    ['０１２３４５', '012345'],
    ['012-345', '012345'],
    ['12345', null],
    ['abcdef', null],
    ['', null],
  ])('typed as %s: %s', (typed, code) => expect(parseQueryCode(typed)).toBe(code));
});

test.each([
  ['路灯坏了。已经三天。', '路灯坏了'],
  ['  小区门口\n\n积水 ', '小区门口 积水'],
  [
    '楼道里的灯从上个星期一开始就不亮了，晚上走路很危险。',
    '楼道里的灯从上个星期一开始就不亮了，晚上走路很危险',
  ],
  [`楼道灯不亮，老人摔倒过，${'余'.repeat(40)}`, '楼道灯不亮，老人摔倒过…'],
  [`您好，${'余'.repeat(40)}`, `您好，${'余'.repeat(37)}…`],
  ['𠮷'.repeat(40), '𠮷'.repeat(40)],
  ['𠮷'.repeat(41), `${'𠮷'.repeat(40)}…`],
  ['！！！', '！！！'],
  ['', ''],
])('a title from %j: %j', (body, title) => expect(titleFrom(body)).toBe(title));
