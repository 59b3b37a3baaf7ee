import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshStore } from '../support/store.ts';

const { dataDir, remove } = freshStore();
afterAll(remove);
// A complete store of an empty city: columns and categories, no places yet.
process.env.DEMO = '0';
execFileSync(process.execPath, ['db/setup.ts']);

const file = join(dataDir, 'messages.ndjson');
const TOPICS = ['路灯不亮', '下水道堵塞', '电梯停运', '广场噪声', '公交改线'];

interface Row {
  id: string;
  user: string;
  title: string;
  body: string;
  filed_at: string;
  reply: string;
  replied_at: string;
}

const row = (i: number): Row => {
  const filed = new Date(Date.UTC(2014 + (i % 4), i % 12, 1 + (i % 28), i % 24, i % 60, 7));
  const beijing = (at: Date): string =>
    `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  return {
    id: `m${1000 + i}`,
    user: `网友${i % 37}`,
    title: `${TOPICS[i % TOPICS.length]}（${i}）`,
    body: `第${i}件：请有关部门看看这里的情况。`,
    filed_at: beijing(filed),
    reply: `网友你好，第${i}件已经处理。`,
    replied_at: beijing(new Date(filed.getTime() + (1 + (i % 30)) * 86_400_000 + i * 1000)),
  };
};

const good = Array.from({ length: 200 }, (_, i) => row(i));
const repeat: Row = { ...row(500), title: good[4]!.title, body: good[4]!.body };
const long: Row = { ...row(501), title: '长'.repeat(61) };
const spoilt: readonly [string, string][] = [
  ['{"id":', '不是有效的 JSON'],
  ['[1]', '不是一条记录'],
  [JSON.stringify({ ...row(600), reply: undefined }), '缺少答复'],
  [JSON.stringify({ ...row(601), reply: '  ' }), '答复是空的'],
  [JSON.stringify({ ...row(602), body: 'a\0b' }), '正文含空字符'],
  [
    '{"id":"x","title":"\\ud800","body":"b","filed_at":"2014-01-01T00:00:00+08:00","reply":"r","replied_at":"2014-01-02T00:00:00+08:00"}',
    '标题含损坏的字符',
  ],
  [JSON.stringify({ ...row(603), body: '长'.repeat(20_001) }), '正文超过 20000 字'],
  [JSON.stringify({ ...row(604), filed_at: '2014-01-01 08:00:00' }), '提交时间不是带时区的时间'],
  [JSON.stringify({ ...row(605), replied_at: '2001-01-01T00:00:00+08:00' }), '答复时间早于提交时间'],
  [JSON.stringify({ ...row(606), id: 'm1000' }), '编号与第 1 行相同'],
];
const IMPORTED = good.length + 2;

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['db/import-messages.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

// Another engine in another process's place: what it reads is what was committed, and closing it leaves no lock behind.
function rows(sql: string): Record<string, unknown>[] {
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

beforeAll(() => {
  const lines = [...good, repeat, long].map((each) => JSON.stringify(each));
  writeFileSync(file, `${[...lines, '', ...spoilt.map(([line]) => line)].join('\r\n')}\r\n`);
});

test('without a city there is nothing to import into, and it says so', () => {
  const { status, stderr } = run([file]);
  expect([status, stderr.trim()]).toEqual([
    1,
    '还没有录入城市，导入的诉求没有归属地。请先运行 npm start 完成初始设置，再导入。',
  ]);
  rows("INSERT INTO places (level, code, name, path) VALUES ('city', '990000', '云溪市', '/1/')");
});

describe('loading a file', () => {
  let output: string;
  beforeAll(() => {
    const { status, stdout, stderr } = run([file]);
    expect([status, stderr]).toEqual([0, '']);
    output = stdout;
  });
  test('every good line is a closed case with its true times, and nothing is public', () => {
    expect(
      rows(
        "SELECT count(*) n FROM complaints WHERE channel = 'import' AND category = 'OTHER' AND secrecy = 'closed'",
      ),
    ).toEqual([{ n: IMPORTED }]);
    expect(rows('SELECT state, publication, count(*) n FROM cases GROUP BY 1, 2')).toEqual([
      { state: 'closed', publication: 'hidden', n: IMPORTED },
    ]);
    const times = rows(
      'SELECT import_key k, c.filed_at f, c.closed_at c, c.first_answered_at a FROM cases c JOIN complaints p ON p.case_id = c.id',
    );
    const byKey = new Map(times.map(({ k, f, c, a }) => [k, [f, c, a]]));
    for (const { id, filed_at, replied_at } of good) {
      expect(byKey.get(id)).toEqual([Date.parse(filed_at), Date.parse(replied_at), Date.parse(replied_at)]);
    }
  });

  test('only the two steps that are known stand in the log, and no deadline is made up', () => {
    const steps = rows(
      'SELECT event, from_state f, to_state t, party p, count(*) n FROM case_events GROUP BY 1, 2, 3, 4 ORDER BY 1',
    );
    expect(steps).toEqual([
      { event: 'approve', f: null, t: 'closed', p: 'system', n: IMPORTED },
      { event: 'file', f: null, t: 'filed', p: 'complainant', n: IMPORTED },
    ]);
    expect(
      rows(
        'SELECT count(*) n FROM cases WHERE due_at IS NULL AND was_overdue IS NULL AND accepted_at IS NULL',
      ),
    ).toEqual([{ n: IMPORTED }]);
  });

  test('numbers follow the Beijing day and year of filing', () => {
    const wrong = rows(`SELECT count(*) n FROM cases c JOIN complaints p ON p.case_id = c.id
      WHERE substr(c.number, 2, 4) <> strftime('%Y', c.filed_at / 1000, 'unixepoch', '+8 hours')
         OR substr(p.number, 1, 8) <> strftime('%Y%m%d', c.filed_at / 1000, 'unixepoch', '+8 hours')
         OR p.number NOT GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]'`);
    expect(wrong).toEqual([{ n: 0 }]);
    const ordered = rows("SELECT number FROM cases WHERE number LIKE 'A2015-%' ORDER BY filed_at, id");
    expect(ordered.map(({ number }) => number)).toEqual(
      ordered.map((_, i) => `A2015-${String(i + 1).padStart(5, '0')}`),
    );
  });

  test('who wrote is sealed, a long title loses nothing', () => {
    expect(
      rows("SELECT count(*) n FROM complaints WHERE name_sealed LIKE '%网友%' OR name_sealed IS NULL"),
    ).toEqual([{ n: 0 }]);
    const [kept] = rows("SELECT title, body FROM complaints WHERE import_key = 'm1501'");
    expect([String(kept?.title).length, String(kept?.body).startsWith(long.title)]).toEqual([60, true]);
  });

  test('progress, repeats and skips are said, without a word of what was written', () => {
    expect(output).toContain('已处理 200 / 202\n已处理 202 / 202\n');
    expect(output).toContain('重复：第 201 行与第 5 行内容相同');
    for (const [i, [, reason]] of spoilt.entries())
      expect(output).toContain(`跳过：第 ${IMPORTED + 2 + i} 行，${reason}。`);
    expect(output.trimEnd().split('\n').at(-1)).toBe(
      `导入 ${IMPORTED} 条（未公开），原已导入 0 条，重复 1 条，跳过 ${spoilt.length} 条。`,
    );
    expect(output).not.toContain('请有关部门');
  });

  test('each case is in the audit log, and its chain holds', () => {
    expect(rows("SELECT count(*) n FROM audit WHERE action = 'hotline.import' AND entity = 'case'")).toEqual([
      { n: IMPORTED },
    ]);
    const script =
      "Promise.all([import('#core/audit.ts'), import('#core/store.ts')]).then(async ([a, s]) => console.log((await a.verifyChain(s.reader)).brokenAt))";
    expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim()).toBe('null');
  });

  test('the median wait in plain SQL is that of the file', () => {
    const [median] =
      rows(`WITH d AS (SELECT first_answered_at - filed_at ms, row_number() OVER (ORDER BY first_answered_at - filed_at) r, count(*) OVER () n FROM cases)
      SELECT avg(ms) / 86400000.0 days FROM d WHERE r IN ((n + 1) / 2, (n + 2) / 2)`);
    const spans = [...good, repeat, long]
      .map((each) => Date.parse(each.replied_at) - Date.parse(each.filed_at))
      .sort((a, b) => a - b);
    expect(median?.days).toBeCloseTo((spans[100]! + spans[101]!) / 2 / 86_400_000, 6);
  });
});

test('a second run changes nothing', () => {
  const before = rows('SELECT (SELECT count(*) FROM audit) a, (SELECT sum(value) FROM sequences) s');
  const { size } = statSync(join(dataDir, 'linsheng.db'));
  const { status, stdout } = run([file]);
  expect(status).toBe(0);
  expect(stdout).toContain(`导入 0 条（未公开），原已导入 ${IMPORTED} 条`);
  expect(rows('SELECT (SELECT count(*) FROM audit) a, (SELECT sum(value) FROM sequences) s')).toEqual(before);
  expect(statSync(join(dataDir, 'linsheng.db')).size).toBe(size);
});

test('--publish makes what is new public on this machine, and is refused anywhere else', () => {
  const more = join(dataDir, 'more.ndjson');
  writeFileSync(more, JSON.stringify(row(900)));
  const refused = run([more, '--publish'], { SITE_URL: 'https://linsheng.example' });
  expect([refused.status, refused.stderr.trim()]).toEqual([
    1,
    'SITE_URL 不是本机地址，导入的诉求不能直接公开；请去掉 --publish 重新运行。',
  ]);
  expect(run([more, '--publish']).stdout).toContain('导入 1 条（已公开）');
  const found = rows(
    "SELECT c.publication a, p.secrecy b, p.words_public c, c.public_title = p.title d FROM cases c JOIN complaints p ON p.case_id = c.id WHERE import_key = 'm1900'",
  );
  expect(found).toEqual([{ a: 'published', b: 'open', c: 'published', d: 1 }]);
  expect(rows("SELECT count(*) n FROM search_entries WHERE kind = 'case'")).toEqual([{ n: 1 }]);
});

test('while another program has the store open it refuses, and no longer once that is gone, however it went', async () => {
  const holder = spawn(
    process.execPath,
    [
      '-e',
      "import('#core/write.ts').then(async ({ probeStore }) => { await probeStore(); console.log('open'); setInterval(() => {}, 1000); })",
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
  );
  try {
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(run([file])).toMatchObject({
      status: 1,
      stderr: '数据库正被另一个程序使用（多半是正在运行的网站）。请先停止它，再运行本命令。\n',
    });
  } finally {
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await gone;
  }
  expect(run([file]).status).toBe(0);
});

test.each([[[]], [['nowhere.ndjson']], [['a', 'b']], [['--unknown', 'a']]])(
  'a command that cannot work (%j) says so in one sentence',
  (args) => {
    const { status, stderr, stdout } = run(args);
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
  },
);
