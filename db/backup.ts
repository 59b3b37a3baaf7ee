import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beijingTime, now } from '#core/clock.ts';
import { EnvError, env } from '#core/env.ts';
import {
  copyDurably,
  describeFile,
  type Entry,
  filesUnder,
  type Manifest,
  MEDIA,
  manifestFile,
  proveFiles,
  proveStore,
  STORE,
  type StoreFacts,
  secure,
} from './archive.ts';
import { openWriter, storeMigration, storeTarget } from './client.ts';
import { runScript } from './maintenance.ts';
import { progressOn } from './progress.ts';

/** Copies the committed state into a file of its own, also while the server writes. */
async function copyStore(dataDir: string, to: string): Promise<void> {
  const client = openWriter(storeTarget(dataDir, undefined, undefined), 10_000);
  try {
    await client.execute({ sql: 'VACUUM INTO ?', args: [to] });
  } finally {
    client.close();
  }
  await secure(to);
}

const folderOf = (id: string): string => `${id.slice(0, 2)}/${id}`;

/** Copies the files of the media that the copied store knows: files of later uploads belong to the next backup. */
async function copyMedia(
  dataDir: string,
  folder: string,
  facts: StoreFacts,
): Promise<{ media: Entry[]; missing: string[] }> {
  const show = progressOn(process.stdout, '已复制图片和附件');
  const media: Entry[] = [];
  const missing: string[] = [];
  for (const [i, { id, sha256 }] of facts.media.entries()) {
    const from = join(dataDir, MEDIA, folderOf(id));
    const entries: Entry[] = [];
    for (const name of await filesUnder(from)) {
      const path = `${MEDIA}/${folderOf(id)}/${name}`;
      await copyDurably(join(from, name), join(folder, path));
      entries.push(await describeFile(folder, path));
    }
    if (!entries.some((entry) => entry.sha256 === sha256)) missing.push(id);
    media.push(...entries);
    show(i + 1, facts.media.length);
  }
  return { media, missing };
}

async function fill(dataDir: string, folder: string, madeAt: Date): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyStore(dataDir, join(folder, STORE));
  const { media: known, queued: _, ...facts } = await proveStore(join(folder, STORE));
  const { media, missing } = await copyMedia(dataDir, folder, { ...facts, media: known, queued: 0 });
  const manifest: Manifest = {
    format: 1,
    madeAt: madeAt.toISOString(),
    ...facts,
    store: await describeFile(folder, STORE),
    media,
    missing,
  };
  await writeFile(manifestFile(folder), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await proveFiles(folder, manifest);
  return manifest;
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const settings = env();
  if (settings.databaseUrl) {
    throw new EnvError(
      '数据在 DATABASE_URL 所指的数据库服务器上，请用它自己的备份（GET /dump）；本命令只备份本机的数据文件夹。',
    );
  }
  if ((await storeMigration(storeTarget(settings.dataDir, undefined, undefined))) === null) {
    throw new EnvError(`数据文件夹 ${settings.dataDir} 里还没有数据库，没有可备份的内容。`);
  }
  const madeAt = now();
  const name = `linsheng-${beijingTime(madeAt).replace(/\D/gu, '')}${String(madeAt.getUTCSeconds()).padStart(2, '0')}`;
  const folder = join(resolve(positionals[0] ?? join(settings.dataDir, 'backups')), name);
  if (existsSync(folder)) throw new EnvError(`备份 ${folder} 已经存在，请稍后再试。`);
  const draft = `${folder}.part`;
  try {
    const manifest = await fill(settings.dataDir, draft, madeAt);
    await rename(draft, folder);
    const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0);
    console.log(`已备份到 ${folder}：${rows} 行数据、${manifest.media.length} 个媒体文件，已重新打开核对。`);
    console.log(
      `密钥不在备份里。请把 ${settings.keyFile} 另行保管，并把备份复制到另一台机器；两者缺一，加密的个人信息就读不出来。`,
    );
    if (manifest.missing.length > 0) {
      console.error(
        `有 ${manifest.missing.length} 个媒体文件在备份之前就已缺失或损坏：${manifest.missing.join(' ')}`,
      );
      process.exitCode = 2;
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

await runScript(main);
