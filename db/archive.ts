import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drizzle } from 'drizzle-orm/libsql';
import { z } from 'zod';
import { verifyChain } from '#core/audit.ts';
import { EnvError } from '#core/env.ts';
import { openReader } from './client.ts';

/** A backup is a folder: the store, the media and this list of what must be in them. Keys are never part of it. */
export const STORE = 'linsheng.db';
export const MEDIA = 'media';
const MANIFEST = 'manifest.json';

// A list may come from anywhere: its paths must not lead out of the folder.
const PATH = /^(?:linsheng\.db|media\/[\w-]{2}\/[\w-]{4,64}\/[\w-]+(?:\.\w+)*)$/;

const Entry = z.object({ path: z.string().regex(PATH), bytes: z.int(), sha256: z.string() });
export type Entry = z.output<typeof Entry>;

const Manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Time stamp of the newest migration the store has seen. */
  migration: z.int(),
  /** The mark of the key under which personal data are sealed; null for a store that was never filled. */
  keyMark: z.string().nullable(),
  tables: z.record(z.string(), z.int()),
  auditHead: z.string(),
  store: Entry,
  media: z.array(Entry),
  /** Media that the store knew and whose files were gone when the backup was made. */
  missing: z.array(z.string()),
});
export type Manifest = z.output<typeof Manifest>;

export const manifestFile = (folder: string): string => join(folder, MANIFEST);

/** The list of a backup folder. Throws a sentence for what is none. */
export function readManifest(folder: string): Manifest {
  const file = manifestFile(folder);
  if (!existsSync(file))
    throw new EnvError(`${folder} 不是备份：里面没有 ${MANIFEST}。请写明 npm run backup 建立的文件夹。`);
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new EnvError(`备份清单 ${file} 已损坏，或来自不认识的版本，请换一份备份。`);
  }
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Sees that a file is on the disk, and readable by its owner alone. */
export async function secure(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function copyDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
  await secure(to);
}

/** Every file under a folder, by its path from there with forward slashes, in order. None where there is no folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

export async function describeFile(folder: string, path: string): Promise<Entry> {
  const file = join(folder, path);
  return { path, bytes: (await stat(file)).size, sha256: await hashFile(file) };
}

export interface StoreFacts extends Pick<Manifest, 'migration' | 'keyMark' | 'tables' | 'auditHead'> {
  /** Messages that will be sent once the store is served. */
  queued: number;
  /** Media in use: the id, and the hash of its largest or only file. */
  media: { id: string; sha256: string }[];
}

/** Opens a store file and proves it: structure, references and audit chain. Throws a sentence where one fails. */
export async function proveStore(file: string): Promise<StoreFacts> {
  const client = openReader({ file, url: pathToFileURL(file).href, authToken: undefined });
  const all = async (sql: string): Promise<Record<string, unknown>[]> => (await client.execute(sql)).rows;
  try {
    const [check] = await all('PRAGMA integrity_check');
    if (check?.integrity_check !== 'ok') throw new EnvError(`数据库文件 ${file} 的结构检查没有通过。`);
    if ((await all('PRAGMA foreign_key_check')).length > 0)
      throw new EnvError(`数据库文件 ${file} 的引用检查没有通过。`);
    const chain = await verifyChain(drizzle(client));
    if (chain.brokenAt !== null)
      throw new EnvError(`数据库文件 ${file} 的操作日志从第 ${chain.brokenAt} 条起对不上。`);
    const tables: Record<string, number> = {};
    for (const { name } of await all(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite%' ORDER BY name",
    )) {
      const [row] = await all(`SELECT count(*) AS n FROM "${String(name)}"`);
      tables[String(name)] = Number(row?.n);
    }
    const [newest] = await all('SELECT max(created_at) AS at FROM __drizzle_migrations');
    const [mark] = await all("SELECT value FROM meta WHERE key = 'key-mark'");
    const [queued] = await all("SELECT count(*) AS n FROM outbox WHERE state = 'queued'");
    const media = await all("SELECT id, sha256 FROM media WHERE state <> 'staged' ORDER BY id");
    return {
      migration: Number(newest?.at ?? 0),
      keyMark: mark ? String(mark.value) : null,
      tables,
      auditHead: chain.head,
      queued: Number(queued?.n ?? 0),
      media: media.map(({ id, sha256 }) => ({ id: String(id), sha256: String(sha256) })),
    };
  } finally {
    client.close();
  }
}

const sameCounts = (a: Manifest['tables'], b: Manifest['tables']): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/**
 * Proves a backup, or what was restored from one, against its list: every file with its size and hash, nothing else
 * beside them, the store sound and with the same number of rows in every table. Throws a sentence at the first fault.
 */
export async function proveFiles(folder: string, manifest: Manifest): Promise<StoreFacts> {
  const expected = [manifest.store, ...manifest.media];
  for (const entry of expected) {
    const file = join(folder, entry.path);
    if (!existsSync(file)) throw new EnvError(`缺少文件 ${file}，这份备份不完整，请换一份。`);
    if ((await hashFile(file)) !== entry.sha256)
      throw new EnvError(`文件 ${file} 与清单不符，这份备份已损坏或被改动，请换一份。`);
  }
  const facts = await proveStore(join(folder, STORE));
  if (!sameCounts(facts.tables, manifest.tables) || facts.auditHead !== manifest.auditHead) {
    throw new EnvError('数据库里的行数或操作日志与清单不符，这份备份已损坏或被改动，请换一份。');
  }
  return facts;
}
