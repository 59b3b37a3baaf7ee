import { accessSync, constants, mkdirSync } from 'node:fs';
import { drizzle } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';
import { EnvError, env } from '#core/env.ts';
import { MIGRATIONS, openWriter, type StoreTarget, storeTarget } from './client.ts';

/** Brings the store to the newest schema and proves it sound. Throws `EnvError` when it is not. */
async function migrateStore(target: StoreTarget): Promise<void> {
  const client = openWriter(target, 10_000);
  try {
    if (target.file) await client.execute('PRAGMA journal_mode = WAL');
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    const dangling = await client.execute('PRAGMA foreign_key_check');
    const sound = target.file ? await client.execute('PRAGMA integrity_check') : null;
    if (dangling.rows.length > 0 || (sound && sound.rows[0]?.integrity_check !== 'ok')) {
      throw new EnvError('数据库检查没有通过，已停止启动；请用最近的备份恢复（npm run restore）。');
    }
  } finally {
    client.close();
  }
}

function checkFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch {
    throw new EnvError(`数据文件夹 ${dir} 不能写入，请检查权限或改设 DATA_DIR 后再启动。`);
  }
}

async function main(): Promise<void> {
  const settings = env();
  checkFolder(settings.dataDir);
  await migrateStore(storeTarget(settings.dataDir, settings.databaseUrl, settings.databaseAuthToken));
  if (process.argv.includes('--migrate-only')) return;
  const { fillEmptyStore } = await import('./fill.ts');
  await fillEmptyStore();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exitCode = 1;
}
