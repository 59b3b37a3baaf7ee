import { pathToFileURL } from 'node:url';
import { env } from '#core/env.ts';
import type { PageHandler } from '../../src/server/render.ts';
import { renderer } from '../../src/server/render.ts';

/** Run as a process of its own: renders the given paths in turn, uncached, and prints how many a second of one core gives. */
const paths = process.argv.slice(2);
const { handler } = (await import(pathToFileURL('dist/server/entry.mjs').href)) as { handler: PageHandler };
const render = renderer(handler, env().siteUrl);

async function one(n: number): Promise<void> {
  const url = paths[n % paths.length] ?? '/';
  const { status } = await render({ method: 'GET', url, view: 'standard', requestId: 'bench', reader: null });
  if (status !== 200) throw new Error(`${url} answered ${status}`);
}

const WARM = 1500;
const COUNTED = 4000;
for (let n = 0; n < WARM; n++) await one(n);
const before = process.cpuUsage();
for (let n = 0; n < COUNTED; n++) await one(n);
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ perCore: COUNTED / ((user + system) / 1e6) })}\n`);
process.exit(0);
