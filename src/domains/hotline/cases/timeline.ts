import type { CaseEvent, State } from '#db/schema/hotline.values.ts';
import { PUBLIC_EVENT_LABEL } from '../labels.ts';
import { isOpen } from '../rules.ts';

/** A step as residents read it; `by` is a unit, never a person. */
export interface Hop {
  event: CaseEvent;
  title: string;
  at: Date;
  by?: string;
  text?: string;
  state: 'done' | 'now';
}

export interface Happened {
  event: CaseEvent;
  at: Date;
  unit: string | null;
  publicText: string;
  /** What the reader himself wrote with the step; only on his own page. */
  ownText?: string;
}

// What staff note among themselves is no step of the way; a card is between the centre and the unit.
export const QUIET: readonly CaseEvent[] = ['comment', 'card'];

/** The way of a case in residents' words, oldest first. The last step of an open case is where it stands now. */
export function timelineOf(happened: readonly Happened[], state: State): Hop[] {
  const shown = happened.filter((each) => !QUIET.includes(each.event) || each.publicText || each.ownText);
  return shown.map((each, i) => {
    // What a unit proposes is nobody's to read before the centre has approved it.
    const said = each.event === 'answer' ? '' : each.publicText;
    const text = [said, each.ownText ?? ''].filter((words) => words !== '').join('\n');
    return {
      event: each.event,
      title: PUBLIC_EVENT_LABEL[each.event],
      at: each.at,
      ...(each.unit !== null && { by: each.unit }),
      ...(text !== '' && { text }),
      state: i === shown.length - 1 && isOpen(state) ? 'now' : 'done',
    };
  });
}
