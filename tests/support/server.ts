import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beijingDay } from '#core/clock.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START = ['--max-semi-space-size=4', '--max-old-space-size=192', 'src/server/start.ts'];
const READY_MS = 60_000;

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Settings for a child process: the machine's own, without those of the project that the tests decide. */
export function settings(own: Record<string, string>): NodeJS.ProcessEnv {
  const names = ['DATABASE_URL', 'SITE_URL', 'KEY_FILE', 'TRUSTED_PROXIES', 'SMTP_URL', 'SMS_URL', 'HOST'];
  const kept = Object.entries(process.env).filter(([name]) => !names.includes(name));
  return { ...Object.fromEntries(kept), LOG_LEVEL: 'warn', ...own };
}

/** What a filled store depends on; the demonstration's dates count from the day of loading. */
function storePrint(): string {
  const files = globSync(['db/**/*.{ts,sql,json}', 'src/{core,domains}/**/*.ts'], { cwd: ROOT }).sort();
  const hash = createHash('sha256').update(beijingDay(new Date()));
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function template(demo: '0' | '1'): string {
  const folder = join(tmpdir(), `linsheng-store-${process.getuid?.() ?? 0}-${demo}-${storePrint()}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(join(tmpdir(), 'linsheng-store-new-'));
  const env = settings({ DATA_DIR: fresh, DEMO: demo });
  execFileSync(process.execPath, ['db/setup.ts'], { cwd: ROOT, env, stdio: 'inherit' });
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test file made the same template first.
    rmSync(fresh, { recursive: true });
  }
  return folder;
}

/** A data folder of its own with a store that is ready to serve: the demonstration city, or an empty one. */
export function dataFolder(kind: 'demo' | 'empty'): string {
  const folder = mkdtempSync(join(tmpdir(), 'linsheng-data-'));
  cpSync(template(kind === 'demo' ? '1' : '0'), folder, { recursive: true });
  return folder;
}

export interface TestServer {
  readonly origin: string;
  readonly port: number;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** Everything the process has said so far. */
  output(): string;
  /** Ends the process as a supervisor does, gives its exit code, and removes the data folder if this made it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs a program of the project and collects what it says. */
export function run(command: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  // A test that fails before it stops its server leaves none behind.
  const orphan = (): void => void child.kill('SIGKILL');
  process.once('exit', orphan);
  child.once('exit', () => process.off('exit', orphan));
  let said = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return { child, ended, output: () => said };
}

/** Starts the built server as a process of its own and waits for its `ready` line. */
export async function startServer(
  options: { kind?: 'demo' | 'empty'; dataDir?: string; env?: Record<string, string> } = {},
): Promise<TestServer> {
  const port = await freePort();
  const kind = options.kind ?? 'empty';
  const dataDir = options.dataDir ?? dataFolder(kind);
  const env = settings({
    PORT: String(port),
    DATA_DIR: dataDir,
    DEMO: kind === 'demo' ? '1' : '0',
    ...options.env,
  });
  const { child, ended, output } = run(process.execPath, START, env);
  const deadline = Date.now() + READY_MS;
  while (!output().includes('ready http')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${output()}`);
    }
    await new Promise((later) => setTimeout(later, 10));
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    child,
    output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await ended;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}
