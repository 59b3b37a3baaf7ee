import type { State } from '#db/schema/hotline.values.ts';
import type { Tone } from '../data-table.ts';

const TONES: Readonly<Partial<Record<State, Tone>>> = {
  follow_up: 'good',
  closed: 'good',
  signed_off: 'good',
  needs_info: 'warn',
  returned: 'warn',
  redo: 'warn',
  refused: 'plain',
  referred: 'plain',
  terminated: 'plain',
  merged: 'plain',
  withdrawn: 'plain',
};

/** The colour of a state; its words always stand beside it. */
export const stageTone = (state: State): Tone => TONES[state] ?? 'info';
