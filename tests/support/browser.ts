import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { findChromium } from './chromium.ts';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One Chromium for a test file; close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium on this machine: npm test gets one.');
  return chromium.launch({ executablePath, args: QUIET });
}

export interface Visitor {
  view?: 'standard' | 'elder' | 'contrast';
  width?: number;
  scripts?: boolean;
}

/** A visitor of the site with his view, his screen, and scripts or none. */
export async function visit(
  browser: Browser,
  origin: string,
  { view = 'standard', width = 1280, scripts = true }: Visitor = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: width < 720 ? 640 : 800 },
    javaScriptEnabled: scripts,
    locale: 'zh-CN',
  });
  await context.addCookies([{ name: 'view', value: view, url: origin }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The page itself may be an error page; what its policy refused is a fault of ours.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** What axe finds against WCAG 2.2 AA, one line a fault; empty when nothing. */
export async function axeFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** By how many pixels the page is wider than the screen; 0 when it needs no sideways scrolling. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}
