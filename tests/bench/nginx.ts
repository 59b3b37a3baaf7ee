import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server.ts';

export interface Nginx {
  base: string;
  stop(): void;
}

export function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const configuration = (dir: string, port: number): string => `
daemon off; master_process off; worker_processes 1; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 512; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; etag on;
  open_file_cache max=100; client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p;
  fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  server { listen 127.0.0.1:${port}; root ${dir}/www; default_type "text/html; charset=utf-8";
    location / { add_header Content-Encoding br; add_header Vary Accept-Encoding; } }
}`;

/** nginx with one worker, serving these already compressed bytes as files. */
export async function startNginx(pages: Readonly<Record<string, Buffer>>): Promise<Nginx> {
  const dir = mkdtempSync(join(tmpdir(), 'linsheng-nginx-'));
  const port = await freePort();
  mkdirSync(join(dir, 'www'));
  for (const [name, bytes] of Object.entries(pages)) writeFileSync(join(dir, 'www', name), bytes);
  writeFileSync(join(dir, 'nginx.conf'), configuration(dir, port));
  const child: ChildProcess = spawn('nginx', ['-c', join(dir, 'nginx.conf')], { stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    const up = await fetch(`${base}/${Object.keys(pages)[0]}`).then(
      (r) =>
        r.arrayBuffer().then(
          () => true,
          () => true,
        ),
      () => false,
    );
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    base,
    stop() {
      child.kill('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
