import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  from: string;
  /** A path from the root for the project's own files; a package's name for anything else. */
  to: string;
  typeOnly: boolean;
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const DYNAMIC = /import\(\s*['"]([^'"]+)['"]\s*\)/g;

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(dirname(from), specifier));
  if (specifier.startsWith('#db/')) return `db/${specifier.slice(4)}`;
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** The project's own source files, as paths from the root. */
export function sources(): string[] {
  return globSync(['src/**/*.{ts,tsx,astro,mjs}', 'db/**/*.ts'], { cwd: ROOT })
    .map((file) => relative('.', file).split('\\').join('/'))
    .sort();
}

/** Every import of a file, static and dynamic. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found: Import[] = [];
  for (const [, type, specifier = ''] of text.matchAll(STATEMENT)) {
    found.push({ from: file, to: resolve(file, specifier), typeOnly: type !== undefined });
  }
  for (const [, specifier = ''] of text.matchAll(DYNAMIC)) {
    found.push({ from: file, to: resolve(file, specifier), typeOnly: false });
  }
  return found;
}
