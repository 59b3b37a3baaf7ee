import { existsSync, mkdirSync } from 'node:fs';
import type { Client } from '@libsql/client';
import { DrizzleQueryError, eq } from 'drizzle-orm';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { newestMigration, openReader, openServerWriter, storeMigration, storeTarget } from '#db/client.ts';
import { meta } from '#db/schema/core.ts';
import { EnvError, env } from './env.ts';
import { keyMark, opensProbe } from './secrets.ts';

export type Reader = LibSQLDatabase;
export type Tx = Parameters<Parameters<LibSQLDatabase['transaction']>[0]>[0];
/** What a store function reads through: the read-only client, or the transaction it is part of. */
export type Db = Reader | Tx;

export const target = storeTarget(env().dataDir, env().databaseUrl, env().databaseAuthToken);
if (!existsSync(env().dataDir)) mkdirSync(env().dataDir, { recursive: true });

// Few milliseconds: the local driver waits by stopping the event loop; `write` waits outside it instead.
const SERVER_LOCK_WAIT_MS = 20;

/** For `core/write.ts` alone. */
export const writerClient: Client = openServerWriter(target, SERVER_LOCK_WAIT_MS);
export const readerClient: Client = openReader(target);

const writing = drizzle(writerClient);

type Builder = Pick<Tx, 'insert' | 'update' | 'select'>;

/**
 * A statement of a path that is taken often, built once with placeholders instead of at every use: building costs ten times
 * what running it does. It runs in the transaction that is open; a server's transactions need it built for each.
 */
export function ready<P>(build: (db: Builder) => P): (tx: Tx) => P {
  let made: P | undefined;
  return (tx) => {
    if (!target.file) return build(tx);
    made ??= build(writing);
    return made;
  };
}

/** Reads of the committed state; a write through it fails. */
export const reader: Reader = drizzle(readerClient);

/**
 * A query built once for each connection instead of at every reading: building costs more than reading does.
 * What varies stands in it as `sql.placeholder`.
 */
export function builtOnce<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const built = new WeakMap<Db, Query>();
  return (db) => {
    const known = built.get(db);
    if (known) return known;
    const query = build(db);
    built.set(db, query);
    return query;
  };
}

async function metaValue(key: string): Promise<string | null> {
  const [row] = await reader.select({ value: meta.value }).from(meta).where(eq(meta.key, key));
  return row?.value ?? null;
}

/**
 * Whether the server may start on this store as it is: `behind` wants migrating, `empty` wants filling too.
 * Throws `EnvError` when the key does not fit what the store holds, or a demonstration is to go live.
 */
export async function storeState(): Promise<'ready' | 'behind' | 'empty'> {
  const at = await storeMigration(target);
  if (at === null) return 'empty';
  if (at < newestMigration()) return 'behind';
  const filled = await metaValue('filled');
  if (filled === null) return 'empty';
  const probe = await metaValue('key-probe');
  if ((await metaValue('key-mark')) !== keyMark() || (probe !== null && !opensProbe(probe))) {
    throw new EnvError(
      `密钥文件 ${env().keyFile} 不是这个数据库所用的那一份，请恢复原来的密钥文件后再启动。`,
    );
  }
  if (filled === 'demo' && !env().loopback) {
    throw new EnvError(
      '这个数据文件夹装的是演示城市，不能用作正式站点；请把 DATA_DIR 改为空文件夹后再启动。',
    );
  }
  return 'ready';
}

interface Coded {
  code?: string;
  extendedCode?: string;
}

/** The engine's code of a failure, such as `SQLITE_CONSTRAINT_UNIQUE`; empty for anything else. */
export function sqliteCode(error: unknown): string {
  const cause: unknown = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error)) return '';
  const coded = cause as Error & Coded;
  return coded.extendedCode ?? coded.code ?? '';
}

/** Whether a statement failed because another row already has that unique value. */
export function isUnique(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** The same failure without the statement and its parameters, which hold what people wrote. */
export function withoutParameters(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const safe = new Error(`query failed: ${sqliteCode(error) || 'unknown'}`);
  safe.stack = `${safe.message}\n${(error.stack ?? '')
    .split('\n')
    .filter((l) => l.trimStart().startsWith('at '))
    .join('\n')}`;
  return safe;
}

export function closeStore(): void {
  readerClient.close();
  writerClient.close();
}
