import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, ROOT, sources } from '../support/imports.ts';

const SHARED = [
  'settings',
  'calendar',
  'places',
  'notify',
  'accounts',
  'media',
  'search',
  'publicity',
  'honors',
  'rectification',
];
const FEATURES = [
  'news',
  'hotline',
  'volunteers',
  'nominations',
  'supervision',
  'council',
  'participation',
  'integrity',
  'stats',
];
const EDGES =
  /^(src\/(pages|layouts|components|islands|styles|jobs)\/|src\/(middleware|env\.d)\.ts$|db\/[^/]+\.ts$|db\/demo\/)/;

interface Place {
  floor: number;
  /** Orders the shared domains among themselves. */
  order: number;
  room: string;
}

function place(file: string): Place {
  const domain = /^src\/domains\/([^/]+)\//.exec(file)?.[1];
  if (domain && SHARED.includes(domain)) return { floor: 2, order: SHARED.indexOf(domain), room: domain };
  if (domain) return { floor: 3, order: FEATURES.indexOf(domain), room: domain };
  if (file.startsWith('src/core/')) return { floor: 1, order: 0, room: 'core' };
  if (
    file.startsWith('db/schema/') ||
    /^db\/(client|file-reader|file-writer|ready-statements)\.ts$/.test(file)
  )
    return { floor: 0, order: 0, room: 'store' };
  if (file.startsWith('src/server/')) return { floor: 5, order: 0, room: 'server' };
  if (EDGES.test(file)) return { floor: 4, order: 0, room: 'edges' };
  throw new Error(`${file} stands on no floor`);
}

// Setting up, backing up and restoring deal with the store as a whole, whatever its tables.
const SCRIPT = /^db\/[^/]+\.ts$/;

const files = sources();
const imports = files.flatMap(importsOf);
const own = imports.filter(({ to }) => to.startsWith('src/') || to.startsWith('db/'));
const say = ({ from, to }: Import): string => `${from} → ${to}`;

const isData = (file: string): boolean => file.endsWith('.values.ts') || file === 'db/schema/ids.ts';
const isSchema = (file: string): boolean => file.startsWith('db/schema/') && !isData(file);
const isStore = (file: string): boolean => /(^|-)store\.ts$/.test(basename(file));
const isRules = (file: string): boolean => basename(file) === 'rules.ts';

describe('floors', () => {
  test('every file stands on a floor, every domain is one of the plan', () => {
    for (const file of files) place(file);
    const domains = new Set(files.map((file) => /^src\/domains\/([^/]+)\//.exec(file)?.[1]).filter(Boolean));
    expect([...domains].filter((name) => ![...SHARED, ...FEATURES].includes(name ?? ''))).toEqual([]);
  });

  test('an import points down, never up, never sideways between features', () => {
    const wrong = own.filter(({ from, to }) => {
      const [a, b] = [place(from), place(to)];
      if (a.room === b.room) return false;
      if (a.floor === 2 && b.floor === 2) return b.order > a.order;
      if (a.floor === 3 && b.floor === 3) return a.room !== 'stats';
      return b.floor >= a.floor;
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test('no page or component reaches into the front door', () => {
    const wrong = own.filter(({ from, to }) => place(to).floor === 5 && place(from).floor !== 5);
    expect(wrong.map(say)).toEqual([]);
  });

  test('lists of states import nothing', () => {
    expect(imports.filter(({ from }) => from.endsWith('.values.ts')).map(say)).toEqual([]);
  });
});

describe('who may import what', () => {
  test('tables are read and changed in stores alone', () => {
    const wrong = own.filter(
      ({ from, to, typeOnly }) =>
        isSchema(to) && !typeOnly && !isStore(from) && place(from).floor !== 0 && place(from).floor !== 1,
    );
    expect(wrong.map(say)).toEqual([]);
  });

  test('SQL is written in stores alone', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        to === 'drizzle-orm' &&
        !typeOnly &&
        !isStore(from) &&
        ![0, 1].includes(place(from).floor) &&
        !SCRIPT.test(from),
    );
    expect(wrong.map(say)).toEqual([]);
  });

  test('the writing connection is opened for the write path and for scripts alone', () => {
    const users = files.filter((file) =>
      /\b(writerClient|openWriter)\b/.test(readFileSync(`${ROOT}/${file}`, 'utf8')),
    );
    const allowed = ['db/client.ts', 'src/core/store.ts', 'src/core/write.ts'];
    const scripts = users.filter((file) => !allowed.includes(file));
    expect(scripts.filter((file) => !/^db\/[^/]+\.ts$/.test(file))).toEqual([]);
  });

  test('rules do no I/O and read no clock', () => {
    const pure = files.filter(isRules);
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (!pure.includes(from) || typeOnly) return false;
      if (/\/(service|store|input)\.ts$/.test(to)) return true;
      return (
        to.startsWith('node:') ||
        to.startsWith('drizzle-orm') ||
        to === 'src/core/store.ts' ||
        to === 'src/core/write.ts'
      );
    });
    expect(wrong.map(say)).toEqual([]);
    const clocks = pure.filter((file) =>
      /\bDate\.now\(|new Date\(\)|\bnow\(\)/.test(readFileSync(`${ROOT}/${file}`, 'utf8')),
    );
    expect(clocks).toEqual([]);
  });

  test('islands take values, pure rules and types, never zod or the store', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      if (!from.startsWith('src/islands/') || typeOnly) return false;
      if (to === 'zod') return true;
      return (
        (to.startsWith('src/') || to.startsWith('db/')) &&
        !to.startsWith('src/islands/') &&
        !isData(to) &&
        !isRules(to) &&
        !to.startsWith('src/styles/')
      );
    });
    expect(wrong.map(say)).toEqual([]);
  });

  test('lucia is imported by one file', () => {
    expect(imports.filter(({ to }) => to === 'lucia').map(({ from }) => from)).toEqual([
      'src/domains/accounts/sessions.ts',
    ]);
  });

  test('pages reach floors below by their # names, so that the build holds no second copy', () => {
    const wrong = files
      .filter((file) => /^src\/(pages|layouts|components|middleware)/.test(file))
      .filter((file) =>
        /from ['"](\.\.\/)+(core|domains|server|jobs)\//.test(readFileSync(`${ROOT}/${file}`, 'utf8')),
      );
    expect(wrong).toEqual([]);
  });
});

test('the root holds what the plan names and dot files, nothing else', () => {
  const allowed = [
    'src',
    'public',
    'db',
    'tests',
    'astro.config.mjs',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'README.md',
  ];
  const ignored = ['node_modules', 'dist', 'data'];
  const there = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !ignored.includes(name));
  expect(there.filter((name) => !allowed.includes(name))).toEqual([]);
});

test('files and folders are named in kebab case, components in Pascal case', () => {
  const odd = files.filter((file) => {
    const name = basename(file);
    if (/\[.*\]/.test(file)) return false;
    if (/^src\/(components|layouts|islands)\//.test(file))
      return !/^([a-z0-9-]+|[A-Z][A-Za-z0-9]+)(\.[a-z]+)*\.(ts|tsx|astro|mjs)$/.test(name);
    return !/^_?[a-z0-9-]+(\.[a-z]+)*\.(ts|tsx|astro|mjs|d\.ts)$/.test(name);
  });
  expect(odd).toEqual([]);
});
