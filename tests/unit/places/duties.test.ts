import { describe, expect, test } from 'vitest';
import { type Duty, findings } from '#domains/places/duties/rules.ts';
import { covenantOf } from '#domains/places/rules.ts';

test('a covenant as people type it', () => {
  expect(covenantOf('1. 楼道不堆物\n二、电动车不上楼\n\n 3．垃圾分类')).toEqual([
    '楼道不堆物',
    '电动车不上楼',
    '垃圾分类',
  ]);
});

const TODAY = '2026-03-05';
const building = { id: 7, level: 'building' } as const;
const duty = (person: string, from: string, to: string | null, more: Partial<Duty> = {}): Duty => ({
  placeId: 7,
  areaId: 1,
  role: 'head',
  person,
  from,
  to,
  ...more,
});

describe('duties that nobody, or more than one, holds', () => {
  test('a building without a head is a gap from today on', () => {
    expect(findings([building], [], TODAY).gaps).toEqual([
      { placeId: 7, role: 'head', from: TODAY, to: null, people: [] },
    ]);
    expect(findings([{ id: 3, level: 'street' }], [], TODAY).gaps).toEqual([]);
  });

  test('a term that ends soon without a successor is a gap from the day after', () => {
    const ends = duty('甲', '2026-01-01', '2026-03-31');
    expect(findings([building], [ends], TODAY).gaps).toMatchObject([{ from: '2026-04-01', to: null }]);
    expect(findings([building], [ends, duty('乙', '2026-04-01', null)], TODAY).gaps).toEqual([]);
    expect(findings([building], [ends, duty('乙', '2026-04-03', null)], TODAY).gaps).toMatchObject([
      { from: '2026-04-01', to: '2026-04-02' },
    ]);
    expect(findings([building], [duty('甲', '2026-01-01', '2026-12-31')], TODAY).gaps).toEqual([]);
  });

  test('a duty that is not needed is missed only where somebody held it', () => {
    const past = duty('丙', '2026-01-01', '2026-02-01', { role: 'hygiene' });
    const { gaps } = findings([building], [past, duty('甲', '2026-01-01', null)], TODAY);
    expect(gaps).toEqual([{ placeId: 7, role: 'hygiene', from: TODAY, to: null, people: [] }]);
  });

  test('two at once in one area are an overlap, with their names; in two areas or duties they are not', () => {
    const one = duty('甲', '2026-01-01', '2026-03-20');
    const two = duty('乙', '2026-03-10', null);
    expect(findings([building], [one, two], TODAY).overlaps).toEqual([
      { placeId: 7, role: 'head', from: '2026-03-10', to: '2026-03-20', people: ['甲', '乙'] },
    ]);
    expect(findings([building], [one, { ...two, areaId: 2 }], TODAY).overlaps).toEqual([]);
    expect(findings([building], [one, { ...two, role: 'mediator' }], TODAY).overlaps).toEqual([]);
    expect(
      findings([building], [duty('甲', '2025-01-01', '2025-12-31'), duty('乙', '2025-06-01', null)], TODAY)
        .overlaps,
    ).toEqual([]);
  });
});
