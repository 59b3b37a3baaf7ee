import { expect, test } from 'vitest';
import { catalogueOn } from '#domains/hotline/catalogue/rules.ts';
import { limitFor } from '#domains/hotline/clocks.ts';
import { consentsGiven, settleWishes } from '#domains/hotline/filing/rules.ts';
import { SETTINGS } from '#domains/settings/input.ts';

const thresholds = SETTINGS.hotline.fallback;
const entry = (from: string, to: string | null, days: number) => ({
  code: 'FACILITY',
  name: `路灯 ${days}`,
  hint: '',
  openRule: '',
  closeRule: '',
  limits: { limit: { n: days, unit: 'workday' } },
  publicPlace: true,
  fixable: true,
  validFrom: new Date(`${from}T00:00:00+08:00`),
  validTo: to === null ? null : new Date(`${to}T00:00:00+08:00`),
});
const entries = [entry('2026-01-01', '2026-06-01', 3), entry('2026-06-01', null, 2)];
const facts = { category: 'FACILITY', kind: 'complaint', urgency: 'ordinary' } as const;

test.each([
  ['2025-12-31', 5, '路面、路灯、宣传牌'],
  ['2026-05-31', 3, '路灯 3'],
  ['2026-06-01', 2, '路灯 2'],
])('a case filed on %s keeps the limit of that day: %i working days', (day, n, label) => {
  const { info, limits } = catalogueOn(day, entries, thresholds);
  expect(limitFor(facts, limits)).toEqual({ n, unit: 'workday' });
  expect(info.FACILITY.label).toBe(label);
});

test('the thresholds that staff set are the ones that clocks read', () => {
  const { limits } = catalogueOn('2026-03-04', [], { ...thresholds, acceptWorkdays: 2, lapseDays: 9 });
  expect(limits.step.accept).toEqual({ n: 2, unit: 'workday' });
  expect(limits.step.lapse).toEqual({ n: 9, unit: 'day' });
});

test('who wants secrecy or left no phone shares no contact; consents are what was chosen', () => {
  const wishes = {
    category: 'DRAIN',
    secrecy: 'open',
    shareContact: true,
    callBack: true,
    phone: '1',
  } as const;
  expect(settleWishes(wishes)).toMatchObject({ shareContact: true, callBack: true });
  expect(settleWishes({ ...wishes, phone: '' })).toMatchObject({ shareContact: false, callBack: false });
  expect(settleWishes({ ...wishes, secrecy: 'secret' }).shareContact).toBe(false);
  expect(consentsGiven(settleWishes({ ...wishes, secrecy: 'closed' }), false)).toEqual([
    'process',
    'shareContact',
  ]);
});
