import { findSpam, type Lexicon } from '#core/tamper/lexicon.ts';
import { dropInvisible } from '#core/tamper/normalise.ts';
import { pictureDay } from './address.ts';
import type { MissingPicture } from './document.ts';
import {
  bareTitle,
  isDocumentSite,
  isMenu,
  isSideBlock,
  pictureName,
  readCrumbs,
  titleInPreface,
} from './furniture.ts';
import { isStamp, readStamp, type Stamp } from './stamp.ts';

/** One article found in the text of a page, before its damage is looked for. */
export interface ParsedText {
  title: string | null;
  titleGuessed: boolean;
  subtitle: string | null;
  stamp: Stamp;
  blocks: Block[];
  crumbs: string[];
  fromDocumentSite: boolean;
  /** Whether words of the spam lexicon stood around the text (title suffix, menu, footer). They are dropped. */
  spamAround: boolean;
  rebuilt: boolean;
  missingPictures: MissingPicture[];
}

interface Block {
  tag: 'p' | 'h2' | 'h3';
  text: string;
}

const clean = (line: string): string =>
  dropInvisible(line)
    .replace(/[\u00a0\u3000\t]/gu, ' ')
    .trim();
const isHeading = (line: string): boolean =>
  /^[一二三四五六七八九十]{1,3}\s*[、.．].{2,40}(?<![。；，,：:])$/u.test(line);
const isSubheading = (line: string): boolean =>
  /^[(（][一二三四五六七八九十]{1,3}[)）].{2,40}(?<![。；，,：:])$/u.test(line);
const isNumbered = (line: string): boolean =>
  /^[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?\s*[、.．)）]/u.test(line);

/** A line that is text: long, or a sentence, or an item of a numbered text. */
function isProse(line: string): boolean {
  return (
    (line.length >= 45 && /[，,、。；]/u.test(line)) ||
    isNumbered(line) ||
    (line.length >= 8 && /[。！？；]$/u.test(line)) ||
    /[：:]$/u.test(line)
  );
}

function toBlock(text: string): Block {
  const tag = isHeading(text) ? 'h2' : isSubheading(text) ? 'h3' : 'p';
  return { tag, text };
}

/** A whole article that arrived as one line: its paragraphs were separated by single blanks after a full stop. */
function rebuild(line: string): string[] {
  if (line.length < 400) return [line];
  return line
    .split(/(?<=[。！？…”」)）:：])\s+|\s+(?=[(（]{0,2}[一二三四五六七八九十]{1,3}[、)）是])/u)
    .filter(Boolean);
}

interface Head {
  title: string | null;
  guessed: boolean;
  /** The line where the article itself begins. */
  start: number;
}

function findHead(lines: readonly string[], isFurniture: (line: string) => boolean, lexicon: Lexicon): Head {
  const first = lines.findIndex((line) => isProse(line) && !isFurniture(line));
  const start = first < 0 ? lines.length : first;
  const short = (line: string): boolean =>
    line.length >= 4 && line.length <= 60 && !isNumbered(line) && !isProse(line);
  const isName = (line: string): boolean => short(line) && !line.startsWith('——') && !isFurniture(line);
  const names = lines
    .slice(0, start)
    .filter((line) => isName(line) && findSpam(bareTitle(line), lexicon) === null);
  // Pages repeat their title: in the window's title with the site's name behind it, and again above the text.
  const repeated = names
    .map(bareTitle)
    .filter((name) => lines.slice(0, start + 1).filter((line) => line.startsWith(name)).length > 1)
    .sort((a, b) => b.length - a.length)[0];
  if (repeated) return { title: repeated, guessed: false, start };
  const [only] = names;
  if (only) return { title: bareTitle(only), guessed: bareTitle(only) !== only, start };
  const praised = lines
    .slice(0, start)
    .map(titleInPreface)
    .find((name) => name !== null);
  return { title: praised ?? null, guessed: true, start };
}

/** Where the page goes on after the article: the first side block that no more text follows. */
function findEnd(lines: readonly string[], start: number): number {
  let end = lines.length;
  for (let i = lines.length - 1; i >= start; i -= 1) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    if (isSideBlock(line)) end = i;
    else if (line.length >= 40 && /[。；！？]/u.test(line)) break;
  }
  return end;
}

function pictures(lines: readonly string[], end: number): MissingPicture[] {
  return lines.flatMap((line, i) => {
    const name = pictureName(line);
    return name ? [{ name, alt: '', where: i < end ? 'body' : 'aside', day: pictureDay(name) } as const] : [];
  });
}

const COLLECTION = /^(?:篇|第)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:篇)?$/u;

/** The lines of each article where a page is a collection (「篇1」「篇2」…), with the shared head first; null otherwise. */
function splitCollection(lines: readonly string[]): { head: string[]; parts: string[][] } | null {
  const marks = lines.flatMap((line, i) => (COLLECTION.test(line) ? [i] : []));
  if (marks.length < 2) return null;
  return {
    head: lines.slice(0, marks[0]),
    parts: marks.map((mark, i) => [lines[mark] ?? '', ...lines.slice(mark + 1, marks[i + 1])]),
  };
}

function parseOne(lines: readonly string[], lexicon: Lexicon): ParsedText {
  const spam = new Set(lines.filter((line) => line !== '' && findSpam(line, lexicon) !== null));
  const isFurniture = (line: string): boolean =>
    isDocumentSite(line) ||
    isMenu(line) ||
    isStamp(line) ||
    readCrumbs(line) !== null ||
    pictureName(line) !== null;
  const { title, guessed, start } = findHead(lines, isFurniture, lexicon);
  const end = findEnd(lines, start);
  const head = lines.slice(0, start);
  const raw = lines.slice(start, end).filter((line) => line !== '' && pictureName(line) === null);
  const own = title && raw[0]?.startsWith(title) ? [raw[0].slice(title.length).trim(), ...raw.slice(1)] : raw;
  const paragraphs = own.filter(Boolean).flatMap(rebuild);
  const body = new Set(raw);
  const stamp = readStamp(head.filter(isStamp).join('\n'));
  return {
    title,
    titleGuessed: guessed,
    subtitle: head.find((line) => /^——\S/u.test(line))?.replace(/^——\s*/u, '') ?? null,
    stamp: { ...stamp, editor: stamp.editor ?? readStamp(lines.slice(end).join('\n')).editor },
    blocks: paragraphs.map(toBlock),
    crumbs: head.map(readCrumbs).find((crumbs) => crumbs !== null) ?? [],
    fromDocumentSite: lines.some(isDocumentSite),
    spamAround: [...spam].some((line) => !body.has(line)),
    rebuilt: paragraphs.length > own.length,
    missingPictures: pictures(lines, end),
  };
}

/** Reads the visible text of an old page: one article, or all of a collection. */
export function parseText(text: string, lexicon: Lexicon): ParsedText[] {
  const lines = text.split(/\r\n?|\n/u).map(clean);
  const collection = splitCollection(lines);
  if (!collection) return [parseOne(lines, lexicon)];
  const shared = parseOne([...collection.head, ''], lexicon);
  return collection.parts.map(([mark = '', ...rest]) => {
    const part = parseOne(rest, lexicon);
    const name = part.title ?? part.subtitle;
    return {
      ...part,
      title:
        name ??
        `${shared.title?.replace(/(?:范文|模板)(?:精选)?$/u, '') ?? '未命名'}（${mark.replace(/\s/gu, '')}）`,
      titleGuessed: name === null,
      subtitle: part.title ? part.subtitle : null,
      crumbs: shared.crumbs,
      fromDocumentSite: shared.fromDocumentSite || part.fromDocumentSite,
      spamAround: shared.spamAround || part.spamAround,
    };
  });
}
