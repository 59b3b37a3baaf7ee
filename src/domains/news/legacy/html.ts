import { type CheerioAPI, load } from 'cheerio';
import { findSpam, type Lexicon } from '#core/tamper/lexicon.ts';
import type { Signal } from '#core/tamper/verdict.ts';
import { escapeText } from './body.ts';
import { dropHidden, dropScripts, settleLinks, takePictures } from './clean.ts';
import type { MissingPicture, Warning } from './document.ts';
import {
  type Face,
  findAddress,
  findBody,
  findCrumbs,
  findStamp,
  findTitle,
  firstText,
  flat,
  honestTitle,
  readFace,
  tellsOf,
  visibleLines,
} from './facts.ts';
import { dropLeaks, toBlocks } from './flow.ts';
import { bareTitle, isSideBlock } from './furniture.ts';
import { KICKER, SUBTITLE } from './selectors.ts';
import { isStamp, readStamp, type Stamp } from './stamp.ts';
import { parseText } from './text.ts';

/** One article of a page, cleaned, before its text is inspected. */
export interface ParsedPage {
  title: string | null;
  titleGuessed: boolean;
  kicker: string | null;
  subtitle: string | null;
  stamp: Stamp;
  bodyHtml: string;
  crumbs: string[];
  fromDocumentSite: boolean;
  /** Whether spam stood around the article: in the window's title, the breadcrumb, the menu, the footer. */
  spamAround: boolean;
  originalUrl: string | null;
  selectorSet: string;
  signals: Signal[];
  warnings: Warning[];
  missingPictures: MissingPicture[];
}

/** Whether a file is a web page and not plain text. */
export function looksLikeHtml(text: string): boolean {
  return /<(?:!doctype\s+html|html|head|body|div|table|p|meta)\b[^>]*>/iu.test(text.slice(0, 8192));
}

function dropLeaksIn($: CheerioAPI): Warning[] {
  const warnings = new Map<string, Warning>();
  $('*')
    .contents()
    .add($.root().contents())
    .each((_, node) => {
      if (node.type !== 'text') return;
      const clean = dropLeaks(node.data);
      for (const warning of clean.warnings) warnings.set(warning.code, warning);
      node.data = clean.text;
    });
  return [...warnings.values()];
}

const plain = (block: string): string => flat(load(block, null, false).text());

/** The article's own blocks: what repeats its head in front and what belongs to the page behind is left out. */
function trimBlocks(blocks: readonly string[], title: string): { blocks: string[]; head: string } {
  const texts = blocks.map(plain);
  const isHead = (text: string): boolean => text === title || isStamp(text);
  const start = texts.findIndex((text) => !isHead(text));
  let end = texts.length;
  while (end > start && isSideBlock(texts[end - 1] ?? '')) end -= 1;
  return {
    blocks: start < 0 ? [] : blocks.slice(start, end),
    head: texts.slice(0, Math.max(start, 0)).filter(isStamp).join('\n'),
  };
}

type Article = Omit<ParsedPage, 'originalUrl'>;

function parseMarked($: CheerioAPI, face: Face, lexicon: Lexicon): Article | null {
  const title = findTitle($);
  const found = findBody($);
  if (!title || !found) return null;
  const inner = load($.html(found.body), null, false);
  found.body.remove();
  const heading = { kicker: firstText($, KICKER), subtitle: firstText($, SUBTITLE) };
  const lines = visibleLines($);
  const links = settleLinks(inner, lexicon);
  const missingPictures = takePictures(inner);
  const leaks = dropLeaksIn(inner);
  const { blocks, head } = trimBlocks(toBlocks(inner, inner.root().children()), title.text);
  const stamp = findStamp($, head === '' ? lines : [...lines, head]);
  const honest = honestTitle(title.text, lexicon);
  const differs = honest !== null && !tellsOf(face.windowTitle, honest);
  return {
    ...heading,
    title: honest,
    titleGuessed: false,
    stamp: stamp.at ? stamp : { ...stamp, at: readStamp(head).at },
    bodyHtml: blocks.join('\n'),
    crumbs: findCrumbs($, lines),
    fromDocumentSite: false,
    spamAround: honest !== title.text || lines.some((line) => findSpam(line, lexicon) !== null),
    selectorSet: `${title.selector} + ${found.selector}`,
    signals: [...links.signals, ...(differs ? (['meta_differs'] as const) : [])],
    warnings: [
      ...links.warnings,
      ...leaks,
      ...(differs
        ? [
            {
              code: 'tampered_title',
              message: '窗口标题与文章标题不一致，可能被改写；未采用窗口标题。',
            } as const,
          ]
        : []),
    ],
    missingPictures,
  };
}

/** A page whose markup is not known is read as the text that a visitor would have seen. */
function parseUnmarked($: CheerioAPI, face: Face, lexicon: Lexicon): Article {
  const missingPictures = takePictures($);
  const lines = visibleLines($);
  const parsed = parseText([bareTitle(face.windowTitle), ...lines].join('\n'), lexicon)[0];
  const stamp = findStamp($, lines);
  return {
    title: parsed?.title ?? null,
    titleGuessed: true,
    kicker: null,
    subtitle: parsed?.subtitle ?? null,
    stamp: parsed?.stamp.at ? parsed.stamp : stamp,
    bodyHtml: (parsed?.blocks ?? [])
      .map(({ tag, text }) => `<${tag}>${escapeText(text)}</${tag}>`)
      .join('\n'),
    crumbs: parsed?.crumbs ?? [],
    fromDocumentSite: parsed?.fromDocumentSite ?? false,
    spamAround: parsed?.spamAround ?? false,
    selectorSet: 'text',
    signals: [],
    warnings: [],
    missingPictures,
  };
}

/** Reads one old web page: by the first known markup that gives a title and 80 characters of text, else as plain text. */
export function parseHtml(html: string, lexicon: Lexicon): ParsedPage {
  const $ = load(html);
  const originalUrl = findAddress($);
  const face = readFace($, lexicon);
  const scripts = dropScripts($);
  const hidden = dropHidden($, lexicon);
  $('style').remove();
  const article = parseMarked($, face, lexicon) ?? parseUnmarked($, face, lexicon);
  return {
    ...article,
    originalUrl: originalUrl !== null && findSpam(originalUrl, lexicon) === null ? originalUrl : null,
    spamAround: article.spamAround || face.spam,
    signals: [...scripts.signals, ...hidden.signals, ...article.signals],
    warnings: [...scripts.warnings, ...hidden.warnings, ...article.warnings],
  };
}
