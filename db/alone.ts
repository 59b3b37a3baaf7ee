import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EnvError } from '#core/env.ts';
import { openWriter, type StoreTarget } from './client.ts';

const HERE = fileURLToPath(import.meta.url);
const TAKEN = 3;

/** In exclusive mode even an idle connection of another program is in the way. */
async function tryAlone(file: string): Promise<boolean> {
  const client = openWriter({ file, url: `file:${file}`, authToken: undefined }, 0);
  try {
    await client.execute('PRAGMA locking_mode = EXCLUSIVE');
    const tx = await client.transaction('write');
    await tx.commit();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return false;
    throw error;
  } finally {
    client.close();
  }
}

/**
 * Makes sure that no other program has the store open, as the running server has; throws a sentence otherwise. The
 * engine's own file lock is asked: it ends with the process that holds it, however that ends, so nothing can be left
 * over. To be called before this process itself opens the store. A libSQL server takes several programs at once by
 * design and is not asked.
 */
export function assertAlone(target: StoreTarget): void {
  if (!target.file || !existsSync(target.file)) return;
  // In a process of its own: the driver lets go of a closed connection's locks only at some later time.
  const { status } = spawnSync(process.execPath, [HERE, target.file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === TAKEN) {
    throw new EnvError('数据库正被另一个程序使用（多半是正在运行的网站）。请先停止它，再运行本命令。');
  }
  if (status !== 0)
    throw new EnvError('数据库文件打不开，请检查磁盘和权限，或用最近的备份恢复（npm run restore）。');
}

if (process.argv[1] === HERE) process.exit((await tryAlone(process.argv[2] ?? '')) ? 0 : TAKEN);
