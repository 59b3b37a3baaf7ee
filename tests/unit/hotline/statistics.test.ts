import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  elapsedDays,
  figuresOfYear,
  groupBy,
  hideSmallCells,
  joinSmall,
  mean,
  median,
  monthOf,
  OTHERS,
  percent,
  percentile,
  rate,
  yearOf,
} from '#domains/hotline/statistics/rules.ts';

const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);

describe('figures', () => {
  test('months and years are Beijing’s', () => {
    expect(monthOf(new Date('2026-07-31T16:00:00Z'))).toBe('2026-08');
    expect(yearOf(new Date('2025-12-31T15:59:59Z'))).toBe(2025);
  });

  test.each([
    [0, 0],
    [24, 1],
    [47.9, 1.9],
    [2.3, 0],
    [2.4, 0.1],
    [36, 1.5],
  ])('%d hours are %d days', (hours, days) =>
    expect(
      elapsedDays(at('2026-08-01 00:00'), new Date(at('2026-08-01 00:00').getTime() + hours * 3_600_000)),
    ).toBe(days),
  );

  test.each([
    [[], 50, null],
    [[3], 50, 3],
    [[3], 90, 3],
    [[1, 2], 50, 1],
    [[1, 2, 3], 50, 2],
    [[4, 1, 3, 2], 50, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90, 10],
    [[5, 5, 5], 90, 5],
    [[1, 2], 0, 1],
    [[1, 2], 100, 2],
  ])('of %j the %ith percentile is %s', (values, p, expected) =>
    expect(percentile(values, p)).toBe(expected),
  );

  test('at least p per cent do not exceed the percentile, and fewer do not exceed anything less', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 100 }),
        (values, p) => {
          const found = percentile(values, p) ?? -1;
          expect(values).toContain(found);
          expect(values.filter((v) => v <= found).length * 100).toBeGreaterThanOrEqual(p * values.length);
          expect(values.filter((v) => v < found).length * 100).toBeLessThan(p * values.length);
          expect(median(values)).toBe(percentile(values, 50));
        },
      ),
    );
  });

  test('means', () => {
    expect(mean([])).toBeNull();
    expect(mean([1, 2, 2])).toBe(1.7);
  });

  test.each([
    [{ numerator: 1, denominator: 3 }, '33.3%'],
    [{ numerator: 2, denominator: 3 }, '66.7%'],
    [{ numerator: 1973, denominator: 2000 }, '98.7%'],
    [{ numerator: 5, denominator: 5 }, '100.0%'],
    [{ numerator: 0, denominator: 9 }, '0.0%'],
    [{ numerator: 0, denominator: 0 }, '—'],
  ])('%j reads %s', (r, words) => expect(percent(r)).toBe(words));

  test('a rate keeps what it was made of', () => {
    expect(rate([1, 2, 3, 4], (n) => n > 2)).toEqual({ numerator: 2, denominator: 4 });
    expect(
      rate(
        [1, 2, 3, 4],
        (n) => n > 2,
        (n) => n < 4,
      ),
    ).toEqual({ numerator: 1, denominator: 3 });
  });

  test('a year: an answer belongs to the month of its filing, however late', () => {
    const figures = figuresOfYear(
      [
        { filedAt: at('2026-01-01 00:00'), answeredAt: at('2026-01-03 00:00') },
        { filedAt: at('2026-01-31 23:59'), answeredAt: at('2027-02-01 00:00') },
        { filedAt: at('2026-02-01 00:00'), answeredAt: null },
        { filedAt: at('2025-12-31 23:59'), answeredAt: at('2026-01-01 10:00') },
      ],
      2026,
    );
    expect(figures).toMatchObject({ received: 3, answered: 2, medianDays: 2, p90Days: 365 });
    expect(figures.months).toHaveLength(12);
    expect(figures.months[0]).toEqual({
      month: '2026-01',
      received: 2,
      answered: 2,
      medianDays: 2,
      p90Days: 365,
    });
    expect(figures.months[1]).toEqual({
      month: '2026-02',
      received: 1,
      answered: 0,
      medianDays: null,
      p90Days: null,
    });
    expect(figures.months.reduce((n, m) => n + m.received, 0)).toBe(figures.received);
  });

  test('groups keep their order, empty ones included', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], (s) => s.charAt(0), ['a', 'c'])]).toEqual([
      ['a', ['a1']],
      ['c', []],
      ['b', ['b1', 'b2']],
    ]);
  });
});

describe('small cells', () => {
  const count = (label: string, n: number) => ({ label, n });

  test.each([
    ['nothing small', [count('甲', 9), count('乙', 5)], [count('甲', 9), count('乙', 5)]],
    [
      'small ones together',
      [count('甲', 9), count('乙', 3), count('丙', 2)],
      [count('甲', 9), count(OTHERS, 5)],
    ],
    [
      'a lone small one takes the next',
      [count('甲', 9), count('乙', 7), count('丙', 2)],
      [count('甲', 9), count(OTHERS, 9)],
    ],
    ['what was others stays others', [count(OTHERS, 6), count('甲', 9)], [count('甲', 9), count(OTHERS, 6)]],
    ['all small', [count('甲', 2), count('乙', 1)], [count(OTHERS, 3)]],
    ['zeros vanish', [count('甲', 9), count('乙', 0)], [count('甲', 9)]],
  ])('%s', (_name, counts, expected) => expect(joinSmall(counts)).toEqual(expected));

  test('joining changes no total and leaves no small figure while there is company', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 10 }), (ns) => {
        const joined = joinSmall(ns.map((n, i) => count(`类${i}`, n)));
        const total = ns.reduce((a, b) => a + b, 0);
        expect(joined.reduce((a, b) => a + b.n, 0)).toBe(total);
        if (total >= 5) for (const { n } of joined) expect(n).toBeGreaterThanOrEqual(5);
        else expect(joined.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a hidden cell is never alone in its row or column', () => {
    expect(
      hideSmallCells([
        [9, 2, 8],
        [7, 6, 9],
        [8, 8, 8],
      ]),
    ).toEqual([
      [9, null, null],
      [7, null, null],
      [8, 8, 8],
    ]);
    expect(
      hideSmallCells([
        [9, 8],
        [7, 6],
      ]),
    ).toEqual([
      [9, 8],
      [7, 6],
    ]);
    expect(hideSmallCells([])).toEqual([]);
  });

  test('no hidden figure follows from row and column sums', () => {
    const table = fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.nat(30), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(table, (cells) => {
        const shown = hideSmallCells(cells);
        const lines = [...shown, ...(shown[0] ?? []).map((_, c) => shown.map((row) => row[c] ?? null))];
        for (const line of lines) expect(line.filter((n) => n === null).length).not.toBe(1);
        shown.forEach((row, r) => {
          row.forEach((n, c) => {
            if (n !== null) expect(n).toBe(cells[r]![c]);
            expect(n === null || n === 0 || n >= 5).toBe(true);
          });
        });
      }),
    );
  });
});
