import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';

process.env.LOG_LEVEL = 'silent';
const { readTable, tableFile, toCsv, toXlsx } = await import('#core/tables.ts');

const dir = mkdtempSync(join(tmpdir(), 'linsheng-tables-'));
afterAll(() => rmSync(dir, { recursive: true }));

let serial = 0;
const sent = (name: string, content: Buffer | string) => {
  const path = join(dir, String(++serial));
  writeFileSync(path, content);
  return { field: 'file', name, path, bytes: content.length, tooLarge: false };
};

const COLUMNS = [
  { key: 'code', label: '编号', required: true },
  { key: 'name', label: '名称', required: true },
  { key: 'note', label: '备注' },
];
const HEADER = ['编号', '名称', '备注'];

describe('what is written', () => {
  test('CSV begins with a byte order mark and holds no formula', () => {
    const csv = toCsv({ header: ['a'], rows: [['=1+1'], ['@x'], ['-x'], ['+x'], [-5], [null]] });
    expect(csv).toBe("\ufeffa\r\n'=1+1\r\n'@x\r\n'-x\r\n'+x\r\n-5\r\n\r\n");
  });

  test('a download says what it is and is kept nowhere', async () => {
    const answer = await tableFile('地域', 'csv', { header: HEADER, rows: [] });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''[%0-9A-F]+-\d{4}-\d\d-\d\d\.csv$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('what is read', () => {
  test.each(['csv', 'xlsx'] as const)('comes back from %s as it went out', async (kind) => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((s) => `字${s.replace(/[\p{C}\ufffd]/gu, '')}`.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const table = { header: HEADER, rows };
        const file = sent(`t.${kind}`, kind === 'csv' ? toCsv(table) : await toXlsx(table));
        const read = await readTable(file, COLUMNS);
        expect(read.map((row) => Object.values(row.values))).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  test('columns in another order, unknown ones between, empty rows skipped, lines as the spreadsheet counts', async () => {
    const rows = await readTable(sent('t.csv', '名称,电话,编号\n甲,1,A\n,,\n乙,2,B\n'), COLUMNS);
    expect(rows).toEqual([
      { line: 2, values: { code: 'A', name: '甲', note: '' } },
      { line: 4, values: { code: 'B', name: '乙', note: '' } },
    ]);
  });

  test('a CSV saved by a spreadsheet in GB18030', async () => {
    // 编号,名称 / 1,槐荫社区
    const gbk = Buffer.from([
      0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31, 0x2c, 0xbb, 0xb1, 0xd2, 0xf1, 0xc9,
      0xe7, 0xc7, 0xf8, 0x0a,
    ]);
    const rows = await readTable(sent('t.csv', gbk), COLUMNS);
    expect(rows[0]?.values.name).toBe('槐荫社区');
  });

  test('numbers and dates in a spreadsheet', async () => {
    const { default: write } = await import('write-excel-file/node');
    const bytes = await write([
      HEADER,
      [13812345678, '甲', { value: new Date('2026-03-05T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }],
    ]).toBuffer();
    const rows = await readTable(sent('t.xlsx', bytes), COLUMNS);
    expect(rows[0]?.values).toEqual({ code: '13812345678', name: '甲', note: '2026-03-05' });
  });

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0])],
    ['a zip that is none', Buffer.from('PK\x03\x04 nothing')],
    ['nothing', Buffer.alloc(0)],
    ['a CSV with an open quote', Buffer.from('编号,名称\n"1,甲\n')],
  ])('%s is refused in words', async (_name, bytes) => {
    await expect(readTable(sent('x.csv', bytes), COLUMNS)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a missing column is named', async () => {
    await expect(readTable(sent('x.csv', '编号\n1\n'), COLUMNS)).rejects.toThrow('“名称”');
  });

  test('a spreadsheet that would unpack to gigabytes is refused before it is unpacked', async () => {
    const bytes = await toXlsx({ header: HEADER, rows: [] });
    const entry = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(0xfffffff0, entry + 24);
    await expect(readTable(sent('bomb.xlsx', bytes), COLUMNS)).rejects.toThrow('没有读懂');
  });
});
