import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql';
import { afterAll, describe, expect, test } from 'vitest';
import { openFileReader } from '#db/file-reader.ts';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();
const file = `${dataDir}/linsheng.db`;
const other = createClient({ url: pathToFileURL(file).href, timeout: 2000 });
const client = openFileReader(file);
const reader = drizzle(client);
afterAll(() => {
  client.close();
  other.close();
  remove();
});

const put = (key: string, value: string) =>
  other.execute({ sql: 'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', args: [key, value] });
const stored = async (key: string): Promise<unknown> =>
  (await client.execute({ sql: 'SELECT value FROM meta WHERE key = ?', args: [key] })).rows[0]?.value;

describe('the reader of a file', () => {
  test('sees what another connection has committed, at once and every time', async () => {
    for (let n = 0; n < 50; n++) {
      await put('seen', String(n));
      expect(await stored('seen')).toBe(String(n));
    }
  });

  test('leaves no reading open that would hold the log file back', async () => {
    for (let n = 0; n < 500; n++) await put('growing', 'x'.repeat(2000));
    await stored('growing');
    const { rows } = await other.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(rows[0]).toMatchObject({ busy: 0, log: 0 });
    expect(await stored('growing')).toHaveLength(2000);
  });

  test('cannot write', async () => {
    const insert = "INSERT INTO meta (key, value) VALUES ('w', 'w')";
    await expect(client.execute(insert)).rejects.toThrow('cannot write');
    await expect(client.execute(`${insert} RETURNING key`)).rejects.toThrow(/readonly/i);
    expect(await stored('w')).toBeUndefined();
  });

  test('gives rows by name and by position, as the client does, also where two columns share a name', async () => {
    const asked = "SELECT 1 AS a, 'x' AS b, NULL AS c, 2.5 AS a";
    expect((await client.execute('SELECT 7, 8')).rows.map((row) => [row[0], row[1]])).toEqual([[7, 8]]);
    const [ours, theirs] = [await client.execute(asked), await other.execute(asked)];
    const [a, b] = [ours.rows[0], theirs.rows[0]];
    expect(Object.keys(a ?? {}).sort()).toEqual(Object.keys(b ?? {}).sort());
    expect(Array.prototype.slice.call(a)).toEqual(Array.prototype.slice.call(b));
    expect(ours.columns).toEqual(theirs.columns);
    expect(await reader.all(sql`SELECT 1 AS a, 'x' AS b`)).toEqual([{ a: 1, b: 'x' }]);
  });

  test('takes truth values, dates and nothing as arguments', async () => {
    const at = new Date(1_700_000_000_000);
    const { rows } = await client.execute({ sql: 'SELECT ?, ?, ?, ?', args: [true, false, null, at] });
    expect(Array.prototype.slice.call(rows[0])).toEqual([1, 0, null, at.getTime()]);
  });

  test('reads several things of one state', async () => {
    await put('one', 'a');
    const [first, second] = await client.batch(
      ["SELECT value FROM meta WHERE key = 'one'", { sql: 'SELECT ? AS n', args: [7] }],
      'read',
    );
    expect(first?.rows[0]?.value).toBe('a');
    expect(second?.rows[0]?.n).toBe(7);
  });

  test('goes on after a statement that fails', async () => {
    await expect(client.execute('SELECT nothing FROM nowhere')).rejects.toThrow();
    expect(await stored('one')).toBe('a');
  });
});
