import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import type { CaseEvent } from '#db/schema/hotline.values.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { setting } from '#domains/settings/service.ts';
import type { CaseRow } from '../../cases/step.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { stepDue } from '../../clocks.ts';
import { wroteDown } from '../../dispatch/store.ts';
import { GIVING } from './log.ts';
import type { LogRow } from './store.ts';

export type Bars = Partial<Record<CaseEvent, string>>;

async function returnBar(c: CaseRow, log: readonly LogRow[]): Promise<string | null> {
  const { maxReturns } = await setting('hotline');
  if (c.returns >= maxReturns) return `已退回 ${c.returns} 次，不能再退。请办理，或请热线召集会商。`;
  const given = log.filter((row) => GIVING.includes(row.event)).at(-1)?.at;
  const { limits } = await catalogueAt(c.filedAt);
  const due = given && stepDue(await currentCalendar(), given, 'return', limits);
  return due && now().getTime() >= due.at.getTime()
    ? '已过退单时限，不能再退。请办理，或请热线召集会商。'
    : null;
}

const OWN_FILING = '这件诉求是您登记的，请由另一位派单员派单。';

/** Steps that somebody might take now but for a reason, with that reason. */
export async function barsFor(
  actor: Actor,
  c: CaseRow,
  steps: readonly CaseEvent[],
  log: readonly LogRow[],
): Promise<Bars> {
  const bars: Bars = {};
  const giving = steps.filter((step) => GIVING.includes(step));
  if (giving.length > 0 && actor.kind === 'staff' && (await wroteDown(reader, c.id, actor.id))) {
    for (const step of giving) bars[step] = OWN_FILING;
  }
  const bar = steps.includes('return') ? await returnBar(c, log) : null;
  if (bar) bars.return = bar;
  return bars;
}
