import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'linsheng-keys-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const env = { ...process.env, DATA_DIR: dataDir, DEMO: '0', DATABASE_URL: '', LOG_LEVEL: 'silent' };
const file = join(dataDir, 'keys.json');

const state = (): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      "import { storeState } from '#core/store.ts'; try { console.log(await storeState()); } catch (e) { console.log(e.message); }",
    ],
    { env, encoding: 'utf8' },
  ).trim();

test('a store tells its own keys from others, the sealing key as well as the one that looks up', () => {
  execFileSync(process.execPath, ['db/setup.ts'], { env });
  expect(state()).toBe('ready');
  const own = JSON.parse(readFileSync(file, 'utf8')) as {
    current: string;
    keys: Record<string, string>;
    lookup: string;
  };
  const other = Buffer.alloc(32, 7).toString('base64');
  for (const changed of [
    { ...own, lookup: other },
    { ...own, keys: { k1: other } },
  ]) {
    writeFileSync(file, JSON.stringify(changed));
    expect(state()).toContain('不是这个数据库所用的那一份');
  }
  writeFileSync(file, JSON.stringify({ ...own, current: 'k2', keys: { ...own.keys, k2: other } }));
  expect(state()).toBe('ready');
});
