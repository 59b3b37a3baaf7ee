import type { CheerioAPI } from 'cheerio';
import { findSpam, type Lexicon } from '#core/tamper/lexicon.ts';
import { bareTitle, readCrumbs } from './furniture.ts';
import { BODY, CRUMBS, EDITOR, LOOSE_BODY, META_DATE, META_SOURCE, STAMP, TITLE } from './selectors.ts';
import { readDate, readStamp, type Stamp } from './stamp.ts';

type Selection = ReturnType<ReturnType<CheerioAPI['root']>['find']>;

const LEAST_BODY = 80;

/** Text in one line, blanks of all kinds folded. */
export const flat = (text: string): string => text.replace(/[\s\u00a0\u3000]+/gu, ' ').trim();

/** The first of some selectors that holds text, or null. */
export function firstText($: CheerioAPI, selectors: readonly string[]): string | null {
  return selectors.map((selector) => flat($(selector).first().text())).find((text) => text !== '') ?? null;
}

function meta($: CheerioAPI, names: readonly string[]): string | null {
  return (
    names.map((name) => flat($(`meta[name="${name}"]`).attr('content') ?? '')).find((text) => text !== '') ??
    null
  );
}

/** The article's title and the selector that gave it. Some pages call their breadcrumb "title": that is none. */
export function findTitle($: CheerioAPI): { text: string; selector: string } | null {
  for (const selector of TITLE) {
    const text = flat($(selector).first().text());
    if (text.length >= 4 && text.length <= 100 && !/[>»›＞]/u.test(text)) return { text, selector };
  }
  return null;
}

/** A title freed of what was hung behind it; null where spam is all that there is. */
export function honestTitle(title: string, lexicon: Lexicon): string | null {
  if (findSpam(title, lexicon) === null) return title;
  const bare = bareTitle(title);
  return bare === title || findSpam(bare, lexicon) !== null ? null : bare;
}

/** The element (or the loose paragraphs) that holds the article, with at least 80 characters. */
export function findBody($: CheerioAPI): { body: Selection; selector: string } | null {
  for (const selector of BODY) {
    const body = $('body').find(selector).first();
    if (flat(body.text()).length >= LEAST_BODY) return { body, selector };
  }
  const loose = $('body').find(LOOSE_BODY);
  return flat(loose.text()).length >= LEAST_BODY ? { body: loose, selector: LOOSE_BODY } : null;
}

/** The visible text of what is left of a page, one line for each element that stands by itself. */
export function visibleLines($: CheerioAPI): string[] {
  $('br').replaceWith('\n');
  $('p, div, li, tr, h1, h2, h3, h4, h5, dd, dt, table').before('\n').append('\n');
  return $('body').text().split('\n').map(flat);
}

const LABEL = /(?:日期|来源|作者|时间)\s*[:：]/u;

/** Source, time and names: from their own elements, then from labelled lines, then from the page's meta tags. */
export function findStamp($: CheerioAPI, lines: readonly string[]): Stamp {
  const marked = readStamp(STAMP.map((selector) => flat($(selector).text())).join('\n'));
  const unmarked = readStamp(lines.filter((line) => LABEL.test(line) && line.length < 160).join('\n'));
  const inMeta = readDate(meta($, META_DATE) ?? '');
  const dated = marked.at ? marked : unmarked.at ? unmarked : inMeta;
  const named = [...EDITOR.map((selector) => flat($(selector).text())), ...lines].map(
    (text) => /(?:责任编辑|责编)\s*[:：]\s*([^【（()）\s]{2,12})/u.exec(text)?.[1],
  );
  return {
    source: marked.source ?? unmarked.source ?? meta($, META_SOURCE),
    author: marked.author ?? unmarked.author,
    editor: named.find((name) => name !== undefined) ?? null,
    at: dated?.at ?? null,
    timed: dated?.timed ?? false,
  };
}

/** The breadcrumb, from its own element or from a line that says where one is; empty where there is none. */
export function findCrumbs($: CheerioAPI, lines: readonly string[]): string[] {
  const marked = CRUMBS.flatMap((selector) =>
    $(selector)
      .toArray()
      .map((node) => flat($(node).text())),
  )
    .filter((text) => /[>»›＞]/u.test(text) && text.length < 120)
    .map((text) => (text.includes('位置') ? text : `当前位置：${text}`));
  return [...marked, ...lines].map(readCrumbs).find((trail) => trail !== null && trail.length > 1) ?? [];
}

/** The page's own statement of where it stood: canonical link, meta tag, or the note of a browser that saved it. */
export function findAddress($: CheerioAPI): string | null {
  const saved = /<!--\s*saved from url=\(\d+\)(\S+)\s*-->/iu.exec($.html().slice(0, 2000))?.[1];
  const address = $('link[rel="canonical"]').attr('href') ?? meta($, ['Url']) ?? saved;
  return address && /^https?:/iu.test(address) && URL.canParse(address) ? address : null;
}

export interface Face {
  windowTitle: string;
  /** Whether spam stands in the window's title, the keywords, the description or a picture's text. */
  spam: boolean;
}

/** What only the window's title and machines show of a page. Read for judging it, never taken into a draft. */
export function readFace($: CheerioAPI, lexicon: Lexicon): Face {
  const windowTitle = flat($('title').first().text());
  const alts = $('[alt]')
    .toArray()
    .map((node) => $(node).attr('alt') ?? '');
  const texts = [
    windowTitle,
    meta($, ['keywords', 'Keywords']),
    meta($, ['description', 'Description']),
    meta($, ['SiteName']),
    ...alts,
  ];
  return { windowTitle, spam: texts.some((text) => text !== null && findSpam(text, lexicon) !== null) };
}

/** Whether the window's title tells of this article. Blanks and the first dozen characters are what pages agree on. */
export function tellsOf(windowTitle: string, title: string): boolean {
  const bare = (text: string): string => text.replace(/\s/gu, '');
  return windowTitle === '' || bare(windowTitle).includes(bare(title).slice(0, 12));
}
