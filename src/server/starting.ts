import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Env, env } from '#core/env.ts';
import { newestMigration, storeMigration, storeTarget } from '#db/client.ts';
import { buildIfStale } from './build.ts';
import { addressReader } from './client-address.ts';
import { Door } from './door.ts';
import { LIMITS } from './limits.ts';
import { checkFree, drain, listen, serverOf } from './listen.ts';
import { ROOT } from './paths.ts';
import type { PageHandler } from './render.ts';
import { staticFiles } from './static-files.ts';

/** The program cannot start: one Chinese sentence for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

function checkFolder(folder: string): void {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch {
    throw new StartError(`数据文件夹 ${folder} 不能写入，请检查权限或改设 DATA_DIR 后再启动。`);
  }
}

/** Migrates and fills the store in a process of its own: loading what that needs would cost this one its memory. */
async function setUpStore(): Promise<void> {
  console.error('正在准备数据库……');
  const child = spawn(process.execPath, [join(ROOT, 'db', 'setup.ts')], {
    cwd: process.cwd(),
    stdio: ['ignore', 2, 2],
  });
  const endChild = (): void => void child.kill();
  process.once('exit', endChild);
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done));
  process.off('exit', endChild);
  if (code !== 0) throw new StartError('数据库没有准备好，原因见上面的说明，请改正后再启动。');
}

async function reachedMigration({ dataDir, databaseUrl, databaseAuthToken }: Env): Promise<number | null> {
  try {
    return await storeMigration(storeTarget(dataDir, databaseUrl, databaseAuthToken));
  } catch {
    const where = databaseUrl ? 'DATABASE_URL 所指的数据库' : `数据库文件 ${join(dataDir, 'linsheng.db')} `;
    throw new StartError(`${where}打不开，请检查它是否完好、能否读写，或用最近的备份恢复后再启动。`);
  }
}

/** Brings the store to where it can be served; throws when its key is another one or it may not go live. */
async function prepareStore(settings: Env): Promise<void> {
  const at = await reachedMigration(settings);
  if (at === null || at < newestMigration()) await setUpStore();
  const { storeState } = await import('#core/store.ts');
  if ((await storeState()) === 'empty') await setUpStore();
}

async function loadPages(): Promise<PageHandler> {
  const built: { handler: PageHandler } = await import(
    pathToFileURL(join(ROOT, 'dist', 'server', 'entry.mjs')).href
  );
  return built.handler;
}

const addressOf = ({ host, port }: Env): string => {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};

/** Asks the server itself whether it is ready. By `node:http`, since `fetch` does not let a caller name the host. */
async function firstAnswer(settings: Env): Promise<void> {
  const headers = { host: settings.siteUrl.host };
  const asked = get(`${addressOf(settings)}/readyz`, { headers, agent: false });
  const [reply]: IncomingMessage[] = await once(asked, 'response');
  reply?.resume();
  if (reply?.statusCode !== 200) {
    throw new StartError('服务已启动但数据库不能写入，请检查磁盘空间和权限后再启动。');
  }
}

function sayWhere(settings: Env): void {
  console.log(`ready ${addressOf(settings)}`);
  console.log(
    `用浏览器打开 ${settings.siteUrl.href}；工作人员从 ${new URL('/staff/sign-in', settings.siteUrl)} 登录。`,
  );
  const accounts = join(settings.dataDir, 'demo-accounts.json');
  if (existsSync(accounts)) console.log(`演示账号和密码在 ${accounts}。`);
  else console.log('还没有管理员时，先运行 npm run admin:create 建立账号。');
}

function closeOnSignal(server: Server, door: Door, finish: () => Promise<void>): void {
  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return;
    closing = true;
    door.close();
    await drain(server);
    await finish();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, close);
  }
}

/** Builds, migrates and serves, whatever of it is needed, and returns when the first answer has been given. */
export async function start(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
  const settings = env();
  checkFolder(settings.dataDir);
  addressReader(settings.trustedProxies);
  await checkFree(settings.host, settings.port);
  await buildIfStale();
  await prepareStore(settings);
  const [handler, { onPurge }, { probeStore }, { startUpkeep }] = await Promise.all([
    loadPages(),
    import('#core/tags.ts'),
    import('#core/write.ts'),
    import('./upkeep.ts'),
  ]);
  const { host, port, siteUrl, trustedProxies } = settings;
  const door = new Door({
    handler,
    site: { url: siteUrl, listens: { host, port }, trustedProxies },
    files: staticFiles(join(ROOT, 'dist', 'client'), LIMITS.fileBudget),
    probe: probeStore,
  });
  onPurge((tags) => door.purge(tags));
  const server = serverOf(door);
  await listen(server, host, port);
  const upkeep = await startUpkeep(door);
  closeOnSignal(server, door, () => upkeep.finish());
  await firstAnswer(settings);
  sayWhere(settings);
}
