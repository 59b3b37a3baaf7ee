import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql';
import { afterAll, describe, expect, test } from 'vitest';
import { openFileWriter } from '#db/file-writer.ts';
import { meta } from '#db/schema/core.ts';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();
const file = `${dataDir}/linsheng.db`;
const other = createClient({ url: pathToFileURL(file).href, timeout: 2000 });
const client = openFileWriter(file, 20);
const db = drizzle(client);
afterAll(() => {
  client.close();
  other.close();
  remove();
});

const insert = (key: string) => db.transaction((tx) => tx.insert(meta).values({ key, value: 'x' }));
const stored = async (prefix: string): Promise<unknown[]> =>
  (
    await other.execute({ sql: "SELECT key FROM meta WHERE key LIKE ? || '%' ORDER BY key", args: [prefix] })
  ).rows.map((row) => row.key);

describe('the writer of a file', () => {
  test('commits what another connection sees at once', async () => {
    for (let n = 0; n < 50; n++) await insert(`seen-${n}`);
    expect(await stored('seen-')).toHaveLength(50);
  });

  test('refuses a change outside of a transaction, so that none is committed by itself', async () => {
    await expect(db.insert(meta).values({ key: 'stray', value: 'x' })).rejects.toThrow();
    expect(await stored('stray')).toEqual([]);
  });

  test('a statement that failed serves again, and what stood in its transaction is gone', async () => {
    await insert('twice');
    const again = db.transaction(async (tx) => {
      await tx.insert(meta).values({ key: 'beside', value: 'x' });
      await tx.insert(meta).values({ key: 'twice', value: 'y' });
    });
    await expect(again).rejects.toMatchObject({ cause: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
    await insert('after');
    expect(await stored('beside')).toEqual([]);
    expect(await stored('after')).toEqual(['after']);
  });

  test('rows that a change returns are read to their end, so that the commit goes through', async () => {
    const rows = await db.transaction((tx) =>
      tx
        .insert(meta)
        .values(Array.from({ length: 300 }, (_, n) => ({ key: `many-${n}`, value: 'x' })))
        .returning({ key: meta.key }),
    );
    expect(rows).toHaveLength(300);
    expect(await stored('many-')).toHaveLength(300);
  });

  test('a lock held elsewhere is told as busy; after a new connection writes are stored again', async () => {
    const holder = createClient({ url: pathToFileURL(file).href, timeout: 2000 });
    const held = await holder.transaction('write');
    await expect(insert('during')).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_BUSY/) });
    await client.reconnect();
    await held.commit();
    holder.close();
    for (let n = 0; n < 20; n++) await insert(`later-${n}`);
    expect(await stored('during')).toEqual([]);
    expect(await stored('later-')).toHaveLength(20);
  });

  test('what was open when the connection was thrown away is not stored, and can still be ended', async () => {
    const tx = await client.transaction('write');
    await tx.execute("INSERT INTO meta (key, value) VALUES ('cut', 'x')");
    await client.reconnect();
    await expect(tx.execute("INSERT INTO meta (key, value) VALUES ('cut-2', 'x')")).rejects.toThrow();
    await tx.rollback();
    await insert('whole');
    expect(await stored('cut')).toEqual([]);
    expect(await stored('whole')).toEqual(['whole']);
  });

  test('a second transaction beside an open one is refused', async () => {
    const tx = await client.transaction('write');
    await expect(client.transaction('write')).rejects.toThrow('open already');
    await tx.rollback();
  });

  test('keeps foreign keys', async () => {
    const orphan = db.transaction(async (tx) => {
      await tx.run('INSERT INTO case_helpers (case_id, unit_id) VALUES (999, 999)' as never);
    });
    await expect(orphan).rejects.toThrow();
    const { rows } = await other.execute('SELECT count(*) AS n FROM case_helpers');
    expect(rows[0]?.n).toBe(0);
    expect(await db.transaction((tx) => tx.select().from(meta).where(eq(meta.key, 'whole')))).toHaveLength(1);
  });
});
