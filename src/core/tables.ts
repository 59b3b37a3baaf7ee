import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { beijingDay, now } from './clock.ts';
import { AppError } from './errors.ts';
import type { SentFile } from './multipart.ts';

export type TableValue = string | number | null;

export interface Table {
  header: readonly string[];
  rows: readonly (readonly TableValue[])[];
}

const BOM = '\ufeff';

/** A table as CSV that a spreadsheet opens rightly: with a byte order mark, and no cell that it would take for a formula. */
export function toCsv({ header, rows }: Table): string {
  return BOM + stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}

/** A table as an XLSX file; text stays text there, so that no cell is taken for a formula. */
export async function toXlsx({ header, rows }: Table): Promise<Buffer> {
  const { default: writeSheet } = await import('write-excel-file/node');
  const head = header.map((value) => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? { value, type: String } : value)),
  );
  return writeSheet([head, ...body], { stickyRowsCount: 1 }).toBuffer();
}

/** A table as a download, CSV unless `xlsx` is asked for; its name gets the Beijing day. */
export async function tableFile(name: string, format: string | null, table: Table): Promise<Response> {
  const xlsx = format === 'xlsx';
  const body = xlsx ? new Uint8Array(await toXlsx(table)) : toCsv(table);
  const file = `${name}-${beijingDay(now())}.${xlsx ? 'xlsx' : 'csv'}`;
  return new Response(body, {
    headers: {
      'Content-Type': xlsx
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file)}`,
      'Cache-Control': 'no-store',
    },
  });
}

export interface SheetColumn {
  key: string;
  /** The heading by which the column is found; people may reorder and add columns. */
  label: string;
  required?: boolean;
}

/** A row as it was sent: its number as the spreadsheet shows it, and its cells as text. */
export interface SheetRow {
  line: number;
  values: Readonly<Record<string, string>>;
}

export const SHEET_LIMITS = { fileBytes: 4 * 1024 * 1024, files: 1 } as const;

const MOST_ROWS = 20_000;
const MOST_UNPACKED = 64 * 1024 * 1024;

/** Spreadsheets save Chinese CSV in GB18030 unless told otherwise. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The sum of what a zip file says its parts unpack to; `null` when it is no zip file. */
function unpackedSize(zip: Buffer): number | null {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 20 > zip.length) return null;
  let at = zip.readUInt32LE(end + 16);
  let sum = 0;
  while (at + 46 <= zip.length && zip.readUInt32LE(at) === 0x02014b50) {
    sum += zip.readUInt32LE(at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return sum;
}

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return String(cell).trim();
};

async function cellsOf(file: SentFile): Promise<string[][]> {
  const bytes = await readFile(file.path);
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') {
    return parse(decode(bytes), { bom: true, relax_column_count: true, skip_empty_lines: false });
  }
  const size = unpackedSize(bytes);
  if (size === null || size > MOST_UNPACKED) throw new Error('not a spreadsheet of sensible size');
  const { readSheet } = await import('read-excel-file/node');
  const rows = await readSheet(bytes);
  return rows.map((row) => row.map(cellText));
}

// What `toCsv` put in front of a cell comes off again, so that an exported table can be sent back.
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/u, '');

/**
 * Reads the first sheet of an XLSX file, or a CSV file in UTF-8 or GB18030; columns are found by their headings.
 * Throws `invalid` for any other file, for a missing required column and for more than 20,000 rows.
 */
export async function readTable(file: SentFile, columns: readonly SheetColumn[]): Promise<SheetRow[]> {
  if (file.tooLarge) throw new AppError('invalid', `文件“${file.name}”超过 4 MB，请分成几个文件导入。`);
  let cells: string[][];
  try {
    cells = await cellsOf(file);
  } catch {
    throw new AppError('invalid', `没有读懂文件“${file.name}”，请存为 .xlsx 或 .csv 后重新选择。`);
  }
  const [header = [], ...rows] = cells;
  const headings = header.map((cell) => unguarded(cell.trim()));
  const missing = columns.filter(({ label, required }) => required && !headings.includes(label));
  if (missing.length > 0) {
    const names = missing.map(({ label }) => `“${label}”`).join('、');
    throw new AppError('invalid', `文件第一行缺少列名${names}。请照模板的第一行写列名，再重新选择。`);
  }
  if (rows.length > MOST_ROWS) throw new AppError('invalid', '一次最多导入 20000 行，请分成几个文件。');
  const places = columns.map(({ key, label }) => ({ key, index: headings.indexOf(label) }));
  return rows.flatMap((row, index) => {
    const values = Object.fromEntries(
      places.map(({ key, index: column }) => [key, column < 0 ? '' : unguarded((row[column] ?? '').trim())]),
    );
    return Object.values(values).every((value) => value === '') ? [] : [{ line: index + 2, values }];
  });
}
