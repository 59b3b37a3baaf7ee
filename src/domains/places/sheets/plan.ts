import type { CheckedRow } from '#core/imports.ts';
import type { SheetColumn, SheetRow } from '#core/tables.ts';
import type { Read } from './rules.ts';

/** Headings as the columns of a table; all are required but those that are named. */
export const columnsOf = (headings: readonly string[], optional: readonly string[]): SheetColumn[] =>
  headings.map((heading) => ({ key: heading, label: heading, required: !optional.includes(heading) }));

export const NOT_YOURS = '不在您管理的地域内';

/** What is to be done with a record that was read: its row, and what the store holds of it. */
export interface Plan<T> {
  record: T;
  action: 'add' | 'change' | 'same';
}

export interface Planned<T> extends CheckedRow {
  plan: Plan<T> | null;
}

/** Reads row by row, so that each record keeps the number of its line. */
export function plan<T>(
  rows: readonly SheetRow[],
  read: (values: readonly Readonly<Record<string, string>>[]) => Read<T>,
  judge: (record: T) => Plan<T>['action'] | string,
): Planned<T>[] {
  const whole = read(rows.map(({ values }) => values));
  return rows.map(({ line, values }, index) => {
    const said = whole.problems.filter((problem) => problem.line === index + 2);
    const problems = said.map(({ message }) => message.replace(/^第 \d+ 行：/, ''));
    if (problems.length > 0) return { line, action: 'wrong', problems, plan: null };
    const [record] = read([values]).records;
    if (record === undefined) return { line, action: 'wrong', problems: ['这一行没有读懂'], plan: null };
    const action = judge(record);
    return action === 'add' || action === 'change' || action === 'same'
      ? { line, action, problems: [], plan: { record, action } }
      : { line, action: 'wrong', problems: [action], plan: null };
  });
}

/** The plans as a preview shows them. */
export const checked = (rows: readonly Planned<unknown>[]): CheckedRow[] =>
  rows.map(({ line, action, problems }) => ({ line, action, problems }));

/** What there is to do, without what stays as it is. */
export const plans = <T>(rows: readonly Planned<T>[]): Plan<T>[] =>
  rows.flatMap(({ plan: one }) => (one && one.action !== 'same' ? one : []));
