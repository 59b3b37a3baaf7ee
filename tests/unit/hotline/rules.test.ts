import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseEvent, Party, State } from '#db/schema/hotline.values.ts';
import { CATEGORIES, EVENTS, KINDS, PARTIES, STATES } from '#db/schema/hotline.values.ts';
import {
  PUBLIC_EVENT_LABEL,
  PUBLIC_LABEL,
  publicLabel,
  STAFF_EVENT_LABEL,
  STAFF_LABEL,
} from '#domains/hotline/labels.ts';
import {
  allowedEvents,
  assertEvent,
  isOpen,
  LIVE_STATES,
  MOVES,
  mayBePublic,
  needsReason,
  nextState,
  originOf,
  STANDING_REASONS,
  TERMINAL_STATES,
} from '#domains/hotline/rules.ts';

/** The handbook's table, written a second time by hand: event, from, by, to. */
const TABLE: readonly [CaseEvent, readonly (State | null)[], readonly Party[], readonly State[] | 'same'][] =
  [
    ['file', [null], ['complainant', 'operator'], ['filed']],
    ['askInfo', ['filed', 'accepted'], ['dispatcher'], ['needs_info']],
    ['askInfo', ['handling', 'redo'], ['dispatcher', 'handler'], ['needs_info']],
    ['supply', ['needs_info'], ['complainant', 'operator'], ['filed', 'accepted', 'handling', 'redo']],
    ['refuse', ['filed'], ['dispatcher'], ['refused']],
    ['reconsider', ['refused'], ['dispatcher'], ['filed']],
    ['accept', ['filed'], ['dispatcher'], ['accepted']],
    ['refer', ['filed', 'accepted'], ['dispatcher'], ['referred']],
    ['referralReturned', ['referred'], ['dispatcher'], ['filed']],
    ['dispatch', ['accepted', 'returned'], ['dispatcher'], ['dispatched']],
    ['sign', ['dispatched'], ['handler'], ['handling']],
    ['return', ['dispatched', 'handling'], ['handler'], ['returned']],
    ['rule', ['returned'], ['dispatcher'], ['dispatched']],
    ['answer', ['handling', 'redo'], ['handler'], ['answered']],
    ['sendBack', ['answered'], ['dispatcher'], ['handling', 'redo']],
    ['approve', ['answered'], ['dispatcher'], ['follow_up']],
    ['confirm', ['follow_up'], ['complainant'], ['closed']],
    ['dispute', ['follow_up'], ['complainant'], ['redo']],
    ['lapse', ['follow_up'], ['system'], ['closed']],
    ['reassign', ['dispatched', 'handling'], ['dispatcher'], ['dispatched']],
    ['giveUp', ['needs_info'], ['system'], ['terminated']],
    ['contact', LIVE_STATES, ['handler', 'operator'], 'same'],
    ['followOk', ['follow_up'], ['operator'], ['closed']],
    ['followBad', ['follow_up'], ['operator'], ['redo']],
    ['signOff', ['closed'], ['inspector', 'system'], ['signed_off']],
    ['reopen', ['closed', 'signed_off'], ['complainant', 'inspector'], ['redo']],
    ['terminate', ['accepted', 'needs_info', 'handling'], ['dispatcher'], ['terminated']],
    ['merge', LIVE_STATES, ['dispatcher'], ['merged']],
    ['unmerge', ['merged'], ['dispatcher'], LIVE_STATES],
    [
      'withdraw',
      ['filed', 'needs_info', 'accepted', 'dispatched', 'handling', 'returned'],
      ['complainant'],
      ['withdrawn'],
    ],
    ['askExtension', ['handling', 'redo'], ['handler'], 'same'],
    ['extend', ['handling', 'redo'], ['dispatcher'], 'same'],
    ['remind', LIVE_STATES, ['complainant', 'dispatcher', 'system'], 'same'],
    ['card', LIVE_STATES, ['system'], 'same'],
    ['comment', STATES, PARTIES, 'same'],
  ];

const tried = fc.record({
  state: fc.option(fc.constantFrom(...STATES), { nil: null }),
  event: fc.constantFrom(...EVENTS),
  by: fc.constantFrom(...PARTIES),
});

describe('moves of a case', () => {
  test('every event has a row, and the rows equal the handbook', () => {
    expect(new Set(TABLE.map(([event]) => event))).toEqual(new Set(EVENTS));
    for (const state of [null, ...STATES]) {
      for (const event of EVENTS) {
        for (const by of PARTIES) {
          const row = TABLE.find((r) => r[0] === event && r[1].includes(state) && r[2].includes(by));
          expect([state, event, by, allowedEvents(state, by).includes(event)]).toEqual([
            state,
            event,
            by,
            row !== undefined,
          ]);
        }
      }
    }
  });

  test.each(TABLE)('%s leads from %j where the handbook says', (event, from, _by, to) => {
    for (const state of from) {
      if (to === 'same') expect(nextState(state, event)).toBe(state);
      else if (to.length === 1) expect(nextState(state, event)).toBe(to[0]);
      else for (const origin of to) expect(nextState(state, event, origin)).toBe(origin);
    }
  });

  test('no path leads outside the table', () => {
    fc.assert(
      fc.property(fc.array(tried, { maxLength: 60 }), (tries) => {
        let state: State | null = null;
        const log: { event: CaseEvent; from: State | null }[] = [];
        for (const { event, by } of tries) {
          const row = TABLE.find((r) => r[0] === event && r[1].includes(state) && r[2].includes(by));
          if (!row) {
            expect(() => assertEvent(state, event, by)).toThrow(/不能/);
            continue;
          }
          const before: State | null = state;
          state = nextState(before, event, before ? originOf(before, log) : undefined);
          log.push({ event, from: before });
          if (row[3] === 'same') expect(state).toBe(before);
          else expect(row[3]).toContain(state);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what returns goes back to where it came from, through any nesting of question, answer and merge', () => {
    const log: { event: CaseEvent; from: State | null }[] = [];
    let state: State | null = null;
    for (const event of [
      'file',
      'accept',
      'dispatch',
      'sign',
      'askInfo',
      'merge',
      'unmerge',
      'supply',
      'answer',
      'merge',
      'unmerge',
      'sendBack',
      'answer',
      'approve',
      'dispute',
      'askInfo',
      'supply',
      'answer',
      'sendBack',
    ] as const) {
      const before: State | null = state;
      state = nextState(before, event, before ? originOf(before, log) : undefined);
      log.push({ event, from: before });
    }
    expect(state).toBe('redo');
    expect(
      log.filter((entry) => entry.event === 'supply' || entry.event === 'sendBack').map((e) => e.from),
    ).toEqual(['needs_info', 'answered', 'needs_info', 'answered']);
  });

  test('a move back without its origin is a mistake of the caller', () => {
    expect(() => nextState('needs_info', 'supply')).toThrow(TypeError);
    expect(() => nextState('answered', 'sendBack', 'filed')).toThrow(TypeError);
    expect(originOf('filed', [])).toBeUndefined();
  });

  test('every state that is not an end can reach one, and every state can be reached', () => {
    const targets = (state: State | null): State[] =>
      MOVES.filter((m) => (state === null ? m.from === null : m.from?.includes(state))).flatMap(
        (m) => m.to ?? [],
      );
    const reachable = (start: State | null): Set<State> => {
      const seen = new Set<State>();
      const queue = targets(start);
      for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
        if (seen.has(state)) continue;
        seen.add(state);
        queue.push(...targets(state));
      }
      return seen;
    };
    expect(reachable(null)).toEqual(new Set(STATES));
    for (const state of LIVE_STATES)
      expect(TERMINAL_STATES.some((end) => reachable(state).has(end))).toBe(true);
  });

  test('live and terminal states part the list of states', () => {
    expect([...LIVE_STATES, ...TERMINAL_STATES].sort()).toEqual([...STATES].sort());
    expect(isOpen('follow_up')).toBe(true);
    expect(isOpen('closed')).toBe(false);
  });

  test('every way into a terminal state carries a reason, written or standing', () => {
    const ends: readonly State[] = TERMINAL_STATES;
    for (const move of MOVES) {
      if (!move.to?.some((state) => ends.includes(state))) continue;
      expect([move.event, move.reason || STANDING_REASONS[move.event] !== undefined]).toEqual([
        move.event,
        true,
      ]);
    }
  });

  test.each([
    'refuse',
    'refer',
    'return',
    'dispute',
    'reopen',
    'reassign',
    'terminate',
    'followBad',
    'extend',
  ] as const)('%s needs a reason', (event) => expect(needsReason(event)).toBe(true));
});

describe('words', () => {
  test('every state and event has its words', () => {
    for (const state of STATES) expect(PUBLIC_LABEL[state] && STAFF_LABEL[state]).toBeTruthy();
    for (const event of EVENTS) expect(PUBLIC_EVENT_LABEL[event] && STAFF_EVENT_LABEL[event]).toBeTruthy();
  });

  test('a hand-over names where to', () => {
    expect(publicLabel('referred', '市城管局')).toBe('已转市城管局');
    expect(publicLabel('merged', 'A2026-00012')).toBe('已并入 A2026-00012');
    expect(publicLabel('referred')).toBe('已转有关部门');
    expect(publicLabel('answered', '某科')).toBe('办理中');
  });

  test('a refused move says where the case stands and what to do', () => {
    expect(() => assertEvent('closed', 'sign', 'handler')).toThrow(
      '工单现在是「已办结」，不能「签收」。请刷新页面，按最新状态处理。',
    );
  });
});

test('tip-offs, rights cases and whatever its filer closed are never public', () => {
  for (const kind of KINDS) {
    for (const category of CATEGORIES) {
      expect(mayBePublic({ kind, category, secrecy: 'closed' })).toBe(false);
      expect(mayBePublic({ kind, category, secrecy: 'secret' })).toBe(false);
      expect(mayBePublic({ kind, category, secrecy: 'open' })).toBe(
        kind !== 'tipoff' && category !== 'RIGHTS',
      );
    }
  }
});
