import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import type { CaseEvent } from '#db/schema/hotline.values.ts';
import type { UnitId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { findUnit } from '#domains/places/service.ts';
import { setting } from '#domains/settings/service.ts';
import { type CaseRow, type Step, staffStep } from '../cases/step.ts';
import { replaceHelperUnits } from '../cases/store.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { stepDue } from '../clocks.ts';
import type { DispatchCase, ReassignCase, ReturnCase, RuleOnReturn, SignCase } from './input.ts';
import * as store from './store.ts';

interface Given {
  unit: UnitId;
  helpers: readonly UnitId[];
  publicText: string;
  internalText: string;
}

/** Who may be given a case: a unit in use, and never the one complained of (信访工作条例 art. 30). */
async function checkLead(tx: Tx, c: CaseRow, given: Given): Promise<void> {
  const wrong = (message: string, field = 'unit') =>
    new AppError('invalid', `${message}。`, { [field]: message });
  const lead = await findUnit(given.unit, tx);
  if (!lead || lead.retiredAt) throw wrong('这个单位已停用，请另选');
  if (lead.id === c.aboutUnitId) throw wrong('不能派给被反映的单位，请另选');
  for (const id of given.helpers) {
    const helper = await findUnit(id, tx);
    if (!helper || helper.retiredAt) throw wrong('有协办单位已停用，请另选', 'helpers');
    if (helper.id === c.aboutUnitId) throw wrong('被反映的单位不能协办', 'helpers');
    if (helper.id === lead.id) throw wrong('牵头单位不必再列为协办单位', 'helpers');
  }
}

async function give(actor: Actor, tx: Tx, c: CaseRow, given: Given, event: CaseEvent): Promise<Step> {
  await checkLead(tx, c, given);
  // Who took a complaint down by telephone does not decide who handles it.
  if (actor.kind === 'staff' && (await store.wroteDown(tx, c.id, actor.id))) {
    throw new AppError('forbidden', '这件诉求是您登记的，请由另一位派单员派单。');
  }
  await replaceHelperUnits(tx, c.id, given.helpers);
  return {
    event,
    as: 'dispatcher',
    unitId: given.unit,
    publicText: given.publicText,
    internalText: given.internalText,
    data: { unitId: given.unit, helpers: given.helpers.join(' ') },
    set: { leadUnitId: given.unit, dispatches: c.dispatches + 1 },
  };
}

/** Gives an accepted or returned case to a unit that leads, with others that help. */
export function dispatchCase(actor: Actor, sent: DispatchCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.dispatch',
    permission: 'hotline:dispatch',
    plan: (tx, c) => give(actor, tx, c, sent, 'dispatch'),
  });
}

/** Decides on a returned case: the same or another unit handles it. */
export function rule(actor: Actor, sent: RuleOnReturn): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.rule',
    permission: 'hotline:dispatch',
    plan: (tx, c) => give(actor, tx, c, sent, 'rule'),
  });
}

/** Takes a case from its unit and gives it to another: the centre's own mistake, or a unit that is no more. */
export function reassignCase(actor: Actor, sent: ReassignCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.reassign',
    permission: 'hotline:dispatch',
    plan: (tx, c) => give(actor, tx, c, sent, 'reassign'),
  });
}

/** The unit takes the case in hand. */
export function signCase(actor: Actor, sent: SignCase): Promise<CaseRow> {
  return staffStep(actor, sent, {
    action: 'hotline.sign',
    permission: 'hotline:handle',
    plan: (_tx, c) => ({ event: 'sign', as: 'handler', unitId: c.leadUnitId }),
  });
}

/** The unit gives the case back, with ground and evidence, within its time and its number of times. */
export async function returnCase(actor: Actor, sent: ReturnCase): Promise<CaseRow> {
  const cal = await currentCalendar();
  const { maxReturns } = await setting('hotline');
  return staffStep(actor, sent, {
    action: 'hotline.return',
    permission: 'hotline:handle',
    async plan(tx, c, change) {
      if (c.returns >= maxReturns) {
        throw new AppError(
          'conflict',
          `这张工单已退回 ${c.returns} 次，不能再退。请办理，或请热线召集会商。`,
        );
      }
      const given = await store.lastGivenAt(tx, c.id);
      const { limits } = await catalogueAt(c.filedAt);
      if (given && change.at.getTime() >= stepDue(cal, given, 'return', limits).at.getTime()) {
        throw new AppError('conflict', '已过退单时限，不能再退。请办理，或请热线召集会商。');
      }
      if (sent.suggested !== null && !(await findUnit(sent.suggested, tx))) {
        throw new AppError('invalid', '请重新选择建议单位。', { suggested: '请重新选择单位' });
      }
      return {
        event: 'return',
        as: 'handler',
        unitId: c.leadUnitId,
        publicText: sent.ground,
        internalText: sent.evidence,
        data: { suggested: sent.suggested, times: c.returns + 1 },
        set: { returns: c.returns + 1 },
      };
    },
  });
}
