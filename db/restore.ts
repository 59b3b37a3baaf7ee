import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { beijingTime, now } from '#core/clock.ts';
import { EnvError, env } from '#core/env.ts';
import { keyMark } from '#core/secrets.ts';
import { assertAlone } from './alone.ts';
import {
  copyDurably,
  type Manifest,
  MEDIA,
  manifestFile,
  proveFiles,
  readManifest,
  STORE,
} from './archive.ts';
import { newestMigration, storeTarget } from './client.ts';
import { runScript } from './maintenance.ts';

const USAGE = '用法：npm run restore -- 备份文件夹 [--replace]';

function readArguments(): { folder: string; replace: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { replace: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new EnvError(USAGE);
    const full = resolve(path);
    return {
      folder: basename(full) === basename(manifestFile('')) ? dirname(full) : full,
      replace: values.replace,
    };
  } catch {
    throw new EnvError(USAGE);
  }
}

/** Whether the key is in its place. A wrong one stops the restore before anything is touched. */
function findKey(manifest: Manifest, keyFile: string): boolean {
  // Asking for the mark would make a key file where there is none.
  if (!existsSync(keyFile)) return false;
  if (manifest.keyMark !== null && keyMark() !== manifest.keyMark) {
    throw new EnvError(
      `密钥文件 ${keyFile} 不是这份备份所用的那一份。请先把它另存他处，再放回原来的密钥文件，然后重新运行。`,
    );
  }
  return true;
}

/** What a data folder holds of a store: the file, what the engine keeps beside it, the media. */
const PARTS = [STORE, `${STORE}-wal`, `${STORE}-shm`, MEDIA] as const;

async function moveParts(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const part of PARTS) if (existsSync(join(from, part))) await rename(join(from, part), join(to, part));
}

async function unpack(folder: string, manifest: Manifest, to: string): Promise<void> {
  for (const { path } of [manifest.store, ...manifest.media])
    await copyDurably(join(folder, path), join(to, path));
  await proveFiles(to, manifest);
}

function migrate(): void {
  const setup = fileURLToPath(new URL('./setup.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [setup, '--migrate-only'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new EnvError('数据库已放回，但没有升级到当前版本，原因见上。');
}

async function noteRestore(manifest: Manifest): Promise<void> {
  const [{ write }, { system }, { closeStore }] = await Promise.all([
    import('#core/write.ts'),
    import('#core/actor.ts'),
    import('#core/store.ts'),
  ]);
  await write(system('restore'), 'store.restore', async (_, change) => {
    change.note('store', 'backup', { to: { madeAt: Date.parse(manifest.madeAt) } });
  });
  closeStore();
}

async function main(): Promise<void> {
  const { folder, replace } = readArguments();
  const { dataDir, keyFile, databaseUrl } = env();
  if (databaseUrl)
    throw new EnvError(
      '数据在 DATABASE_URL 所指的数据库服务器上，请用它自己的办法恢复；本命令只恢复本机的数据文件夹。',
    );
  const manifest = readManifest(folder);
  if (manifest.migration > newestMigration())
    throw new EnvError('这份备份来自更新的版本，请先升级程序再恢复。');
  assertAlone(storeTarget(dataDir, undefined, undefined));
  const occupied = PARTS.some((part) => existsSync(join(dataDir, part)));
  if (occupied && !replace) {
    throw new EnvError(
      `数据文件夹 ${dataDir} 里已有数据，没有改动。确要替换请加 --replace，原有数据会移到旁边保留。`,
    );
  }
  const hasKey = findKey(manifest, keyFile);
  const stamp = beijingTime(now()).replace(/\D/gu, '');
  const draft = join(dataDir, `restoring-${stamp}-${process.pid}`);
  const aside = join(dataDir, `replaced-${stamp}-${process.pid}`);
  try {
    const { queued } = await proveFiles(folder, manifest);
    await unpack(folder, manifest, draft);
    if (occupied) await moveParts(dataDir, aside);
    await moveParts(draft, dataDir).catch(async (error: unknown) => {
      if (occupied) await moveParts(aside, dataDir);
      throw error;
    });
    migrate();
    await noteRestore(manifest);
    console.log(
      `已恢复 ${beijingTime(new Date(manifest.madeAt))} 的备份：数据库与 ${manifest.media.length} 个媒体文件都已核对。`,
    );
    if (occupied) console.log(`原有数据移到了 ${aside}，确认无误后可自行删除。`);
    if (queued > 0)
      console.log(`有 ${queued} 条当时还没发出的消息，启动后会发送；如果后来已经发过，会再发一次。`);
    console.log(
      hasKey
        ? `密钥文件 ${keyFile} 与备份相符，可以启动。`
        : `密钥不在备份里：请先把原来的密钥文件放回 ${keyFile}，再启动；没有它，加密的姓名和电话读不出来，查询码也对不上。`,
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

await runScript(main);
