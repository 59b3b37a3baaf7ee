import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshStore } from '../support/store.ts';
import { toGbk } from '../unit/legacy/gbk.ts';
import { STORY, TEMPLATES, TITLE } from '../unit/legacy/pages.ts';

const { dataDir, remove } = freshStore();
afterAll(remove);
process.env.DEMO = '0';

const site = join(dataDir, 'old-site');
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['db/import-legacy.ts', ...args], { encoding: 'utf8' });

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

const put = (name: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(site, name)), { recursive: true });
  writeFileSync(join(site, name), content);
};

test('a store that is not ready is not made ready by looking at it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['db/import-legacy.ts', 'tests/unit/legacy'], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: join(dataDir, 'none') },
  });
  expect([status, stderr.trim()]).toEqual([1, '数据库还没有准备好，请先运行 npm start 一次，再运行本命令。']);
});

describe('a folder of an old site', () => {
  let output: string;
  beforeAll(() => {
    execFileSync(process.execPath, ['db/setup.ts']);
    rows(
      "INSERT OR IGNORE INTO columns (id, name, description, keywords, type, position) VALUES ('headlines', '最新要闻', '', '', '', 0)",
    );
    rows(
      "INSERT OR IGNORE INTO columns (id, name, description, keywords, type, position) VALUES ('civil-community', '文明社区', '', '', '', 0)",
    );
    put('wmcj/wmsq/201311/t20131105_4821.htm', TEMPLATES[0]!.html);
    put('gbk.html', toGbk(TEMPLATES[1]!.html.replace('utf-8', 'gbk')));
    put(
      'collection.txt',
      ['楼道清理情况范文', '篇1', STORY[0], '篇2', '——云溪街道的做法', STORY[1]].join('\n'),
    );
    put('images/W020130702544957438908.jpg', new Uint8Array(10));
    const { status, stdout, stderr } = run(site);
    expect([status, stderr]).toEqual([0, '']);
    output = stdout;
  });

  test('becomes drafts, none of them published, each in its column', () => {
    expect(rows('SELECT title, column_id c, state, first_published_at f FROM articles ORDER BY id')).toEqual([
      { title: '楼道清理情况（篇1）', c: 'headlines', state: 'draft', f: null },
      { title: '云溪街道的做法', c: 'headlines', state: 'draft', f: null },
      { title: TITLE, c: 'headlines', state: 'draft', f: null },
      { title: TITLE, c: 'civil-community', state: 'draft', f: null },
    ]);
  });

  test('each draft remembers the page it came from', () => {
    const [{ origin, source, editor, body_html }] = rows(
      "SELECT origin, source, editor, body_html FROM articles WHERE column_id = 'civil-community'",
    ) as [Record<string, string>];
    expect([source, editor]).toEqual(['云溪街道办事处', '江小满']);
    expect(body_html).toBe(STORY.map((text) => `<p>${text}</p>`).join('\n'));
    expect(JSON.parse(origin!)).toEqual({
      file: 'wmcj/wmsq/201311/t20131105_4821.htm',
      url: '/wmcj/wmsq/201311/t20131105_4821.htm',
      publishedHint: '2013-11-05T01:20:00.000Z',
      charset: 'utf-8',
      selectorSet: '#title_tex + .TRS_Editor',
      verdict: 'clean',
      warnings: [],
      suggestions: [],
      missingPictures: [],
    });
  });

  test('what was done and what is missing is said, file by file', () => {
    expect(output).toContain(`wmcj/wmsq/201311/t20131105_4821.htm：《${TITLE}》（草稿，栏目“文明社区”）`);
    expect(output).toContain('  · 没有找到来源，请补写。');
    expect(output).toContain(
      '未读取 1 个文件（不是网页或文本，或超过 5 MB）：images/W020130702544957438908.jpg',
    );
    expect(output.trimEnd()).toMatch(
      /读了 3 个文件，新建草稿 4 篇，原已导入 0 篇。草稿都要人工核对后才能发布。$/u,
    );
    expect(rows("SELECT count(*) n FROM audit WHERE action = 'news.import'")).toEqual([{ n: 4 }]);
  });

  test('a second run adds nothing, also when a draft has been edited since', () => {
    rows("UPDATE articles SET title = '改过的标题' WHERE id = 1");
    const { status, stdout } = run(site);
    expect([status, stdout.includes('新建草稿 0 篇，原已导入 4 篇')]).toEqual([0, true]);
    expect(rows('SELECT count(*) n FROM articles')).toEqual([{ n: 4 }]);
    expect(rows('SELECT title FROM articles WHERE id = 1')).toEqual([{ title: '改过的标题' }]);
  });
});

test.each([[[]], [['nowhere']], [['a', 'b']], [['--unknown', 'a']]])(
  'a command that cannot work (%j) says so in one sentence',
  (args) => {
    const { status, stderr, stdout } = run(...args);
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
  },
);
