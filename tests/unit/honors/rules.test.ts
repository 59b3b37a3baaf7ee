import { describe, expect, test } from 'vitest';
import { HONOR_KINDS, HONOREE_EVENTS, HONOREE_STATES } from '#db/schema/honors.values.ts';
import {
  HONOR_INFO,
  inStrokeOrder,
  isShown,
  nextHonoreeState,
  periodLabel,
  type Standing,
} from '#domains/honors/rules.ts';

const consentAt = new Date('2026-08-01');
const standing = (over: Partial<Standing>): Standing => ({
  kind: 'goodPeople',
  state: 'candidate',
  consentAt,
  publicityPassed: true,
  reason: '有据',
  ...over,
});

describe('an honouree', () => {
  const table = {
    'candidate publicise': 'publicity',
    'publicity takeBack': 'candidate',
    'publicity list': 'listed',
    'listed revoke': 'revoked',
  };

  test('moves as the table says and in no other way', () => {
    for (const state of HONOREE_STATES) {
      for (const event of HONOREE_EVENTS) {
        const to = table[`${state} ${event}` as keyof typeof table];
        const attempt = () => nextHonoreeState(event, standing({ state }));
        if (to) expect(attempt()).toBe(to);
        else expect(attempt).toThrow();
      }
    }
  });

  test('nothing becomes public without recorded consent', () => {
    expect(() => nextHonoreeState('publicise', standing({ consentAt: null }))).toThrow('同意');
    expect(() => nextHonoreeState('list', standing({ state: 'publicity', consentAt: null }))).toThrow('同意');
    expect(isShown({ state: 'listed', consentAt: null })).toBe(false);
    expect(HONOREE_STATES.filter((state) => isShown({ state, consentAt }))).toEqual(['publicity', 'listed']);
  });

  test('nobody is listed before the notice has passed', () => {
    expect(() => nextHonoreeState('list', standing({ state: 'publicity', publicityPassed: false }))).toThrow(
      '公示通过以后',
    );
    expect(() => nextHonoreeState('list', standing({ state: 'candidate' }))).toThrow('公示通过以后');
  });

  test('where a visit stands in for the notice, the candidate is listed at once', () => {
    expect(nextHonoreeState('list', standing({ kind: 'hygieneHousehold' }))).toBe('listed');
    expect(() => nextHonoreeState('publicise', standing({ kind: 'hygieneShop' }))).toThrow('上门核实');
  });

  test('revocation and taking back carry reasons', () => {
    expect(() => nextHonoreeState('revoke', standing({ state: 'listed', reason: '' }))).toThrow('理由');
    expect(() => nextHonoreeState('takeBack', standing({ state: 'publicity', reason: ' ' }))).toThrow('理由');
  });
});

test('every kind has its words and sort of period', () => {
  for (const kind of HONOR_KINDS) expect(HONOR_INFO[kind].label).toBeTruthy();
  expect(periodLabel('goodPeople', '2026-08')).toBe('2026年8月');
  expect(periodLabel('fiveGoodFamily', '2026')).toBe('2026年');
  expect(periodLabel('goodPeople', '2026')).toBeNull();
  expect(periodLabel('fiveGoodFamily', '2026-08')).toBeNull();
  expect(periodLabel('goodPeople', '2026-13')).toBeNull();
});

test('persons stand by strokes of the name', () => {
  const people = ['魏甲', '丁乙', '赵丙', '王丁', '李戊'].map((name) => ({ name }));
  expect(inStrokeOrder(people).map(({ name }) => name)).toEqual(['丁乙', '王丁', '李戊', '赵丙', '魏甲']);
});
