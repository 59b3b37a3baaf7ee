import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Bench {
  base: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** From the start of the process to its first answer (ms). */
  startMs: number;
  stop(): Promise<void>;
}

export const NODE = process.execPath;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A data folder filled with the demonstration city. */
export function filledFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'linsheng-bench-'));
  execFileSync(NODE, ['db/setup.ts'], { env: { ...process.env, DATA_DIR: dataDir }, stdio: 'inherit' });
  return dataDir;
}

async function firstAnswer(base: string, until: number): Promise<void> {
  for (;;) {
    const answered = await fetch(`${base}/healthz`).then(
      (r) => r.ok,
      () => false,
    );
    if (answered) return;
    if (Date.now() > until) throw new Error('the server did not answer within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Starts the real server, as `npm start` does, on a filled folder. */
export async function startServer(dataDir: string): Promise<Bench> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const began = Date.now();
  const child = spawn(NODE, ['--max-semi-space-size=4', '--max-old-space-size=192', 'src/server/start.ts'], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await firstAnswer(base, began + 30_000);
  const startMs = Date.now() - began;
  return {
    base,
    port,
    dataDir,
    process: child,
    startMs,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resident memory of a process in MB; `null` where the system does not tell. */
export function residentMb(child: ChildProcess): number | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const kb = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
    return kb ? Math.round(Number(kb) / 1024) : null;
  } catch {
    return null;
  }
}
