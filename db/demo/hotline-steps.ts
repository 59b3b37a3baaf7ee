import type { Outcome, RefusalCode } from '#db/schema/hotline.values.ts';
import { OUTCOMES, REFUSAL_CODES } from '#db/schema/hotline.values.ts';
import type { CaseId, UnitId } from '#db/schema/ids.ts';
import { addLimit, type Calendar, type Limit } from '#domains/calendar/rules.ts';
import type { CaseChange, CaseRow } from '#domains/hotline/cases/step.ts';
import { dueFor, type LimitTable, redoLimit, wasOverdue } from '#domains/hotline/clocks.ts';
import type { DemoComplaint, DemoStep } from './content/types.ts';

/** What a step of the past is told with. */
export interface Past {
  complaint: DemoComplaint;
  step: DemoStep;
  row: CaseRow;
  at: Date;
  calendar: Calendar;
  limits: LimitTable;
  unitId: UnitId | null;
  /** The case that this one was merged into. */
  into: CaseId | null;
}

const outcomeOf = (code: string | undefined): Outcome => OUTCOMES.find((value) => value === code) ?? 'fixed';

const refusalOf = (code: string | undefined): RefusalCode =>
  REFUSAL_CODES.find((value) => value === code) ?? 'notGov';

const handOver = ({ row, unitId }: Past): CaseChange => ({
  leadUnitId: unitId,
  dispatches: row.dispatches + 1,
});

const redo = ({ row, at, calendar, limits, complaint }: Past): CaseChange => {
  const first = (row.limit ??
    dueFor(calendar, row.filedAt, { ...complaint, urgency: 'ordinary' }, limits).limit) as Limit;
  const due = addLimit(calendar, at, redoLimit(first));
  return {
    redos: row.redos + 1,
    dueAt: due.at,
    dueProvisional: due.provisional,
    closedAt: null,
    outcome: null,
  };
};

const end = ({ step, at }: Past): CaseChange => ({ closedAt: at, outcome: outcomeOf(step.code) });

/** What a step of the past says to the public: an answer is nobody's to read until the centre has approved it. */
export function publicTextOf(step: DemoStep, row: CaseRow): string {
  if (step.event === 'answer') return '';
  return step.event === 'approve' ? row.answerText : step.publicText;
}

/** What each event of the past changes in the case besides its state; the same fields that the desk's steps set. */
export function changeOf(past: Past): CaseChange {
  const { row, step, at, calendar, limits, complaint, unitId } = past;
  switch (step.event) {
    case 'accept': {
      const { limit, due } = dueFor(calendar, row.filedAt, { ...complaint, urgency: 'ordinary' }, limits);
      return { acceptedAt: at, limit, dueAt: due.at, firstDueAt: due.at, dueProvisional: due.provisional };
    }
    case 'dispatch':
    case 'rule':
    case 'reassign':
      return handOver(past);
    case 'return':
      return { returns: row.returns + 1 };
    case 'askInfo':
      return { pausedAt: at, pausedFrom: row.state, firstContactAt: row.firstContactAt ?? at };
    case 'supply':
      return { pausedAt: null, pausedFrom: null };
    case 'contact':
      return { firstContactAt: row.firstContactAt ?? at };
    case 'extend': {
      const due = addLimit(calendar, row.dueAt ?? at, limits.step.extension);
      return { extensions: row.extensions + 1, dueAt: due.at, dueProvisional: due.provisional };
    }
    case 'answer':
      return {
        answerText: step.publicText,
        answerUnitId: unitId ?? row.leadUnitId,
        answeredAt: at,
        outcome: outcomeOf(step.code),
      };
    case 'sendBack':
      return { answeredAt: null, outcome: null };
    case 'approve':
      return {
        firstAnsweredAt: row.firstAnsweredAt ?? at,
        wasOverdue:
          row.wasOverdue ?? (row.dueAt ? wasOverdue({ at: row.dueAt }, row.answeredAt ?? at) : false),
      };
    case 'confirm':
    case 'followOk':
    case 'lapse':
      return end(past);
    case 'dispute':
    case 'followBad':
    case 'reopen':
      return redo(past);
    case 'refuse':
      return { refusalCode: refusalOf(step.code) };
    case 'refer':
      return { referredTo: step.code ?? '有关部门' };
    case 'merge':
      return { duplicateOf: past.into };
    default:
      return {};
  }
}
