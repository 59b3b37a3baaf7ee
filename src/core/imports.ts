import { z } from 'zod';
import { AppError } from './errors.ts';
import { list } from './fields.ts';
import { type FormPage, type FormState, handleForm, type Stager } from './forms.ts';
import { readTable, SHEET_LIMITS, type SheetColumn, type SheetRow } from './tables.ts';

/** What would become of a row of a table that was sent. */
export interface CheckedRow {
  line: number;
  action: 'add' | 'change' | 'same' | 'wrong';
  /** Why it cannot be taken in; empty for what can. */
  problems: readonly string[];
}

export interface Importer {
  columns: readonly SheetColumn[];
  check(rows: readonly SheetRow[]): Promise<CheckedRow[]>;
  /** Takes the rows in, all or none, checking them once more. Gives where to go; `null` to draw the page again. */
  commit(rows: readonly SheetRow[]): Promise<string | null>;
}

export interface ImportState {
  upload: FormState;
  confirm: FormState;
  /** The rows that were sent with what would become of each; `null` until a table was sent. */
  preview: readonly (CheckedRow & Pick<SheetRow, 'values'>)[] | null;
  /** The rows again, for the hidden fields of the second form. */
  carried: readonly string[];
}

const ROWS_A_FIELD = 200;
const Carried = z.array(z.object({ line: z.number().int(), values: z.record(z.string(), z.string()) }));

const carry = (rows: readonly SheetRow[]): string[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_A_FIELD) }, (_, i) =>
    JSON.stringify(rows.slice(i * ROWS_A_FIELD, (i + 1) * ROWS_A_FIELD)),
  );

function carried(fields: readonly string[]): SheetRow[] {
  try {
    return fields.flatMap((field) => Carried.parse(JSON.parse(field)));
  } catch {
    throw new AppError('invalid', '没有读懂要导入的内容，请重新选择文件。');
  }
}

/** Refuses rows of which any cannot be taken in: nothing is taken in by halves. */
export function refuseWrong(rows: readonly CheckedRow[]): void {
  const wrong = rows.filter(({ action }) => action === 'wrong');
  if (wrong.length === 0) return;
  const lines = wrong.slice(0, 5).map(({ line, problems }) => `第 ${line} 行：${problems.join('，')}`);
  throw new AppError('invalid', `有 ${wrong.length} 行不能导入，一行也没有导入。${lines.join('；')}。`);
}

/**
 * Handles a page that takes in a table: the first form sends the file and shows what would become of each row, the
 * second carries it out.
 */
export async function handleImport(page: FormPage, importer: Importer): Promise<ImportState | Response> {
  let rows: SheetRow[] = [];
  const stage: Stager = async ([file]) => {
    if (!file) return { kept: [], problems: ['请选择要导入的文件'] };
    try {
      rows = await readTable(file, importer.columns);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { kept: [], problems: [error.message] };
    }
    return { kept: [], problems: rows.length === 0 ? ['文件里没有内容，请检查是否在第一张工作表'] : [] };
  };
  let checked: CheckedRow[] = [];
  const upload = await handleForm(
    page,
    z.object({}),
    async () => {
      checked = await importer.check(rows);
      return null;
    },
    { files: { field: 'file', limits: SHEET_LIMITS, stage } },
  );
  if (upload instanceof Response) return upload;
  const confirm = await handleForm(
    page,
    z.object({ rows: list(z.string()) }),
    (sent) => importer.commit(carried(sent.rows)),
    { name: 'confirm' },
  );
  if (confirm instanceof Response) return confirm;
  const values = new Map(rows.map((row) => [row.line, row.values]));
  return {
    upload,
    confirm,
    preview: upload.done ? checked.map((row) => ({ ...row, values: values.get(row.line) ?? {} })) : null,
    carried: upload.done ? carry(rows) : confirm.values('rows'),
  };
}

export interface ParsedRow<T> {
  line: number;
  /** `null` where a cell is wrong. */
  data: T | null;
  problems: string[];
}

/** Reads each row by a schema; what is wrong with a cell is said in its words. */
export function parseRows<T>(schema: z.ZodType<T>, rows: readonly SheetRow[]): ParsedRow<T>[] {
  return rows.map(({ line, values }) => {
    const result = schema.safeParse(values);
    return result.success
      ? { line, data: result.data, problems: [] }
      : { line, data: null, problems: [...new Set(result.error.issues.map((issue) => issue.message))] };
  });
}

/** The rows whose key stands in the table more than once, each with the line where it stood first. */
export function repeatedLines<T>(
  rows: readonly ParsedRow<T>[],
  key: (data: T) => string,
): Map<number, number> {
  const first = new Map<string, number>();
  const repeated = new Map<number, number>();
  for (const { line, data } of rows) {
    if (data === null) continue;
    const before = first.get(key(data));
    if (before === undefined) first.set(key(data), line);
    else repeated.set(line, before);
  }
  return repeated;
}
