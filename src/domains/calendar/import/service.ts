import { z } from 'zod';
import type { Actor } from '#core/actor.ts';
import { day, text } from '#core/fields.ts';
import { type CheckedRow, parseRows, refuseWrong, repeatedLines } from '#core/imports.ts';
import { permit } from '#core/permissions.ts';
import type { SheetColumn, SheetRow } from '#core/tables.ts';
import { write } from '#core/write.ts';
import type { OverrideKind } from '#db/schema/calendar.values.ts';
import { listWorkdays, putWorkday } from '../service.ts';

export const WORKDAY_COLUMNS: readonly SheetColumn[] = [
  { key: 'date', label: '日期', required: true },
  { key: 'kind', label: '休或班', required: true },
  { key: 'name', label: '名称', required: true },
  { key: 'source', label: '依据' },
];

const KINDS: Readonly<Record<string, OverrideKind>> = { 休: 'off', 休息: 'off', 班: 'work', 上班: 'work' };

const Row = z.object({
  date: day('日期'),
  kind: z.string().transform((value, ctx): OverrideKind => {
    const kind = KINDS[value];
    if (kind) return kind;
    ctx.addIssue('“休或班”这一列只能写“休”或“班”');
    return z.NEVER;
  }),
  name: text('名称', { max: 20 }),
  source: text('依据', { max: 100, optional: true }),
});

/** What would become of each row. */
export async function checkWorkdays(rows: readonly SheetRow[]): Promise<CheckedRow[]> {
  const known = new Map((await listWorkdays()).map((entry) => [entry.date, entry]));
  const parsed = parseRows(Row, rows);
  const repeated = repeatedLines(parsed, ({ date }) => date);
  return parsed.map(({ line, data, problems }) => {
    const before = repeated.get(line);
    if (before !== undefined) return { line, action: 'wrong', problems: [`和第 ${before} 行是同一天`] };
    if (!data) return { line, action: 'wrong', problems };
    const entry = known.get(data.date);
    const same = entry?.kind === data.kind && entry.name === data.name && entry.source === data.source;
    return { line, action: same ? 'same' : entry ? 'change' : 'add', problems: [] };
  });
}

/** Enters the days of a table, all or none. */
export async function importWorkdays(actor: Actor, rows: readonly SheetRow[]): Promise<void> {
  permit(actor, 'settings:edit');
  refuseWrong(await checkWorkdays(rows));
  const entries = parseRows(Row, rows).flatMap(({ data }) => data ?? []);
  await write(actor, 'calendar.import', async (tx, change) => {
    for (const entry of entries) await putWorkday(tx, change, entry);
  });
}
