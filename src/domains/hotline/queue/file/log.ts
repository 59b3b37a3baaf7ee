import type { CaseEvent, State } from '#db/schema/hotline.values.ts';
import { STAFF_EVENT_LABEL } from '../../labels.ts';
import { notesOf } from './rules.ts';
import type { LogRow } from './store.ts';

/** One entry of a case's log, as the reader at his desk may know it. */
export interface FileEntry {
  id: number;
  at: Date;
  event: CaseEvent;
  label: string;
  from: State | null;
  to: State;
  by: string;
  publicText: string;
  internalText: string;
  notes: string[];
}

const HOUSE: Readonly<Record<string, string>> = {
  complainant: '诉求人',
  operator: '热线',
  dispatcher: '热线',
  inspector: '检查员',
  system: '系统',
};

/** Who took a step: the house he belongs to, and his name where `named`. */
export function actedBy(row: LogRow, named: boolean): string {
  const house = row.party === 'handler' ? (row.unit ?? '承办单位') : (HOUSE[row.party] ?? '');
  return named && row.person ? `${house} ${row.person}` : house;
}

/** The steps by which a case is given to a unit. */
export const GIVING: readonly CaseEvent[] = ['dispatch', 'rule', 'reassign'];

/** An entry in words, before anything in it is masked. */
export function entryOf(row: LogRow, unitName: (id: number) => string): FileEntry {
  const lead = GIVING.includes(row.event) && row.unit ? [`牵头：${row.unit}`] : [];
  return {
    id: row.id,
    at: row.at,
    event: row.event,
    label: STAFF_EVENT_LABEL[row.event],
    from: row.fromState,
    to: row.toState,
    by: actedBy(row, row.party !== 'complainant'),
    publicText: row.publicText,
    internalText: row.internalText,
    notes: [...lead, ...notesOf(row.event, row.data, unitName)],
  };
}
