import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { openFileReader } from './file-reader.ts';
import { openFileWriter } from './file-writer.ts';

// The store and what lies beside it hold personal data: nobody but their owner reads them.
process.umask(0o077);

export interface StoreTarget {
  /** Absolute path of the store's file, or `null` where a libSQL server is used. */
  file: string | null;
  url: string;
  authToken: string | undefined;
}

/** Where the store is: a server where one is configured, else the one file in the data folder. */
export function storeTarget(
  dataDir: string,
  url: string | undefined,
  authToken: string | undefined,
): StoreTarget {
  if (url) return { file: null, url, authToken };
  const file = `${dataDir}/linsheng.db`;
  return { file, url: pathToFileURL(file).href, authToken: undefined };
}

/**
 * A client that may change the store: one connection, so that a stray second write fails instead of
 * poisoning it. `timeout` (ms) freezes the whole process while another holds the lock: tens in the
 * server, seconds in scripts.
 */
export function openWriter(target: StoreTarget, timeout: number): Client {
  if (!target.file)
    return createClient({ url: target.url, ...(target.authToken ? { authToken: target.authToken } : {}) });
  return createClient({ url: target.url, concurrency: 1, timeout });
}

/** The same for the server, whose changes are many: transactions alone, through statements that are kept ready. */
export function openServerWriter(target: StoreTarget, timeout: number): Client {
  return target.file ? openFileWriter(target.file, timeout) : openWriter(target, timeout);
}

/** A client on which a write fails, as far as this program can tell a server's connections apart. */
export function openReader(target: StoreTarget): Client {
  if (target.file) return openFileReader(target.file);
  return createClient({ url: target.url, ...(target.authToken ? { authToken: target.authToken } : {}) });
}

export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** The time stamp of the newest migration that this program brings. */
export function newestMigration(): number {
  const journal: unknown = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'));
  const entries = (journal as { entries: { when: number }[] }).entries;
  return entries.at(-1)?.when ?? 0;
}

/** The time stamp of the newest migration the store has seen; `null` for a store that does not exist yet. */
export async function storeMigration(target: StoreTarget): Promise<number | null> {
  if (target.file && !existsSync(target.file)) return null;
  const client = openReader(target);
  try {
    const tables = await client.execute("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'");
    if (tables.rows.length === 0) return null;
    const newest = await client.execute('SELECT max(created_at) AS at FROM __drizzle_migrations');
    const at = newest.rows[0]?.at;
    return at === null || at === undefined ? null : Number(at);
  } finally {
    client.close();
  }
}
