import { AppError } from '#core/errors.ts';
import type { CaseFlag, Category, Kind, State, Urgency } from '#db/schema/hotline.values.ts';
import type { Calendar, Due, Limit } from '#domains/calendar/rules.ts';
import { addLimit, workdaysBetween } from '#domains/calendar/rules.ts';

const hours = (n: number): Limit => ({ n, unit: 'hour' });
const workdays = (n: number): Limit => ({ n, unit: 'workday' });

export interface CategoryLimit {
  /** Time to put the matter right; without one the row of its kind counts. */
  limit?: Limit;
  /** Limits that replace it where staff tick the circumstance. */
  flags?: Partial<Record<CaseFlag, Limit>>;
  /** Steps due on the way, all counted from filing. */
  steps?: readonly { label: string; limit: Limit }[];
}

/** The limits in force over a span of Beijing days, both ends included. Old cases keep the table of their own day. */
export interface LimitTable {
  validFrom: string;
  validTo: string | null;
  category: Readonly<Record<Category, CategoryLimit>>;
  kind: Readonly<Record<Kind, Limit>>;
  urgency: Readonly<Record<Urgency, Limit | null>>;
  supervised: Limit;
  dispatch: Readonly<Record<Urgency, Limit>>;
  step: Readonly<Record<Step, Limit>>;
  reopenDays: number;
}

/** Steps with a clock of their own, beside dispatching and the resolution itself. */
export type Step =
  | 'accept'
  | 'sign'
  | 'return'
  | 'info'
  | 'giveUp'
  | 'response'
  | 'followUp'
  | 'lapse'
  | 'extension'
  | 'ratingCall'
  | 'ratingMend';

const secured = { label: '先行处置，消除危险', limit: hours(2) };

/** What a new city starts with; every row is a default that staff may replace from a date on. */
export const DEFAULT_LIMITS: LimitTable = {
  validFrom: '2000-01-01',
  validTo: null,
  category: {
    STALL: { limit: workdays(1), flags: { blocking: hours(4) } },
    PARKING: { limit: workdays(1), flags: { fireLane: hours(4) } },
    POSTER: { limit: workdays(2) },
    PILE: { limit: workdays(1), flags: { fireLane: hours(4), rubble: workdays(2) } },
    DRYING: { limit: workdays(1) },
    LITTER: { limit: workdays(1), flags: { road: hours(4) } },
    BUILD: {
      limit: workdays(20),
      steps: [
        { label: '责令停工', limit: hours(4) },
        { label: '作出处罚决定', limit: workdays(7) },
      ],
    },
    MANHOLE: { limit: workdays(1), steps: [secured] },
    FACILITY: { limit: workdays(5), steps: [secured] },
    DRAIN: { limit: hours(24) },
    GREEN: { limit: workdays(5), flags: { danger: hours(4) } },
    SIGN: { limit: workdays(5), flags: { danger: hours(4) } },
    POULTRY: { limit: workdays(3) },
    TOILET: { limit: workdays(1) },
    ENV: { limit: workdays(5) },
    PROPERTY: {},
    SERVICE: {},
    RIGHTS: { limit: hours(2) },
    OTHER: {},
  },
  kind: {
    consult: workdays(1),
    suggestion: workdays(1),
    help: workdays(5),
    complaint: workdays(5),
    tipoff: workdays(5),
  },
  urgency: { emergency: hours(2), utilities: hours(24), ordinary: null, complex: workdays(15) },
  supervised: workdays(3),
  dispatch: { emergency: hours(1), utilities: hours(2), ordinary: hours(24), complex: hours(24) },
  step: {
    accept: workdays(1),
    sign: workdays(1),
    return: workdays(1),
    info: workdays(5),
    giveUp: workdays(10),
    response: workdays(1),
    followUp: workdays(1),
    lapse: { n: 7, unit: 'day' },
    extension: workdays(7),
    ratingCall: workdays(5),
    ratingMend: workdays(15),
  },
  reopenDays: 30,
};

/** The table in force on a Beijing day: the latest that had begun; the defaults where none covers the day. */
export function limitsOn(day: string, tables: readonly LimitTable[] = []): LimitTable {
  const covering = tables.filter((t) => t.validFrom <= day && (t.validTo === null || day <= t.validTo));
  return covering.reduce((a, b) => (b.validFrom > a.validFrom ? b : a), DEFAULT_LIMITS);
}

// Only good for comparing limits with each other: a working day lasts at least as long as 24 hours.
const HOURS = { hour: 1, workday: 24, day: 24, month: 720 } as const;
const length = (limit: Limit): number => limit.n * HOURS[limit.unit];
const shortest = (limits: readonly Limit[]): Limit | undefined =>
  [...limits].sort((a, b) => length(a) - length(b))[0];

/** What a limit depends on. */
export interface Facts {
  category: Category;
  kind: Kind;
  urgency: Urgency;
  flags?: readonly CaseFlag[];
}

/**
 * The time to resolve: the category's limit, else the kind's; a ticked circumstance replaces it; danger, utilities and
 * supervision only shorten it, an approved complex case only lengthens it.
 */
export function limitFor(facts: Facts, table: LimitTable = DEFAULT_LIMITS): Limit {
  const row = table.category[facts.category];
  const flags = facts.flags ?? [];
  const flagged = shortest(flags.flatMap((flag) => row.flags?.[flag] ?? []));
  const base = flagged ?? row.limit ?? table.kind[facts.kind];
  const urgent = table.urgency[facts.urgency];
  if (facts.urgency === 'complex') return urgent && length(urgent) > length(base) ? urgent : base;
  const caps = [
    base,
    ...(urgent ? [urgent] : []),
    ...(flags.includes('supervised') ? [table.supervised] : []),
  ];
  return shortest(caps) ?? base;
}

/** When a case must be resolved: its limit counted from filing, never from acceptance or signing. */
export function dueFor(
  cal: Calendar,
  filedAt: Date,
  facts: Facts,
  table: LimitTable = DEFAULT_LIMITS,
): { limit: Limit; due: Due } {
  const limit = limitFor(facts, table);
  return { limit, due: addLimit(cal, filedAt, limit) };
}

/** When the dispatcher must have given the case to a unit, counted from filing. */
export function dispatchDue(
  cal: Calendar,
  filedAt: Date,
  urgency: Urgency,
  table: LimitTable = DEFAULT_LIMITS,
): Due {
  return addLimit(cal, filedAt, table.dispatch[urgency]);
}

/** When a step that began at `at` must be done. */
export function stepDue(cal: Calendar, at: Date, step: Step, table: LimitTable = DEFAULT_LIMITS): Due {
  return addLimit(cal, at, table.step[step]);
}

/** The middle of a clock, when the first reminder goes out. */
export function halfway(from: Date, due: Due): Date {
  return new Date(from.getTime() + (due.at.getTime() - from.getTime()) / 2);
}

/** The clock of a redo: half the first limit, rounded up, at least one working day. */
export function redoLimit(first: Limit): Limit {
  if (length(first) <= 48) return workdays(1);
  return { n: Math.ceil(first.n / 2), unit: first.unit };
}

/** Whether work that stopped then (or has not stopped by then) missed its due date; to be frozen at the step. */
export function wasOverdue(due: Pick<Due, 'at'>, stoppedAt: Date): boolean {
  return stoppedAt.getTime() >= due.at.getTime();
}

/** Who decides on the next extension: the centre on the first, the superior on a second, nobody on a third. */
export function extensionApprover(granted: number): 'dispatcher' | 'district' | null {
  return granted === 0 ? 'dispatcher' : granted === 1 ? 'district' : null;
}

/** Refuses, as a `conflict`, a request for more time that comes after the due date or for a third time. */
export function assertMayAskExtension(due: Pick<Due, 'at'>, granted: number, now: Date): void {
  if (wasOverdue(due, now)) {
    throw new AppError('conflict', '已过办理时限，不能再申请延期。请尽快办理并提交答复。');
  }
  if (extensionApprover(granted) === null) {
    throw new AppError('conflict', '这张工单已延期两次，不能再延。请按现在的时限办理。');
  }
}

/** Whether the filer may press for an answer: after the due date, once a working day. */
export function mayRemind(
  cal: Calendar,
  due: Pick<Due, 'at'>,
  lastRemindedAt: Date | null,
  now: Date,
): boolean {
  return wasOverdue(due, now) && (lastRemindedAt === null || workdaysBetween(cal, lastRemindedAt, now) > 0);
}

/** Whether the filer may still have a case taken up again: up to `days` × 24 hours after closing, the last instant included. */
export function mayReopen(closedAt: Date, now: Date, days: number = DEFAULT_LIMITS.reopenDays): boolean {
  return now.getTime() - closedAt.getTime() <= days * 24 * 3_600_000;
}

/** Time spent in one state; `to` is null for the state the case is in now. */
export interface Stay {
  state: State;
  from: Date;
  to: Date | null;
}

/** The hops of a case with their times, from its log (oldest first). Events that move nothing make no hop. */
export function stays(log: readonly { to: State; at: Date }[]): Stay[] {
  const hops: Stay[] = [];
  for (const entry of log) {
    const current = hops[hops.length - 1];
    if (current?.state === entry.to) continue;
    if (current) current.to = entry.at;
    hops.push({ state: entry.to, from: entry.at, to: null });
  }
  return hops;
}
