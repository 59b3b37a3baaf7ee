import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();
const file = `${dataDir}/linsheng.db`;
afterAll(remove);

const run = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [`tests/support/${script}`, ...args], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

function lines(child: ChildProcess): { seen: string[]; all: Promise<string[]> } {
  const seen: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    seen.push(...parts);
  });
  return { seen, all: once(child, 'close').then(() => seen) };
}

/** The committed rows as another process sees them. */
const stored = (prefix: string): string[] => {
  const script = `import { createClient } from '@libsql/client';
    const c = createClient({ url: process.argv[1] });
    const r = await c.execute({ sql: "SELECT key FROM meta WHERE key LIKE ? || '-%'", args: [process.argv[2]] });
    console.log(JSON.stringify(r.rows.map((row) => row.key)));`;
  const out = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', script, pathToFileURL(file).href, prefix],
    { encoding: 'utf8' },
  );
  return JSON.parse(out) as string[];
};

describe('what was acknowledged is stored, as another process sees it', () => {
  test('100 writes at once all land', async () => {
    const acknowledged = await lines(run('writer-process.ts', '100', 'together', 'many')).all;
    expect(acknowledged).toHaveLength(100);
    expect(stored('many').sort()).toEqual(acknowledged.sort());
  });

  test('another process holds the lock for 10 s in the middle of a stream of writes', async () => {
    const child = run('writer-process.ts', '400', 'stream', 'locked');
    const { seen, all } = lines(child);
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThan(20);
    const locker = run('lock-process.ts', pathToFileURL(file).href, '10000');
    const lock = lines(locker);
    await expect.poll(() => lock.seen.includes('held'), { timeout: 20_000 }).toBe(true);
    const acknowledged = await all;
    await lock.all;
    expect(acknowledged).toHaveLength(400);
    expect(stored('locked').sort()).toEqual([...acknowledged].sort());
  });

  test('kill -9 in a stream of writes loses nothing that was acknowledged', async () => {
    const child = run('writer-process.ts', '5000', 'stream', 'killed');
    const { seen, all } = lines(child);
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThan(100);
    child.kill('SIGKILL');
    const acknowledged = await all;
    expect(stored('killed')).toEqual(expect.arrayContaining(acknowledged));
  });
});

describe('one change', () => {
  test('is refused when it notes nothing, and leaves no row behind', async () => {
    const { write } = await import('#core/write.ts');
    const { meta } = await import('#db/schema/core.ts');
    const { system } = await import('#core/actor.ts');
    const change = write(system('test'), 'test.silent', async (tx) => {
      await tx.insert(meta).values({ key: 'silent-1', value: 'x' });
    });
    await expect(change).rejects.toThrow('noted nothing');
    expect(stored('silent')).toEqual([]);
  });

  test('keeps the log as one chain that shows any later alteration', async () => {
    const { createClient } = await import('@libsql/client');
    const { verifyChain } = await import('#core/audit.ts');
    const { reader } = await import('#core/store.ts');
    const whole = await verifyChain(reader);
    expect(whole.brokenAt).toBeNull();
    expect(whole.rows).toBeGreaterThan(500);

    const client = createClient({ url: pathToFileURL(file).href, timeout: 2000 });
    await expect(client.execute("UPDATE audit SET detail = '{}' WHERE id = 7")).rejects.toThrow(
      'append-only',
    );
    await expect(client.execute('DELETE FROM audit WHERE id = 7')).rejects.toThrow('append-only');
    await client.execute('DROP TRIGGER audit_no_update');
    await client.execute('UPDATE audit SET detail = \'{"fields":[]}\' WHERE id = 7');
    client.close();
    expect((await verifyChain(reader)).brokenAt).toBe(7);
  });

  test('purges its pages after the commit and before it is acknowledged', async () => {
    const { write } = await import('#core/write.ts');
    const { onPurge } = await import('#core/tags.ts');
    const { system } = await import('#core/actor.ts');
    const seen: string[] = [];
    const stop = onPurge((tags) => seen.push(...tags));
    await write(system('test'), 'test.touch', async (_tx, change) => {
      change.note('meta', 'x');
      change.touch('news:1', 'home');
      expect(seen).toEqual([]);
    });
    stop();
    expect(seen).toEqual(['news:1', 'home']);
  });

  test('never names the values of a failed statement', async () => {
    const { write } = await import('#core/write.ts');
    const { meta } = await import('#db/schema/core.ts');
    const { system } = await import('#core/actor.ts');
    const twice = write(system('test'), 'test.twice', async (tx, change) => {
      change.note('meta', 'x');
      await tx.insert(meta).values({ key: 'twice', value: '13800001234' });
      await tx.insert(meta).values({ key: 'twice', value: '13800001234' });
    });
    const error = await twice.then(
      () => null,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(Error);
    expect(String((error as Error).stack)).not.toContain('13800001234');
  });
});
