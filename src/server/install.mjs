// Runs before everything else, on whatever Node the machine has (20 or newer): plain JavaScript, no packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.linsheng-lock');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function installed() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

function runNpm(args) {
  // Under an npm script the path of npm itself is known; that also works where `npm` is a .cmd file.
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  return npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (installed() !== wanted) {
  console.error('正在安装依赖，首次需要一两分钟……');
  // Not `npm ci`: it refuses a lock made on another platform for lack of that platform's optional parts.
  const { status } = runNpm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) fail('依赖没有装好，请检查网络和磁盘空间后再运行一次。');
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, wanted);
}

const bundled = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
if (!existsSync(bundled) && Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  fail(`本机需要 Node ${NEEDED_MAJOR} 或更新的版本（现为 ${process.versions.node}），请安装后再运行一次。`);
}
