import { describe, expect, test } from 'vitest';
import type { AccountId, UnitId } from '#db/schema/ids.ts';
import { NOTICE_EVENTS, NOTICE_PARTIES, NOTICE_STATES } from '#db/schema/rectification.values.ts';
import { nationalCalendar } from '#domains/calendar/library.ts';
import { makeCalendar } from '#domains/calendar/rules.ts';
import { EVENT_LABEL, MATTER_INFO, STATE_LABEL } from '#domains/rectification/labels.ts';
import { accessCode, noticeNumber, parseNoticeNumber } from '#domains/rectification/numbers.ts';
import {
  allowedEvents,
  barredFromCannotFix,
  barredFromSignOff,
  barredFromVisit,
  clockOf,
  dueAfter,
  type Hands,
  halved,
  hasVisits,
  isDense,
  isOverdue,
  limitDays,
  limitWords,
  MOVES,
  missingForIssue,
  monthSpan,
  nextState,
  receiveDue,
  reviewDayAfter,
  visitDays,
  visitWords,
} from '#domains/rectification/rules.ts';

const cal = makeCalendar([], nationalCalendar);
const LIMITS = {
  hygieneWorkdays: 0,
  otherWorkdays: 5,
  receiveWorkdays: 1,
  firstVisitDays: 3,
  secondVisitDays: 10,
  thirdVisitDays: 30,
  reviewMonths: 12,
};
const at = (wall: string) => new Date(`${wall.replace(' ', 'T')}:00+08:00`);

describe('moves', () => {
  test.each([
    ['draft', 'issue', 'issuer', 'issued'],
    ['issued', 'receive', 'party', 'received'],
    ['issued', 'receive', 'issuer', 'received'],
    ['received', 'start', 'party', 'fixing'],
    ['fixing', 'submit', 'party', 'submitted'],
    ['submitted', 'pass', 'inspector', 'signed_off'],
    ['submitted', 'fail', 'inspector', 'fixing'],
    ['fixing', 'askCannotFix', 'party', 'fixing'],
    ['fixing', 'cannotFix', 'approver', 'cannot_fix'],
    ['fixing', 'refuseCannotFix', 'approver', 'fixing'],
    ['cannot_fix', 'review', 'approver', 'cannot_fix'],
    ['signed_off', 'visitPass', 'inspector', 'signed_off'],
    ['signed_off', 'visitFail', 'inspector', 'signed_off'],
    ['draft', 'void', 'issuer', 'void'],
    ['issued', 'void', 'issuer', 'void'],
    ['received', 'void', 'issuer', 'void'],
    ['fixing', 'void', 'issuer', 'void'],
    ['submitted', 'void', 'issuer', 'void'],
    ['cannot_fix', 'void', 'issuer', 'void'],
  ] as const)('%s, %s by the %s: %s', (from, event, by, to) => {
    expect(nextState(from, event, by)).toBe(to);
  });

  test('a notice is drawn up as a draft, and nothing else begins one', () => {
    expect(nextState(null, 'draw', 'issuer')).toBe('draft');
    for (const event of NOTICE_EVENTS.filter((one) => one !== 'draw')) {
      expect(() => nextState(null, event, 'issuer'), event).toThrow('还没有起草');
    }
  });

  test('what is signed off cannot be made void, what is void stays so', () => {
    expect(() => nextState('signed_off', 'void', 'issuer')).toThrow('已销号');
    for (const party of NOTICE_PARTIES) expect(allowedEvents('void', party)).toEqual([]);
  });

  test.each([
    ['the party does not sign itself off', 'submitted', 'pass', 'party'],
    ['nor does the issuer', 'submitted', 'pass', 'issuer'],
    ['nothing is sent in before it was received', 'issued', 'submit', 'party'],
    ['nothing is signed off before it was sent in', 'fixing', 'pass', 'inspector'],
    ['nobody but an approver decides that it cannot be fixed', 'fixing', 'cannotFix', 'inspector'],
    ['nor before the fixing began', 'received', 'cannotFix', 'approver'],
  ] as const)('%s', (_name, from, event, by) => {
    expect(() => nextState(from, event, by)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  test('exactly the listed moves exist', () => {
    const pairs = MOVES.flatMap((move) => (move.from ?? []).map((from) => `${from} ${move.event}`));
    const allowed = NOTICE_STATES.flatMap((state) =>
      NOTICE_EVENTS.filter((event) =>
        NOTICE_PARTIES.some((party) => allowedEvents(state, party).includes(event)),
      ).map((event) => `${state} ${event}`),
    );
    expect([...allowed].sort()).toEqual([...pairs].sort());
  });

  test('every state and every event has a name', () => {
    for (const state of NOTICE_STATES) expect(STATE_LABEL[state]).toBeTruthy();
    for (const event of NOTICE_EVENTS) expect(EVENT_LABEL[event]).toBeTruthy();
  });
});

describe('deadlines', () => {
  test.each([
    ['hygiene: the same day', 'HYGIENE', null, '2026-08-14 09:00', '2026-08-15 00:00'],
    ['hygiene late at night: still the same day', 'LITTER', null, '2026-08-14 23:59', '2026-08-15 00:00'],
    ['five working days', 'STALL', null, '2026-08-14 09:00', '2026-08-22 00:00'],
    ['over the spring festival', 'POSTER', null, '2026-02-11 09:00', '2026-02-26 00:00'],
    ['what the issuer set goes before it', 'HYGIENE', 2, '2026-08-14 09:00', '2026-08-19 00:00'],
  ] as const)('%s', (_name, matter, own, from, due) => {
    expect(dueAfter(cal, at(from), limitDays(matter, own, LIMITS)).at).toEqual(at(due));
  });

  test.each([
    [0, 0],
    [1, 1],
    [5, 3],
    [10, 5],
  ])('a failed re-inspection halves %i working days to %i', (first, then) => {
    expect(halved(first)).toBe(then);
  });

  test('the limits in force are told in words', () => {
    expect(limitWords(LIMITS)).toBe('卫生类当天，其他 5 个工作日');
    expect(visitWords(LIMITS)).toBe('3、10、30');
  });

  test('unsigned for a working day', () => {
    expect(receiveDue(cal, at('2026-08-14 16:00'), LIMITS).at).toEqual(at('2026-08-18 00:00'));
  });

  test('visits after 3, 10 and 30 days, never on a day of rest', () => {
    expect(visitDays(cal, at('2026-08-14 10:00'), LIMITS)).toEqual([
      '2026-08-17',
      '2026-08-24',
      '2026-09-14',
    ]);
  });

  test('a year later it is looked at again', () => {
    expect(reviewDayAfter(cal, at('2025-08-14 10:00'), LIMITS)).toBe('2026-08-14');
  });

  test('the disorders are visited in any case, others when it was asked for', () => {
    const disorders = Object.values(MATTER_INFO).filter((info) => info.disorder);
    expect(disorders).toHaveLength(6);
    expect(hasVisits('STALL', false)).toBe(true);
    expect(hasVisits('GREEN', false)).toBe(false);
    expect(hasVisits('GREEN', true)).toBe(true);
  });

  test('a year without its notice gives a provisional date', () => {
    expect(dueAfter(cal, at('2027-03-01 09:00'), 5).provisional).toBe(true);
  });

  test('a month is a Beijing month', () => {
    expect(monthSpan('2026-12')).toEqual({ from: at('2026-12-01 00:00'), to: at('2027-01-01 00:00') });
  });
});

const due = at('2026-08-15 00:00');
const notice = { dueAt: due, dueProvisional: false, submittedAt: null, wasOverdue: null };

describe('overdue is derived', () => {
  test.each([
    ['issued', '2026-08-14 23:59', null, false],
    ['issued', '2026-08-15 00:00', null, true],
    ['fixing', '2026-08-16 00:00', null, true],
    ['submitted', '2026-08-16 00:00', '2026-08-14 12:00', false],
    ['submitted', '2026-08-16 00:00', '2026-08-15 00:00', true],
    ['signed_off', '2026-08-20 00:00', '2026-08-16 00:00', false],
    ['cannot_fix', '2026-08-20 00:00', null, false],
    ['void', '2026-08-20 00:00', null, false],
  ] as const)('%s at %s, sent in %s: %s', (state, now, sent, overdue) => {
    expect(isOverdue({ ...notice, state, submittedAt: sent ? at(sent) : null }, at(now))).toBe(overdue);
  });

  test.each([
    ['fixing', '2026-08-13 10:00', '还剩 1 个工作日', 'warn'],
    ['fixing', '2026-08-11 10:00', '还剩 3 个工作日', 'info'],
    ['fixing', '2026-08-14 10:00', '今天到期', 'warn'],
    ['issued', '2026-08-17 10:00', '已超期 1 个工作日', 'bad'],
    ['submitted', '2026-08-14 10:00', '按期提交，待复查', 'good'],
    ['cannot_fix', '2026-08-14 10:00', '无法整改', 'plain'],
  ] as const)('the clock of %s at %s', (state, now, stands, tone) => {
    const submittedAt = state === 'submitted' ? at('2026-08-14 09:00') : null;
    expect(clockOf(cal, { ...notice, state, submittedAt }, at(now))).toMatchObject({ stands, tone });
  });

  test('no clock runs before issue and once void', () => {
    expect(clockOf(cal, { ...notice, dueAt: null, state: 'draft' }, due)).toBeNull();
    expect(clockOf(cal, { ...notice, state: 'void' }, due)).toBeNull();
  });
});

describe('four eyes', () => {
  const person = (id: number, unitId: number | null = null) => ({
    id: id as AccountId,
    unitId: unitId as UnitId | null,
  });
  const hands: Hands = {
    issuedBy: 1 as AccountId,
    fixers: [2 as AccountId],
    askedBy: 3 as AccountId,
    partyUnitId: 9 as UnitId,
  };
  test.each([
    ['who issued it', person(1), '开具'],
    ['who recorded the fix', person(2), '另一位'],
    ['who belongs to the responsible unit', person(5, 9), '责任方'],
    ['anyone else', person(5, 8), null],
  ] as const)('sign-off by %s', (_name, who, reason) => {
    const barred = barredFromSignOff(who, hands);
    if (reason === null) expect(barred).toBeNull();
    else expect(barred).toContain(reason);
  });

  test('visits: not by who fixed it; by who issued it they may be', () => {
    expect(barredFromVisit(person(1), hands)).toBeNull();
    expect(barredFromVisit(person(2), hands)).toContain('另一位');
    expect(barredFromVisit(person(5, 9), hands)).toContain('责任方');
  });

  test('that it cannot be fixed is not decided by who asked', () => {
    expect(barredFromCannotFix(person(3), hands)).toContain('另一位');
    expect(barredFromCannotFix(person(4, 9), hands)).toContain('责任方');
    expect(barredFromCannotFix(person(4), hands)).toBeNull();
  });

  test('no unit is nobody’s unit', () => {
    expect(barredFromSignOff(person(5), { ...hands, partyUnitId: null })).toBeNull();
  });
});

describe('issue', () => {
  const whole = {
    point: '柳岸路 18 号门前',
    legalBasis: '门前三包责任书',
    clause: '第二条',
    description: '占道摆放货架',
    demand: '撤回店内',
    partyName: '柳岸便利店',
    partyAddress: '柳岸路 18 号',
    photos: 1,
  };
  test('is set small only where both copies would not stay on one sheet', () => {
    const notice = { ...whole, placeName: '柳岸社区' };
    expect(isDense(notice)).toBe(false);
    expect(isDense({ ...notice, description: '占'.repeat(300) })).toBe(true);
    expect(isDense({ ...notice, partyAddress: '路'.repeat(80), point: '路'.repeat(60) })).toBe(true);
  });

  test('wants point, clause, photograph and the rest', () => {
    expect(missingForIssue(whole)).toEqual({});
    expect(Object.keys(missingForIssue({ ...whole, point: '', clause: '', photos: 0 }))).toEqual([
      'point',
      'clause',
      'photos',
    ]);
  });
});

describe('numbers', () => {
  test.each([
    ['Z2026-0012-00003', 'Z2026-0012-00003'],
    ['ｚ２０２６—００１２—００００３', 'Z2026-0012-00003'],
    ['2026 0012 00003', 'Z2026-0012-00003'],
    ['Z2026-12-3', null],
    ['A2026-00012', null],
    ['', null],
  ])('%s is read as %s', (typed, number) => {
    expect(parseNoticeNumber(typed)).toBe(number);
  });

  test('a series that is full gives no number', () => {
    expect(noticeNumber(2026, 12, 3)).toBe('Z2026-0012-00003');
    expect(() => noticeNumber(2026, 10_000, 1)).toThrow(RangeError);
    expect(() => noticeNumber(2026, 1, 100_000)).toThrow(RangeError);
  });

  test('six digits of an HMAC', () => {
    expect(accessCode(new Uint8Array(32))).toBe('000000');
    expect(accessCode(new Uint8Array(32).fill(7))).toMatch(/^\d{6}$/);
    expect(() => accessCode(new Uint8Array(3))).toThrow(RangeError);
  });
});
