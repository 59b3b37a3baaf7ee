import type { Actor } from '#core/actor.ts';
import type { Plain } from '#core/audit.ts';
import { AppError, found } from '#core/errors.ts';
import type { Permission } from '#core/permissions.ts';
import type { Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { Party as Capacity, CaseEvent } from '#db/schema/hotline.values.ts';
import type { ComplaintId, UnitId } from '#db/schema/ids.ts';
import type { TemplateName } from '#domains/notify/rules.ts';
import { assertEvent, needsReason, nextState, originOf } from '../rules.ts';
import { permitCase, permitStep } from './access.ts';
import { tellParties } from './notices.ts';
import * as store from './store.ts';

export type { CaseChange, CaseRow } from './store.ts';

/** One step of a case: what happened, in which capacity, and what it changes besides the state. */
export interface Step {
  event: CaseEvent;
  as: Capacity;
  set?: store.CaseChange;
  /** The unit that acted, or received the case. */
  unitId?: UnitId | null;
  complaintId?: ComplaintId;
  /** What the resident, and the public of a published case, read beside the step. */
  publicText?: string;
  /** What only staff read. */
  internalText?: string;
  /** The end of the clock that the complainant is told, where it is not the case's own due date. */
  due?: Date;
  /** The message to the complainant, where it is not the event's own. */
  notice?: TemplateName;
  /** Codes, counts and instants of the step; never words. */
  data?: Record<string, Plain>;
}

async function originFor(tx: Tx, c: store.CaseRow, event: CaseEvent) {
  if (event === 'supply') return c.pausedFrom ?? undefined;
  if (event === 'sendBack' || event === 'unmerge') return originOf(c.state, await store.listMoves(tx, c.id));
  return undefined;
}

const instant = (at: Date | null): Plain => at?.getTime() ?? null;

function noteStep(change: Change, before: store.CaseRow, after: store.CaseRow, step: Step): void {
  const facts = (c: store.CaseRow): Record<string, Plain> => ({
    state: c.state,
    category: c.category,
    placeId: c.placeId,
    leadUnitId: c.leadUnitId,
    dueAt: instant(c.dueAt),
    outcome: c.outcome,
    publication: c.publication,
  });
  const was = facts(before);
  const is = facts(after);
  const changed = Object.keys(is).filter((key) => was[key] !== is[key]);
  const pick = (all: Record<string, Plain>) =>
    Object.fromEntries(changed.map((key) => [key, all[key] ?? null]));
  change.note('case', before.id, {
    from: pick(was),
    to: pick(is),
    fields: [step.publicText && 'publicText', step.internalText && 'internalText'].filter(
      (name) => !!name,
    ) as string[],
    reason: String(step.data?.code ?? step.event),
  });
}

/** The public pages on which a case stands. */
export function touchCase(change: Change, c: Pick<store.CaseRow, 'id' | 'placeId'>): void {
  change.touch('cases', `case:${c.id}`, `place:${c.placeId}`);
}

/**
 * Takes one step in the caller's transaction: checks that the move exists, changes the row as it was read, appends the
 * event, notes it, tells the complainants, and touches the public pages where the case stands on them. Throws `conflict` for
 * a move that does not exist or a case that has changed, `invalid` where a reason is missing.
 */
export async function takeStep(
  tx: Tx,
  change: Change,
  c: store.CaseRow,
  actor: Actor,
  step: Step,
): Promise<store.CaseRow> {
  assertEvent(c.state, step.event, step.as);
  if (needsReason(step.event) && !step.publicText && !step.internalText) {
    throw new AppError('invalid', '请写明理由。', { reason: '请写明理由' });
  }
  const to = nextState(c.state, step.event, await originFor(tx, c, step.event));
  const after = await store.updateCase(tx, c, { ...step.set, state: to, updatedAt: change.at });
  await store.insertEvent(tx, {
    caseId: c.id,
    complaintId: step.complaintId ?? null,
    at: change.at,
    event: step.event,
    fromState: c.state,
    toState: to,
    party: step.as,
    accountId: actor.kind === 'staff' ? actor.id : null,
    unitId: step.unitId ?? null,
    publicText: step.publicText ?? '',
    internalText: step.internalText ?? '',
    data: step.data ?? {},
  });
  noteStep(change, c, after, step);
  const due = step.due ?? after.dueAt;
  const told = { caseId: c.id, event: step.event, notice: step.notice, due };
  tellParties(change, told, await store.listParties(tx, c.id));
  if (c.publication === 'published' || after.publication === 'published') {
    touchCase(change, c);
    if (after.placeId !== c.placeId) touchCase(change, after);
  }
  return after;
}

/** Which case a staff form speaks of, and as of which version its sender saw it. */
export interface CaseRef {
  number: string;
  version: number;
}

/** What a staff member's step needs, and what it does to the case as it now stands. */
export interface StaffStep {
  action: string;
  permission: Permission;
  plan: (tx: Tx, c: store.CaseRow, change: Change) => Promise<Step> | Step;
}

/**
 * A staff member's step, whole: permission first, scope and state from the row, one transaction. Throws `not_found` for a case
 * outside the actor's reach, `conflict` when somebody was faster.
 */
export async function staffStep(actor: Actor, ref: CaseRef, step: StaffStep): Promise<store.CaseRow> {
  permitStep(actor, step.permission);
  return write(actor, step.action, async (tx, change) => {
    const c = found(await store.findCase(tx, ref.number), '没有找到这张工单，请检查编号。');
    permitCase(actor, step.permission, c);
    store.assertFresh(c, ref.version);
    return takeStep(tx, change, c, actor, await step.plan(tx, c, change));
  });
}
