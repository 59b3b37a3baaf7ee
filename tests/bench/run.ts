import { execFileSync } from 'node:child_process';
import { buildIfStale } from '../../src/server/build.ts';
import { filingsPerSecond, insertsPerSecond, syncsPerSecond } from './filing.ts';
import { load } from './load.ts';
import { hasNginx, startNginx } from './nginx.ts';
import { publishingMs } from './publishing.ts';
import { type Bench, filledFolder, NODE, residentMb, startServer } from './server.ts';
import { articlePaths, type Weights, weights, wireBytes } from './weights.ts';

interface Row {
  what: string;
  measured: string;
  wanted: string;
}

const UNMEASURED = '未测';
const rows: Row[] = [];
const add = (what: string, measured: string, wanted: string): void => {
  rows.push({ what, measured, wanted });
  process.stderr.write(`  ${what}: ${measured}\n`);
};
const ratio = (value: number): string => value.toFixed(2);

const BROTLI = { 'Accept-Encoding': 'br' };

async function againstNginx(server: Bench, article: string): Promise<void> {
  const home = await wireBytes(server.base, '/');
  const one = await wireBytes(server.base, article);
  if (!hasNginx()) {
    add('缓存首页、文章与 nginx 之比', UNMEASURED, '≥ 1.0');
    return;
  }
  const nginx = await startNginx({ home, article: one });
  try {
    for (const [name, ours, theirs] of [
      ['首页', '/', '/home'],
      ['文章', article, '/article'],
    ] as const) {
      load(server.base + ours, BROTLI);
      const a = load(server.base + ours, BROTLI);
      const b = load(nginx.base + theirs, BROTLI);
      const speed = `${ratio(a.perSecond / b.perSecond)}（${Math.round(a.perSecond)} / ${Math.round(b.perSecond)} 次每秒，${a.client}）`;
      add(`缓存${name}每秒请求数，与 nginx 之比`, speed, '≥ 1.0');
      add(
        `缓存${name}第 99 百分位，与 nginx 之比`,
        `${ratio(a.p99Ms / b.p99Ms)}（${a.p99Ms} / ${b.p99Ms} 毫秒）`,
        '≤ 1.5',
      );
    }
  } finally {
    nginx.stop();
  }
}

function uncached(dataDir: string, paths: readonly string[]): void {
  const out = execFileSync(
    NODE,
    ['--max-semi-space-size=4', '--max-old-space-size=192', 'tests/bench/rendering.ts', ...paths],
    {
      env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
      encoding: 'utf8',
    },
  );
  const { perCore } = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { perCore: number };
  add(
    '未缓存的文章，每核每秒渲染',
    `${Math.round(perCore)} 次（${ratio(perCore / 1000)}）`,
    '≥ 1000 次（1.00）',
  );
}

async function filing(server: Bench): Promise<void> {
  const syncs = syncsPerSecond(server.dataDir);
  const inserts = await insertsPerSecond(server.dataDir);
  const filings = await filingsPerSecond(server.base);
  add('磁盘每秒确认写入', `${Math.round(syncs)} 次`, '—');
  add(
    '经 HTTP 提交诉求，与单条写入提交之比',
    `${ratio(filings / inserts)}（${Math.round(filings)} / ${Math.round(inserts)} 次每秒）`,
    '≥ 0.33',
  );
}

function addWeights(found: Weights): void {
  const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
  add('首页传输量，图片除外', kb(found.home), '≤ 60 KB');
  add('文章页传输量，图片除外', kb(found.article), '≤ 40 KB');
  add('阅读页的脚本', kb(found.readingScript), '≤ 2 KB');
  add('诉求表单的脚本，首次使用之前', kb(found.islandScript), '≤ 20 KB');
}

function print(): void {
  const width = (text: string): number =>
    [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 2 : 1), 0);
  const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
  const columns = [rows.map((r) => r.what), rows.map((r) => r.measured)].map((c) =>
    Math.max(...c.map(width)),
  );
  for (const { what, measured, wanted } of rows) {
    console.log(`${pad(what, columns[0] ?? 0)}  ${pad(measured, columns[1] ?? 0)}  ${wanted}`);
  }
}

await buildIfStale();
const server = await startServer(filledFolder());
try {
  add('进程启动到第一次应答', `${server.startMs} 毫秒`, '< 1000 毫秒');
  const articles = await articlePaths(server.base);
  addWeights(await weights(server.base, articles[0] ?? '/'));
  await againstNginx(server, articles[0] ?? '/');
  add('发布到每个应出现的页面可见', `${(await publishingMs(server)).toFixed(1)} 毫秒`, '< 50 毫秒');
  await filing(server);
  add('全程之后的常驻内存', `${residentMb(server.process) ?? UNMEASURED} MB`, '< 220 MB');
  uncached(server.dataDir, articles);
} finally {
  await server.stop();
}
print();
