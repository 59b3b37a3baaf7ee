import { execFileSync } from 'node:child_process';
import { NODE } from './server.ts';

export interface Load {
  perSecond: number;
  p99Ms: number;
  client: string;
}

const SECONDS = 5;
const CONNECTIONS = 32;

const milliseconds = (value: string, unit: string): number =>
  Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1);

/** wrk keeps up with what it measures; autocannon stands in where it is missing, and is itself the slower of the two. */
function byWrk(url: string, headers: Record<string, string>): Load | null {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  try {
    const out = execFileSync(
      'wrk',
      ['-t1', `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency', ...given, url],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1] ?? 0);
    const [, value = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(out) ?? [];
    if (/Non-2xx/.test(out)) throw new Error(`answers other than 200 under load: ${url}`);
    return { perSecond, p99Ms: milliseconds(value, unit), client: 'wrk' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function byAutocannon(url: string, headers: Record<string, string>): Load {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const out = execFileSync(
    NODE,
    [
      'node_modules/autocannon/autocannon.js',
      '-j',
      '-c',
      String(CONNECTIONS),
      '-d',
      String(SECONDS),
      ...given,
      url,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const result = JSON.parse(out) as { requests: { average: number }; latency: { p99: number } };
  return { perSecond: result.requests.average, p99Ms: result.latency.p99, client: 'autocannon' };
}

/** Requests per second and the 99th percentile over keep-alive connections, from a client process of its own. */
export const load = (url: string, headers: Record<string, string>): Load =>
  byWrk(url, headers) ?? byAutocannon(url, headers);
