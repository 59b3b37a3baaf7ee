import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const STAMP = join(ROOT, 'dist', '.sources.json');
const ENTRY = join(ROOT, 'dist', 'server', 'entry.mjs');
// `db/schema` and `rules.ts` files end up in browser bundles, and with `src` all the rest.
const SOURCES = ['src/**/*', 'public/**/*', 'db/schema/**/*', 'astro.config.mjs', 'package-lock.json'];

/** The sources could not be built: one Chinese sentence for the person who started the program. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

interface Stamp {
  /** Names, sizes and times: costs one `stat` a file. */
  quick: string;
  /** The content: decides when the times differ, as they do after a checkout or a copy. */
  content: string;
}

interface Source {
  path: string;
  size: number;
  mtime: number;
}

function listSources(): Source[] {
  return globSync(SOURCES, { cwd: ROOT })
    .map((path) => ({ path, stat: statSync(join(ROOT, path)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ path, stat }) => ({ path, size: stat.size, mtime: stat.mtimeMs }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function quickPrint(sources: readonly Source[]): string {
  return createHash('sha256').update(JSON.stringify(sources)).digest('hex');
}

function contentPrint(sources: readonly Source[]): string {
  const hash = createHash('sha256');
  for (const { path } of sources) hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

function readStamp(): Stamp | null {
  if (!existsSync(STAMP) || !existsSync(ENTRY)) return null;
  try {
    const { quick, content }: Partial<Stamp> = JSON.parse(readFileSync(STAMP, 'utf8'));
    return quick && content ? { quick, content } : null;
  } catch {
    return null;
  }
}

/** Builds the pages. Says what it does on standard error; throws `BuildError` when they cannot be built. */
export async function build(): Promise<void> {
  const sources = listSources();
  const stamp: Stamp = { quick: quickPrint(sources), content: contentPrint(sources) };
  const astro = join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [astro, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' },
  });
  const endChild = (): void => void child.kill();
  process.once('exit', endChild);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done));
  process.off('exit', endChild);
  if (code !== 0) throw new BuildError('页面没有构建成功，原因见上面的输出，请改正后再启动。');
  writeFileSync(STAMP, JSON.stringify(stamp));
}

/** Builds the pages if the sources changed since the last build. Without sources an existing build is taken as it is. */
export async function buildIfStale(): Promise<void> {
  const sources = listSources();
  if (!sources.some(({ path }) => path.startsWith('src/pages/')) && existsSync(ENTRY)) return;
  const stamp = readStamp();
  const quick = quickPrint(sources);
  if (stamp?.quick === quick) return;
  if (stamp && stamp.content === contentPrint(sources)) {
    writeFileSync(STAMP, JSON.stringify({ quick, content: stamp.content }));
    return;
  }
  console.error('正在构建页面……');
  await build();
}

if (import.meta.main) {
  await build().catch((error: unknown) => {
    console.error(error instanceof BuildError ? error.message : error);
    process.exit(1);
  });
}
