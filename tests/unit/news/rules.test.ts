import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ARTICLE_EVENTS, ARTICLE_STATES, SERIAL_KINDS } from '#db/schema/news.values.ts';
import {
  allowedArticleEvents,
  formatIssue,
  isStale,
  missingIssues,
  nextArticleState,
  nextIssue,
  parseIssue,
} from '#domains/news/rules.ts';

describe('an article', () => {
  const table = {
    'draft submit': 'review',
    'review sendBack': 'draft',
    'review publish': 'published',
    'published withdraw': 'withdrawn',
    'withdrawn reopen': 'draft',
  };

  test('moves as the table says and in no other way', () => {
    for (const state of ARTICLE_STATES) {
      for (const event of ARTICLE_EVENTS) {
        const to = table[`${state} ${event}` as keyof typeof table];
        const attempt = () => nextArticleState(event, { state, authorId: 1, actorId: 2, reason: '有误' });
        if (to) expect(attempt()).toBe(to);
        else expect(attempt).toThrow(/不能/);
        expect(allowedArticleEvents({ state, authorId: 1, actorId: 2 }).includes(event)).toBe(
          to !== undefined,
        );
      }
    }
  });

  test('nobody publishes his own text', () => {
    expect(() => nextArticleState('publish', { state: 'review', authorId: 7, actorId: 7 })).toThrow(
      '另一位同事',
    );
    expect(allowedArticleEvents({ state: 'review', authorId: 7, actorId: 7 })).toEqual(['sendBack']);
    expect(nextArticleState('publish', { state: 'review', authorId: null, actorId: 7 })).toBe('published');
  });

  test.each([
    ['sendBack', 'review'],
    ['withdraw', 'published'],
  ] as const)('%s needs a reason', (event, state) => {
    expect(() => nextArticleState(event, { state, authorId: 1, actorId: 2, reason: '  ' })).toThrow(/原因/);
    expect(() => nextArticleState(event, { state, authorId: 1, actorId: 2 })).toThrow(/原因/);
  });
});

describe('numbered series', () => {
  test.each([
    ['创城简报 2012年第22期', { kind: 'bulletin', year: 2012, issue: 22 }],
    ['创城简报2012年第22期', { kind: 'bulletin', year: 2012, issue: 22 }],
    ['创建工作交流２０１４年第１１期', { kind: 'exchange', year: 2014, issue: 11 }],
    ['创建工作交流（2014 第 11 期）', { kind: 'exchange', year: 2014, issue: 11 }],
    ['2026年 第003期', { kind: null, year: 2026, issue: 3 }],
    ['关于创城的简报', null],
    ['第22期', null],
    ['2012年第0期', null],
    ['1200年第3期', null],
  ])('%s', (text, issue) => expect(parseIssue(text)).toEqual(issue));

  test('there and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SERIAL_KINDS),
        fc.integer({ min: 1990, max: 2100 }),
        fc.integer({ min: 1, max: 999 }),
        (kind, year, issue) => {
          expect(parseIssue(formatIssue(kind, { year, issue }))).toEqual({ kind, year, issue });
        },
      ),
    );
  });

  test('numbers restart each year, gaps are named', () => {
    const issues = [
      { year: 2025, issue: 24 },
      { year: 2026, issue: 1 },
      { year: 2026, issue: 4 },
    ];
    expect(nextIssue(issues, 2026)).toEqual({ year: 2026, issue: 5 });
    expect(nextIssue(issues, 2027)).toEqual({ year: 2027, issue: 1 });
    expect(missingIssues(issues, 2026)).toEqual([2, 3]);
    expect(missingIssues(issues, 2027)).toEqual([]);
  });
});

test.each([
  ['dynamic', '2026-08-01', '2026-08-15', false],
  ['dynamic', '2026-08-01', '2026-08-16', true],
  ['notice', '2026-01-01', '2026-07-01', false],
  ['notice', '2026-01-01', '2026-07-05', true],
] as const)('a %s column whose newest is of %s is stale on %s: %s', (kind, newest, now, stale) =>
  expect(isStale(new Date(newest), kind, new Date(now))).toBe(stale),
);
