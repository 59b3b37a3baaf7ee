import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium on this machine: the system's or Playwright's own. `null`: none. */
export function findChromium(): string | null {
  return [...INSTALLED, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

const succeeds = (command: string, args: string[]): boolean =>
  spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/** Gets a Chromium where none is: Debian's package with a Chinese font where this may be installed, else Playwright's own. */
export function getChromium(): string | null {
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (debian && succeeds('apt-get', ['update'])) {
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
  }
  if (!findChromium()) succeeds(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
  return findChromium();
}
