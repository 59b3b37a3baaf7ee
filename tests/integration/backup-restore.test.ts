import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Everything runs in processes of its own, as an operator runs it; this one only looks at the files.
const root = mkdtempSync(join(tmpdir(), 'linsheng-backup-'));
const data = join(root, 'data');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const envOf = (dataDir: string, more: Record<string, string> = {}) => ({
  ...process.env,
  DATA_DIR: dataDir,
  DATABASE_URL: '',
  DEMO: '0',
  LOG_LEVEL: 'silent',
  ...more,
});
const run = (args: readonly string[], dataDir = data, more: Record<string, string> = {}) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', env: envOf(dataDir, more) });
const script = (code: string, dataDir = data) => {
  const result = run(['--input-type=module', '-e', code], dataDir);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  return result.stdout.trim();
};

function rows(dataDir: string, sql: string): unknown[] {
  const store = new DatabaseSync(join(dataDir, 'linsheng.db'));
  try {
    return store
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    store.close();
  }
}

const FILL = `
  import { write } from '#core/write.ts';
  import { system } from '#core/actor.ts';
  import { randomToken } from '#core/ids.ts';
  import { saveFiles } from '#domains/media/files.ts';
  import { insertMedia } from '#domains/media/store.ts';
  import { createHash } from 'node:crypto';
  const made = [];
  for (let i = 0; i < 5; i++) {
    const bytes = Buffer.from('附件 ' + i);
    const id = randomToken(18);
    await saveFiles(id, new Map([['file', bytes], ['note.txt', Buffer.from('x')]]));
    made.push({ id, kind: 'file', purpose: 'article', state: i === 4 ? 'staged' : 'public', mime: 'text/plain', bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'), name: '附件' + i + '.txt', createdAt: new Date() });
  }
  await write(system('test'), 'test.fill', async (tx, change) => {
    await insertMedia(tx, made);
    change.note('media', 'five');
    change.send({ channel: 'sms', to: '13800001234', template: 'test', params: { code: '1' }, event: 'test' });
  });
  console.log(made[0].id);`;

let first: string;
let backup: string;

beforeAll(() => {
  expect(run(['db/setup.ts'])).toMatchObject({ status: 0, stderr: '' });
  first = script(FILL);
});

describe('a backup', () => {
  test('is made while the server writes, and says what it did', async () => {
    const writer = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { write } from '#core/write.ts'; import { system } from '#core/actor.ts'; let n = 0; let stop = false;
         process.on('SIGTERM', () => { stop = true; });
         console.log('writing'); while (!stop) { await write(system('test'), 'test.write', async (_, change) => change.note('n', n)); n++; await new Promise((r) => setTimeout(r, 2)); }
         console.log(n); process.exit(0);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: envOf(data) },
    );
    let said = '';
    writer.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const done = new Promise((resolve) => writer.once('exit', resolve));
    await new Promise((resolve) => writer.stdout.once('data', resolve));
    // Not `run`: this process must go on reading what the writer says.
    const made = spawn(process.execPath, ['db/backup.ts', join(root, 'backups')], { env: envOf(data) });
    let output = '';
    made.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    expect(await new Promise((resolve) => made.once('exit', resolve))).toBe(0);
    writer.kill();
    await done;
    const written = Number(said.trim().split('\n').at(-1));
    const [{ n }] = rows(data, "SELECT count(*) n FROM audit WHERE action = 'test.write'") as [{ n: number }];
    expect(n).toBe(written);
    const [name] = readdirSync(join(root, 'backups'));
    backup = join(root, 'backups', name ?? '');
    expect(output).toContain(`已备份到 ${backup}：`);
    expect(output).toContain('8 个媒体文件，已重新打开核对。');
    expect(output).toContain('密钥不在备份里');
  });

  test('holds the store, the media in use and their list, readable by their owner alone, and nothing else', () => {
    const files = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => name).sort()).toEqual([
      ...Array(4).fill('file'),
      'linsheng.db',
      'manifest.json',
      ...Array(4).fill('note.txt'),
    ]);
    for (const { parentPath, name } of files) expect(statSync(join(parentPath, name)).mode & 0o077).toBe(0);
    const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
    expect(rows(backup, 'SELECT count(*) n FROM audit')).toEqual([{ n: manifest.tables.audit }]);
    expect(manifest.missing).toEqual([]);
  });

  test('holds no key', () => {
    const keys = JSON.parse(readFileSync(join(data, 'keys.json'), 'utf8'));
    for (const secret of [keys.lookup, ...Object.values<string>(keys.keys)]) {
      for (const form of [secret, Buffer.from(secret, 'base64')]) {
        for (const file of ['linsheng.db', 'manifest.json'])
          expect(readFileSync(join(backup, file)).includes(form)).toBe(false);
      }
    }
  });

  test('names media that were gone already, and does not pass for whole', () => {
    const broken = join(root, 'broken');
    cpSync(data, broken, { recursive: true });
    rmSync(join(broken, 'media', first.slice(0, 2), first), { recursive: true });
    const { status, stderr } = run(['db/backup.ts', join(root, 'partial')], broken);
    expect([status, stderr.trim()]).toEqual([2, `有 1 个媒体文件在备份之前就已缺失或损坏：${first}`]);
  });

  test('of nothing, or of a database server, is refused in one sentence', () => {
    expect(run(['db/backup.ts'], join(root, 'none')).stderr).toContain('没有可备份的内容');
    expect(run(['db/backup.ts'], data, { DATABASE_URL: 'http://127.0.0.1:1' }).stderr).toContain(
      '请用它自己的备份',
    );
  });
});

describe('a restore', () => {
  const counts =
    'SELECT (SELECT count(*) FROM media) m, (SELECT count(*) FROM outbox) o, (SELECT count(*) FROM categories) c';
  const restore = (folder: string, dataDir: string, ...more: string[]) =>
    run(['db/restore.ts', folder, ...more], dataDir);

  test('into an empty folder gives the same rows and files, and asks for the key', () => {
    const fresh = join(root, 'fresh');
    const { status, stdout, stderr } = restore(backup, fresh);
    expect([status, stderr]).toEqual([0, '']);
    expect(rows(fresh, counts)).toEqual(rows(data, counts));
    const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
    expect(rows(fresh, 'SELECT count(*) n FROM audit')).toEqual([{ n: manifest.tables.audit + 1 }]);
    expect(rows(fresh, "SELECT count(*) n FROM audit WHERE action = 'store.restore'")).toEqual([{ n: 1 }]);
    expect(rows(fresh, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(readFileSync(join(fresh, 'media', first.slice(0, 2), first, 'file'), 'utf8')).toBe('附件 0');
    expect(stdout).toContain(`请先把原来的密钥文件放回 ${join(fresh, 'keys.json')}`);
    expect(stdout).toContain('有 1 条当时还没发出的消息');
    expect(readdirSync(fresh).sort()).toEqual(['linsheng.db', 'media']);
    const chain =
      "const [a, s] = await Promise.all([import('#core/audit.ts'), import('#core/store.ts')]); console.log((await a.verifyChain(s.reader)).brokenAt);";
    expect(script(chain, fresh)).toBe('null');
  });

  test('over data that are there needs --replace, and keeps the old beside', () => {
    const used = join(root, 'used');
    cpSync(data, used, { recursive: true });
    script(
      "import { write } from '#core/write.ts'; import { system } from '#core/actor.ts'; await write(system('test'), 'test.later', async (_, change) => change.note('x', 1));",
      used,
    );
    expect(restore(backup, used)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('里已有数据，没有改动'),
    });
    expect(rows(used, "SELECT count(*) n FROM audit WHERE action = 'test.later'")).toEqual([{ n: 1 }]);
    const { status, stdout } = restore(backup, used, '--replace');
    expect([status, stdout.includes(`密钥文件 ${join(used, 'keys.json')} 与备份相符，可以启动。`)]).toEqual([
      0,
      true,
    ]);
    expect(rows(used, "SELECT count(*) n FROM audit WHERE action = 'test.later'")).toEqual([{ n: 0 }]);
    const [aside] = readdirSync(used).filter((name) => name.startsWith('replaced-'));
    expect(rows(join(used, aside ?? ''), "SELECT count(*) n FROM audit WHERE action = 'test.later'")).toEqual(
      [{ n: 1 }],
    );
    expect(existsSync(join(used, aside ?? '', 'media', first.slice(0, 2), first, 'file'))).toBe(true);
  });

  test('with another key in place is refused before anything is touched', () => {
    const other = join(root, 'other');
    expect(run(['db/setup.ts'], other).status).toBe(0);
    // The engine may leave an empty log beside a store that was only looked at.
    const kept = () =>
      readdirSync(other)
        .filter((name) => !name.endsWith('-wal'))
        .sort();
    const before = kept();
    const { status, stderr } = restore(backup, other, '--replace');
    expect([status, stderr.includes('不是这份备份所用的那一份')]).toEqual([1, true]);
    expect(kept()).toEqual(before);
  });

  test('while a program has the store open is refused', async () => {
    const held = join(root, 'held');
    cpSync(data, held, { recursive: true });
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        "const { probeStore } = await import('#core/write.ts'); await probeStore(); console.log('open'); setInterval(() => {}, 1000);",
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: envOf(held) },
    );
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(restore(backup, held, '--replace')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('正被另一个程序使用'),
    });
    holder.kill('SIGKILL');
    await gone;
    expect(restore(backup, held, '--replace').status).toBe(0);
  });

  test.each<[string, (folder: string) => void, string]>([
    [
      'a media file that was changed',
      (folder) => writeFileSync(join(folder, 'media', first.slice(0, 2), first, 'file'), '别的'),
      '与清单不符',
    ],
    [
      'a media file that is gone',
      (folder) => rmSync(join(folder, 'media', first.slice(0, 2), first, 'file')),
      '缺少文件',
    ],
    [
      'a store that was cut',
      (folder) =>
        writeFileSync(
          join(folder, 'linsheng.db'),
          readFileSync(join(folder, 'linsheng.db')).subarray(0, 8192),
        ),
      '与清单不符',
    ],
    ['no list', (folder) => rmSync(join(folder, 'manifest.json')), '不是备份'],
    ['a list that is no list', (folder) => writeFileSync(join(folder, 'manifest.json'), '{}'), '已损坏'],
    [
      'a list whose paths lead out of the folder',
      (folder) => {
        const file = join(folder, 'manifest.json');
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(/"path": "media\/[^"]*"/u, '"path": "media/../../x/y"'),
        );
      },
      '已损坏',
    ],
    [
      'a list of a later version',
      (folder) => {
        const file = join(folder, 'manifest.json');
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(/"migration": \d+/u, '"migration": 9999999999999'),
        );
      },
      '来自更新的版本',
    ],
  ])('of a backup with %s is refused, and nothing is left behind', (_, spoil, sentence) => {
    const spoilt = join(root, 'spoilt');
    rmSync(spoilt, { recursive: true, force: true });
    cpSync(backup, spoilt, { recursive: true });
    spoil(spoilt);
    const into = join(root, 'into');
    const { status, stderr } = restore(spoilt, into);
    expect([status, stderr.trim().split('\n').length, stderr.includes(sentence)]).toEqual([1, 1, true]);
    expect(existsSync(into) ? readdirSync(into) : []).toEqual([]);
  });
});
