import { describe, expect, test } from 'vitest';
import type { Actor } from '#core/actor.ts';
import { STATES } from '#db/schema/hotline.values.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';
import { makeCalendar } from '#domains/calendar/rules.ts';
import { DEFAULT_LIMITS } from '#domains/hotline/clocks.ts';
import { REFUSALS, refusalWords } from '#domains/hotline/labels.ts';
import { maskPersons } from '#domains/hotline/privacy/rules.ts';
import { givenAway, notesOf, stepsFor, untilWords } from '#domains/hotline/queue/file/rules.ts';
import { isFiltered, queueHref, readQueueQuery, wantedOf } from '#domains/hotline/queue/input.ts';
import { BASKETS, limitWords, stepClock } from '#domains/hotline/queue/rules.ts';

const read = (text: string) => readQueueQuery(new URLSearchParams(text));

describe('the address of the queue', () => {
  test.each([
    ['', {}],
    ['b=intake&page=3', { basket: 'intake', page: 3 }],
    ['b=nothing&state=nowhere&category=FOOD&due=never&page=-2', { basket: null, state: null, page: 1 }],
    ['place=4&unit=x', { place: 4, unit: null }],
    [`q=${'长'.repeat(80)}`, { q: '长'.repeat(60) }],
    ['page=1e9', { page: 1 }],
    ['due=overdue&state=handling', { due: 'overdue', state: 'handling' }],
  ])('%s', (address, expected) => {
    expect(read(address)).toMatchObject(expected);
  });

  test('is written as it is read, and empty filters leave no trace', () => {
    const query = read('b=open&state=redo&category=ENV&place=4&unit=2&due=soon&q=路灯&page=2');
    expect(read(queueHref(query).split('?')[1] ?? '')).toEqual(query);
    expect(queueHref(read(''))).toBe('/staff/hotline/');
    expect(isFiltered(read('b=open&page=2'))).toBe(false);
    expect(isFiltered(read('q=路灯'))).toBe(true);
  });

  test.each([
    ['a2026-12', { number: null, text: 'a2026-12' }],
    ['Ａ２０２６－０００１２', { number: 'A2026-00012', text: null }],
    ['20260305 012345', { number: '20260305-012345', text: null }],
    ['路灯', { number: null, text: '路灯' }],
    ['', { number: null, text: null }],
  ])('a search for %s', (typed, wanted) => {
    expect(wantedOf(typed)).toEqual(wanted);
  });
});

test('every live state lies in a basket of somebody’s work, or is watched', () => {
  const covered = new Set<string>(Object.values(BASKETS).flatMap(({ states }) => states ?? []));
  const live = STATES.filter(
    (state) =>
      !['refused', 'referred', 'closed', 'signed_off', 'terminated', 'merged', 'withdrawn'].includes(state),
  );
  expect(live.filter((state) => !covered.has(state))).toEqual([]);
});

describe('the clock of a step', () => {
  const cal = makeCalendar([], {
    isWorkday: (day) => new Date(day).getUTCDay() % 6 !== 0,
    isKnown: () => true,
  });
  const filedAt = new Date('2026-03-04T01:00:00Z');
  const since = new Date('2026-03-05T01:00:00Z');
  const clock = (state: (typeof STATES)[number]) =>
    stepClock(cal, { state, urgency: 'ordinary', filedAt, since }, DEFAULT_LIMITS);

  test.each([
    ['filed', '受理', '2026-03-05T16:00:00.000Z'],
    ['accepted', '派单', '2026-03-05T01:00:00.000Z'],
    ['dispatched', '签收', '2026-03-06T16:00:00.000Z'],
    ['needs_info', '补充', '2026-03-12T16:00:00.000Z'],
    ['follow_up', '回访', '2026-03-06T16:00:00.000Z'],
  ] as const)('%s: %s by %s', (state, label, due) => {
    expect(clock(state)?.label).toBe(label);
    expect(clock(state)?.due.at.toISOString()).toBe(due);
  });

  test.each(['handling', 'redo', 'answered', 'closed'] as const)(
    'none while %s: the case’s own counts',
    (state) => {
      expect(clock(state)).toBeNull();
    },
  );
});

test.each([
  [{ n: 4, unit: 'hour' }, '4 小时'],
  [{ n: 1, unit: 'workday' }, '1 个工作日'],
  [{ n: 7, unit: 'day' }, '7 天'],
] as const)('a limit in words: %o', (limit, words) => {
  expect(limitWords(limit)).toBe(words);
});

test('a clock that ends at midnight ends on the day before, at 24:00', () => {
  expect(untilWords(new Date('2026-03-11T16:00:00Z'))).toBe('2026-03-11 24:00');
  expect(untilWords(new Date('2026-03-11T07:30:00Z'))).toBe('2026-03-11 15:30');
});

describe('what a step noted, in words', () => {
  const unitName = (id: number) => `第${id}单位`;
  test.each([
    ['refuse', { code: 'repeat' }, ['同一事项已经办结，没有新的事实和理由']],
    ['return', { times: 2, suggested: 7 }, ['第 2 次退单', '建议承办：第7单位']],
    ['return', { times: 1, suggested: null }, ['第 1 次退单']],
    ['dispatch', { unitId: 3, helpers: '4 5' }, ['协办：第4单位、第5单位']],
    ['dispatch', { unitId: 3, helpers: '' }, []],
    ['contact', { missed: 2 }, ['回访未接通，第 2 次']],
    ['contact', { channel: 'visit' }, ['上门']],
    ['answer', { outcome: 'fixed', photos: 2 }, ['结果：已解决', '办理后照片 2 张']],
    [
      'approve',
      { late: 1, followUpBy: Date.parse('2026-03-06T16:00:00Z') },
      ['答复时已超期', '请在 2026-03-06 24:00 前回访'],
    ],
    ['comment', { code: 'reveal' }, ['查看了诉求人的联系方式']],
    ['comment', { code: 'something.else' }, []],
    ['accept', { kind: 'help', urgency: 'emergency', dueAt: null }, ['求助', '危及人身、财产安全']],
  ] as const)('%s %o', (event, data, notes) => {
    expect(notesOf(event, data, unitName)).toEqual(notes);
  });
});

describe('the steps of a desk', () => {
  const actor = (role: 'dispatcher' | 'operator' | 'community'): Actor => ({
    kind: 'staff',
    id: 1 as AccountId,
    name: '',
    unitId: null,
    grants: [{ role, placeId: 1 as PlaceId, placePath: '/1/', categories: null }],
  });
  const c = { category: 'ENV', placePath: '/1/4/', leadUnitId: null };

  test.each([
    ['dispatcher', 'filed', ['askInfo', 'refuse', 'accept', 'refer']],
    ['dispatcher', 'accepted', ['askInfo', 'refer', 'dispatch', 'terminate']],
    ['dispatcher', 'returned', ['rule']],
    ['dispatcher', 'answered', ['sendBack', 'approve']],
    ['operator', 'follow_up', ['contact', 'followOk', 'followBad']],
    ['operator', 'filed', ['contact']],
    ['community', 'filed', []],
  ] as const)('of a %s, for a case that is %s', (role, state, steps) => {
    expect([...stepsFor(actor(role), { ...c, state })].sort()).toEqual([...steps].sort());
  });
});

describe('who is hidden at the desk', () => {
  test('the filer and every number that leads to a person; the place and the car stay', () => {
    const text = '我叫王小明，电话13812345678，身份证350102199003074411。3号楼2单元501室前停着云A12345。';
    const read = maskPersons(text, { name: '王小明', phone: '13812345678' });
    expect(read).not.toMatch(/王小明|13812345678|350102199003074411/);
    expect(read).toContain('3号楼2单元501室前停着云A12345');
  });

  test.each([
    ['已与王小明联系', ['姓名']],
    ['已致电 138 1234 5678', ['电话']],
    ['到柳岸花园3号楼501室看过', ['地址']],
    ['办公电话 88001234', []],
  ])('an answer that says %s gives away %o', (answer, found) => {
    const filer = { name: '王小明', phone: '13812345678', address: '柳岸花园3号楼501室' };
    expect(givenAway(answer, [filer])).toEqual(found);
  });
});

test('a refusal by its ground alone names the ground and where to turn', () => {
  for (const code of Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]) {
    expect(refusalWords(code)).toContain(REFUSALS[code].label);
    expect(refusalWords(code)).toContain(REFUSALS[code].route);
  }
});
