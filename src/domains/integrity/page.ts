import { load } from 'cheerio';
import { hiddenBy, hiddenSelectors } from '#core/tamper/hidden.ts';
import { hostOf } from '#core/tamper/hosts.ts';
import type { PageFacts } from './rules.ts';

const flat = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Reads a served page for `judgePage`. Links that only a loaded style sheet hides are seen by the browser test alone. */
export function readPage(html: string, ownHost: string): PageFacts {
  const $ = load(html);
  const foreign = (address: string | undefined): string[] => {
    const host = hostOf(address ?? '');
    return host === null || host === ownHost ? [] : [host];
  };
  const away = $('a[href]')
    .toArray()
    .filter((node) => foreign($(node).attr('href')).length > 0);
  const sheet = hiddenSelectors($('style').text());
  const isHidden = (node: (typeof away)[number]): boolean =>
    [node, ...$(node).parents().toArray()].some(
      (each) =>
        hiddenBy($(each).attr() ?? {}) !== null ||
        $(each).is('noscript, template') ||
        [...sheet].some((selector) => $(each).is(selector)),
    );
  const scripts = $('script').filter((_, node) => foreign($(node).attr('src')).length > 0);
  const frames = $('iframe, frame, object, embed, base, meta[http-equiv="refresh" i]');
  const owner = /主办单位\s*[:：]\s*([^\s|｜]+)/u.exec(flat($('footer').text()))?.[1] ?? null;
  const crumbs = $('nav[aria-label*="位置"], .breadcrumbs').first().find('a, li').first();
  return {
    title: flat($('title').first().text()),
    crumbRoot: crumbs.length > 0 ? flat(crumbs.text()) : null,
    footerOwner: owner,
    texts: [
      ...$('meta[content]')
        .toArray()
        .map((node) => $(node).attr('content') ?? ''),
      ...$('[alt]')
        .toArray()
        .map((node) => $(node).attr('alt') ?? ''),
      $('body').text(),
    ],
    hiddenForeignLinks: away.filter(isHidden).length,
    foreignHosts: away.flatMap((node) => foreign($(node).attr('href'))),
    foreignScripts: scripts.length + frames.length,
  };
}
