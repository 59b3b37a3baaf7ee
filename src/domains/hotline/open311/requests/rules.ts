import type { Outcome, RefusalCode, State } from '#db/schema/hotline.values.ts';
import type { Hop } from '../../cases/timeline.ts';
import { OUTCOME_LABEL, publicLabel } from '../../labels.ts';
import { answerIsOut } from '../../publication/rules.ts';
import { isOpen } from '../../rules.ts';

export const statusOf = (state: State): 'open' | 'closed' => (isOpen(state) ? 'open' : 'closed');

/** What a state is told by. */
export interface Standing {
  state: State;
  referredTo: string | null;
  mergedInto: string | null;
  outcome: Outcome | null;
  refusalCode: RefusalCode | null;
}

const EXTENDED: Readonly<Record<State, string>> = {
  filed: 'open',
  needs_info: 'open',
  accepted: 'open',
  dispatched: 'open',
  handling: 'in_progress',
  returned: 'open',
  answered: 'in_progress',
  follow_up: 'open',
  redo: 'reopen',
  closed: 'closed',
  signed_off: 'closed',
  refused: 'no_further_action',
  referred: 'not_councils_responsibility',
  terminated: 'no_further_action',
  merged: 'duplicate',
  withdrawn: 'cancelled',
};

/** The state in the words of the updates extension; only what was truly put right is `fixed`. */
export function extendedStatus(state: State, c: Pick<Standing, 'outcome' | 'refusalCode'>): string {
  const ended = state === 'closed' || state === 'signed_off';
  if (ended && c.outcome === 'fixed') return 'fixed';
  if (state === 'refused' && c.refusalCode === 'notGov') return 'not_councils_responsibility';
  return EXTENDED[state];
}

/** A step in one line: what happened, by which unit, and the words beside it. */
export function hopLine({ title, by, text }: Hop): string {
  return `${title}${by ? `（${by}）` : ''}${text ? `：${text}` : ''}`;
}

/** How the case truly stands: the state in residents' words, the outcome, and the answer or the last reason that was given. */
export function statusNotes(c: Standing, answer: string | null, hops: readonly Hop[]): string {
  const outcome = answerIsOut(c.state) && c.outcome ? `（${OUTCOME_LABEL[c.outcome]}）` : '';
  const towards = (c.state === 'merged' ? c.mergedInto : c.referredTo) ?? undefined;
  const words = answer || hops.at(-1)?.text || '';
  return `${publicLabel(c.state, towards)}${outcome}${words && `：${words}`}`;
}
