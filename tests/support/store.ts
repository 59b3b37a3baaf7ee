import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newestMigration } from '#db/client.ts';

function template(): string {
  const dir = join(tmpdir(), `linsheng-template-${process.getuid?.() ?? 0}-${newestMigration()}`);
  if (existsSync(join(dir, 'linsheng.db'))) return dir;
  const fresh = mkdtempSync(join(tmpdir(), 'linsheng-template-new-'));
  execFileSync(process.execPath, ['db/setup.ts', '--migrate-only'], {
    env: { ...process.env, DATA_DIR: fresh, DATABASE_URL: '' },
  });
  try {
    renameSync(fresh, dir);
  } catch {
    // Another test file made the same template first.
    rmSync(fresh, { recursive: true });
  }
  return dir;
}

/**
 * A data folder of its own with a migrated, empty store, set as this process's `DATA_DIR`. Call it before
 * anything of `#core` that opens the store is imported: import those dynamically afterwards.
 */
export function freshStore(): { dataDir: string; remove: () => void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'linsheng-test-'));
  mkdirSync(dataDir, { recursive: true });
  cpSync(template(), dataDir, { recursive: true });
  process.env.DATA_DIR = dataDir;
  process.env.DATABASE_URL = '';
  process.env.LOG_LEVEL ??= 'silent';
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
