import type { Actor } from '#core/actor.ts';
import type { Permission } from '#core/permissions.ts';
import type { CaseEvent, Party, State } from '#db/schema/hotline.values.ts';
import { type Guarded, holds } from '../cases/access.ts';
import { findPersonalData, maskFilerText } from '../privacy/rules.ts';
import { allowedEvents } from '../rules.ts';

/** What waits for the holders of each permission. */
export const WAITING: Readonly<Partial<Record<Permission, readonly State[]>>> = {
  'hotline:accept': ['filed'],
  'hotline:dispatch': ['accepted', 'returned'],
  'hotline:approve': ['answered'],
  'hotline:handle': ['dispatched', 'handling', 'redo'],
  'hotline:follow-up': ['follow_up'],
  'hotline:inspect': ['closed'],
};

/** Which permission each step at the desk asks for, and in which capacity it is taken. */
const STEPS: readonly {
  events: readonly CaseEvent[];
  permission: Permission;
  as: 'dispatcher' | 'handler' | 'operator';
}[] = [
  {
    events: ['accept', 'refuse', 'refer', 'askInfo', 'reconsider', 'referralReturned'],
    permission: 'hotline:accept',
    as: 'dispatcher',
  },
  { events: ['dispatch', 'rule', 'reassign', 'terminate'], permission: 'hotline:dispatch', as: 'dispatcher' },
  { events: ['approve', 'sendBack'], permission: 'hotline:approve', as: 'dispatcher' },
  { events: ['sign', 'return', 'answer', 'askInfo', 'contact'], permission: 'hotline:handle', as: 'handler' },
  { events: ['followOk', 'followBad', 'contact'], permission: 'hotline:follow-up', as: 'operator' },
];

/** The steps that this person may take now, in the order of the list of events; the desk shows these and no others. */
export function stepsFor(actor: Actor, c: Guarded & { state: State }): CaseEvent[] {
  const mine = new Set(
    STEPS.filter((step) => holds(actor, step.permission, c)).flatMap((step) => {
      const allowed = allowedEvents(c.state, step.as);
      return step.events.filter((event) => allowed.includes(event));
    }),
  );
  // A returned case is ruled upon; a plain second dispatch would leave no reason behind.
  if (c.state === 'returned') mine.delete('dispatch');
  return [...mine];
}

// What points at a person; numbers of houses and plates are what a unit needs to find the place.
const POINTING = ['phone', 'email', 'account', 'id', 'bank'] as const;

/** A filer's words as the unit reads them: his own data hidden; where the filer asked for secrecy, every number that leads to a person. */
export function wordsForUnit(
  text: string,
  filer: { name: string | null; phone: string | null },
  secret: boolean,
): string {
  const own = maskFilerText(text, filer);
  if (!secret) return own;
  return findPersonalData(own)
    .filter(({ kind }) => POINTING.some((each) => each === kind))
    .reduceRight((words, found) => `${words.slice(0, found.start)}***${words.slice(found.end)}`, own);
}

// What the unit needs to do its work; notes that the hotline's staff keep of the filer stay with them.
const TOLD_TO_UNIT: readonly CaseEvent[] = [
  'dispatch',
  'rule',
  'reassign',
  'sendBack',
  'followBad',
  'dispute',
  'supply',
];

/** Whether the unit reads what was noted with a step. */
export const unitReadsNote = (entry: {
  event: CaseEvent;
  party: Party;
  complaintId: number | null;
}): boolean =>
  entry.party === 'handler' ||
  TOLD_TO_UNIT.includes(entry.event) ||
  (entry.party === 'complainant' && entry.complaintId !== null);
