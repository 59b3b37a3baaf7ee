import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest } from 'vitest/node';
import { BuildError, buildIfStale } from '../src/server/build.ts';
import { findChromium, getChromium } from './support/chromium.ts';
import { ClosingLine } from './support/reporter.ts';

const closing = new ClosingLine();

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
// Without one the browser tests fail one by one, each for the same reason.
if (!findChromium() && !getChromium()) {
  console.error(
    '没有找到 Chromium，也没能装上；请先安装（Debian：apt-get install chromium fonts-noto-cjk）。',
  );
}
try {
  await buildIfStale();
  const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
  const vitest = await startVitest(filter, { ...options, config, reporters: ['default', closing] });
  await vitest.close();
} catch (error) {
  console.error(error instanceof BuildError ? error.message : error);
  closing.fail();
}
process.exit();
