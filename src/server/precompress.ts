import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { compressible, toBrotli, toGzip } from './encodings.ts';
import { typeOf } from './file-types.ts';

const BEST_BROTLI = 11;
const BEST_GZIP = 9;

async function beside(path: string): Promise<void> {
  const body = await readFile(path);
  if (!compressible(typeOf(extname(path)), body.length)) return;
  const [br, gzip] = await Promise.all([toBrotli(body, BEST_BROTLI), toGzip(body, BEST_GZIP)]);
  if (br.length < body.length) await writeFile(`${path}.br`, br);
  if (gzip.length < body.length) await writeFile(`${path}.gz`, gzip);
}

/** Writes the compressed forms of every text file in a folder beside it, as small as they get. */
export async function precompressFolder(folder: string): Promise<void> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name));
  await Promise.all(files.map((entry) => beside(join(entry.parentPath, entry.name))));
}

/** Compresses the built files once, at the build: doing it in the server would cost it time and memory. */
export const precompress = (): AstroIntegration => ({
  name: 'precompress',
  hooks: { 'astro:build:done': ({ dir }) => precompressFolder(fileURLToPath(dir)) },
});
