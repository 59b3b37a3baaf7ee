import { createHash } from 'node:crypto';
import { findSpam, type Lexicon, shippedLexicon, warnsOfFraud } from '#core/tamper/lexicon.ts';
import { judge, type Signal } from '#core/tamper/verdict.ts';
import { cleanBody } from '../body.ts';
import { recogniseAddress } from './address.ts';
import { blocksOf, escapeText } from './body.ts';
import { type Decoded, decodePage } from './charset.ts';
import type { LegacyDocument, Warning } from './document.ts';
import { columnsOf, isHomeCrumb } from './furniture.ts';
import { looksLikeHtml, type ParsedPage, parseHtml } from './html.ts';
import { inspectText } from './inserts.ts';
import { type ParsedText, parseText } from './text.ts';

export interface ParseOptions {
  /** `Content-Type` that the page came with, where it is known. */
  contentType?: string;
  /** Where the page stood, where it is known; else it is looked for in the page and its name. */
  url?: string;
  lexicon?: Lexicon;
  /** Local names that contain a brand of the lexicon without meaning it. */
  pardoned?: readonly string[];
}

function fromText(parsed: ParsedText): ParsedPage {
  const warnings: Warning[] = [];
  if (parsed.rebuilt) {
    warnings.push({
      code: 'paragraphs_rebuilt',
      message: '原文连成一行，已按句号后的空格分段，文字未改动，请核对分段。',
    });
  }
  return {
    ...parsed,
    kicker: null,
    bodyHtml: parsed.blocks.map(({ tag, text }) => `<${tag}>${escapeText(text)}</${tag}>`).join('\n'),
    originalUrl: null,
    selectorSet: 'text',
    signals: [],
    warnings,
  };
}

const ROOT_WARNING = '页面标题后缀、面包屑起点或页脚不是中立的「首页」，站名可能被替换；这些文字均未采用。';

function describe(
  page: ParsedPage,
  options: Required<Pick<ParseOptions, 'lexicon' | 'pardoned'>>,
): { warnings: Warning[]; signals: Signal[] } {
  const { title, stamp } = page;
  const warnings: Warning[] = [...page.warnings];
  const signals: Signal[] = [...page.signals];
  if (!isHomeCrumb(page.crumbs[0])) {
    warnings.push({ code: 'foreign_site_name', message: ROOT_WARNING });
  }
  if (page.spamAround) {
    signals.push('lexicon', 'meta_differs');
    warnings.push({
      code: 'tampered_title',
      message:
        '文章以外的文字（标题后缀、导航、页脚或前言）中发现博彩类垃圾词，该页可能被篡改；这些文字已丢弃，请对照原件核对正文。',
    });
  }
  const spam = findSpam(
    `${title ?? ''}\n${blocksOf(page.bodyHtml).join('\n')}`,
    options.lexicon,
    options.pardoned,
  );
  if (spam && !warnsOfFraud(page.bodyHtml)) {
    signals.push('lexicon');
    warnings.push({ code: 'lexicon', message: '标题或正文中发现疑似博彩类用词，请核对后再发布。' });
  }
  if (page.fromDocumentSite) {
    warnings.push({
      code: 'document_site',
      message: '来自文档分享站：其前言、收费与版权说明已去掉；请核实原作者、原出处与转载许可。',
    });
  }
  if (title === null) warnings.push({ code: 'no_title', message: '没有找到标题，请补写。' });
  else if (page.titleGuessed)
    warnings.push({ code: 'guessed_title', message: '原页没有独立的标题，现用标题为推测，请核对或重拟。' });
  if (!stamp.source) warnings.push({ code: 'no_source', message: '没有找到来源，请补写。' });
  return { warnings, signals };
}

function dateWarning(page: ParsedPage, address: string | null): Warning | null {
  const { stamp } = page;
  if (stamp.at && page.fromDocumentSite) {
    return { code: 'lost_date', message: '页面上的时间是文档分享站的，不是原文的发布时间，未采用，请补填。' };
  }
  if (stamp.at) return stamp.timed ? null : { code: 'no_time', message: '原页只有日期，时间按 00:00 记。' };
  const day = address === null ? null : recogniseAddress(address)?.day;
  const hint = day ? `旧网址中的日期是 ${day}，可供参考。` : '';
  return { code: 'lost_date', message: `没有找到原发布时间，请补填。${hint}` };
}

async function toDocument(
  page: ParsedPage,
  options: Required<Pick<ParseOptions, 'lexicon' | 'pardoned'>>,
  url: string | null,
): Promise<Omit<LegacyDocument, 'rawHash' | 'charset'>> {
  const { warnings, signals } = describe(page, options);
  const address = url ?? page.originalUrl;
  const date = dateWarning(page, address);
  if (date) warnings.push(date);
  const bodyHtml = await cleanBody(page.bodyHtml);
  const { suggestions, warnings: damage } = inspectText(blocksOf(bodyHtml));
  for (const { name, where } of page.missingPictures) {
    const place = where === 'body' ? '正文' : '正文以外的栏块';
    warnings.push({ code: 'missing_picture', message: `缺图：${name}（${place}）。` });
  }
  return {
    title: page.title ?? '（无标题）',
    kicker: page.kicker,
    subtitle: page.subtitle,
    source: page.stamp.source,
    author: page.stamp.author,
    editor: page.stamp.editor,
    publishedAt: page.fromDocumentSite ? null : page.stamp.at,
    bodyHtml,
    columnGuess: columnsOf(page.crumbs).filter((step) => findSpam(step, options.lexicon) === null),
    originalUrl: address,
    selectorSet: page.selectorSet,
    verdict: judge(signals),
    warnings: [...warnings, ...damage],
    suggestions,
    missingPictures: page.missingPictures,
  };
}

/** An address of the old site in the file's own path, as a mirrored folder keeps it, or null. */
function addressInName(name: string): string | null {
  const path = `/${name.replaceAll('\\', '/').replace(/^\/+/u, '')}`;
  return recogniseAddress(path) ? path : null;
}

/**
 * Reads a page of an old site, text or HTML, and gives the drafts in it: one, or each article of a collection.
 * Pure and deterministic. Nothing of the page's chrome survives: no site name, no title suffix, no script, no hidden
 * or foreign link. Damage in the text is reported and offered for mending, never mended.
 */
export async function parseLegacy(
  input: Uint8Array | string,
  name: string,
  options: ParseOptions = {},
): Promise<LegacyDocument[]> {
  const lexicon = options.lexicon ?? shippedLexicon();
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  const decoded: Decoded =
    typeof input === 'string'
      ? { text: input, charset: 'utf-8', warnings: [] }
      : decodePage(bytes, options.contentType);
  const pages = looksLikeHtml(decoded.text)
    ? [parseHtml(decoded.text, lexicon)]
    : parseText(decoded.text, lexicon).map(fromText);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const settled = { lexicon, pardoned: options.pardoned ?? [] };
  const url = options.url ?? addressInName(name);
  const made = await Promise.all(pages.map((page) => toDocument(page, settled, url)));
  return made.map((draft, i) => ({
    ...draft,
    warnings: [...decoded.warnings, ...draft.warnings],
    rawHash: pages.length > 1 ? `${hash}#${i + 1}` : hash,
    charset: decoded.charset,
  }));
}
