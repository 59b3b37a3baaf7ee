import { DAY_MS } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import type { ArticleEvent, ArticleState, SerialKind } from '#db/schema/news.values.ts';
import { ARTICLE_EVENTS } from '#db/schema/news.values.ts';

export const ARTICLE_STATE_LABEL: Readonly<Record<ArticleState, string>> = {
  draft: '草稿',
  review: '待审核',
  published: '已发布',
  withdrawn: '已撤下',
};

export const ARTICLE_EVENT_LABEL: Readonly<Record<ArticleEvent, string>> = {
  submit: '提交审核',
  sendBack: '退回修改',
  publish: '发布',
  withdraw: '撤下',
  reopen: '重新编辑',
};

interface Move {
  from: ArticleState;
  to: ArticleState;
  /** The event is refused without a written reason. */
  reason: boolean;
  /** Another person than the author must do it. */
  fourEyes: boolean;
}

/**
 * The only moves of an article. A withdrawn one stays as a tombstone at its address, also while it is written anew; when
 * it is published again, it keeps its first day.
 */
export const ARTICLE_MOVES: Readonly<Record<ArticleEvent, Move>> = {
  submit: { from: 'draft', to: 'review', reason: false, fourEyes: false },
  sendBack: { from: 'review', to: 'draft', reason: true, fourEyes: false },
  publish: { from: 'review', to: 'published', reason: false, fourEyes: true },
  withdraw: { from: 'published', to: 'withdrawn', reason: true, fourEyes: false },
  reopen: { from: 'withdrawn', to: 'draft', reason: false, fourEyes: false },
};

/** What is attempted, and by whom; ids of accounts. */
export interface Attempt {
  state: ArticleState;
  authorId: number | null;
  actorId: number;
  reason?: string;
}

/** The state after an event. Throws for a move that does not exist, a missing reason, or an author approving his own text. */
export function nextArticleState(event: ArticleEvent, attempt: Attempt): ArticleState {
  const move = ARTICLE_MOVES[event];
  if (move.from !== attempt.state) {
    throw new AppError(
      'conflict',
      `稿件现在是「${ARTICLE_STATE_LABEL[attempt.state]}」，不能「${ARTICLE_EVENT_LABEL[event]}」。请刷新页面后再操作。`,
    );
  }
  if (move.reason && (attempt.reason ?? '').trim() === '') {
    throw new AppError('invalid', `请写明${ARTICLE_EVENT_LABEL[event]}的原因。`, { reason: '请写明原因' });
  }
  if (move.fourEyes && attempt.authorId === attempt.actorId) {
    throw new AppError('forbidden', '自己写的稿件要由另一位同事审核发布。');
  }
  return move.to;
}

/** What can be done with an article in this state by this person, as buttons show it. */
export function allowedArticleEvents({ state, authorId, actorId }: Omit<Attempt, 'reason'>): ArticleEvent[] {
  return ARTICLE_EVENTS.filter((event) => {
    const move = ARTICLE_MOVES[event];
    return move.from === state && !(move.fourEyes && authorId === actorId);
  });
}

export const SERIAL_LABEL: Readonly<Record<SerialKind, string>> = {
  bulletin: '创城简报',
  exchange: '创建工作交流',
};

export interface Issue {
  year: number;
  issue: number;
}

/** An issue as it is printed: 「创城简报 2012年第22期」. */
export function formatIssue(kind: SerialKind, { year, issue }: Issue): string {
  return `${SERIAL_LABEL[kind]} ${year}年第${issue}期`;
}

/** The issue that a title or masthead names, full-width digits, 总第 and spaces forgiven; null where there is none. */
export function parseIssue(text: string): (Issue & { kind: SerialKind | null }) | null {
  const plain = text.normalize('NFKC');
  const match = /(\d{4}) {0,3}年?[ （(〔]{0,3}第 {0,3}(\d{1,4}) {0,3}期/.exec(plain);
  if (!match) return null;
  const kind = plain.includes('工作交流') ? 'exchange' : plain.includes('简报') ? 'bulletin' : null;
  const [year, issue] = [Number(match[1]), Number(match[2])];
  return year >= 1949 && year <= 2200 && issue > 0 ? { kind, year, issue } : null;
}

/** The number that follows the highest of the year; numbers restart each year. */
export function nextIssue(issues: readonly Issue[], year: number): Issue {
  const highest = issues.reduce((max, i) => (i.year === year ? Math.max(max, i.issue) : max), 0);
  return { year, issue: highest + 1 };
}

/** Numbers of a year that were left out below its highest. */
export function missingIssues(issues: readonly Issue[], year: number): number[] {
  const there = new Set(issues.filter((i) => i.year === year).map((i) => i.issue));
  const highest = Math.max(0, ...there);
  return Array.from({ length: highest }, (_, i) => i + 1).filter((issue) => !there.has(issue));
}

/** When the inspection list calls a site or a column stale. A site fails on any one of these counts. */
export const FRESHNESS = {
  homeDays: 14,
  dynamicColumnDays: 14,
  noticeColumnMonths: 6,
  /** Stale dynamic and notice columns together. */
  staleColumns: 5,
  /** Columns of any sort that should be updated and are not. */
  staleAnyColumns: 10,
  emptyColumns: 5,
} as const;

const MONTH_DAYS = 30.5;

/** Whether a column's newest article is too old: dynamic ones after two weeks, those of notices after half a year. */
export function isStale(newest: Date, kind: 'dynamic' | 'notice', now: Date): boolean {
  const days = kind === 'dynamic' ? FRESHNESS.dynamicColumnDays : FRESHNESS.noticeColumnMonths * MONTH_DAYS;
  return now.getTime() - newest.getTime() > days * DAY_MS;
}
