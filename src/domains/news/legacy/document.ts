import type { Verdict } from '#core/tamper/verdict.ts';

export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

/** What an importer may have to say about a page. Its words never repeat what a tamperer wrote. */
type WarningCode =
  | 'foreign_site_name'
  | 'tampered_title'
  | 'lexicon'
  | 'hidden_node'
  | 'outbound_link'
  | 'script'
  | 'style_leak'
  | 'word_junk'
  | 'charset_mismatch'
  | 'broken_characters'
  | 'document_site'
  | 'stray_text'
  | 'doubled_characters'
  | 'lost_words'
  | 'paragraphs_rebuilt'
  | 'text_cut'
  | 'no_title'
  | 'guessed_title'
  | 'no_source'
  | 'lost_date'
  | 'no_time'
  | 'missing_picture'
  | 'missing_attachment';

export interface Warning {
  code: WarningCode;
  /** Chinese, for the editor: what was found and what was done about it. */
  message: string;
}

/** A change that an editor may accept. The importer itself never makes it. */
export interface Suggestion {
  kind: 'doubled' | 'stray' | 'space' | 'pinyin';
  /** Which block of the body (paragraph, heading, list item, cell), from 0. */
  block: number;
  /** Where in that block's plain text, in UTF-16 units. */
  offset: number;
  found: string;
  offered: string;
  /** A few characters around it, the place marked by 【】. */
  context: string;
}

export interface MissingPicture {
  name: string;
  alt: string;
  /** In the text, or in a block beside it (portraits, banners). */
  where: 'body' | 'aside';
  /** Day written into the old system's file name, where there is one. */
  day: string | null;
}

/** One draft made from an old page: complete, clean, and for a human to look at. */
export interface LegacyDocument {
  title: string;
  kicker: string | null;
  subtitle: string | null;
  source: string | null;
  author: string | null;
  editor: string | null;
  publishedAt: Date | null;
  bodyHtml: string;
  /** Names of the columns that the old breadcrumb gave, the deepest first. */
  columnGuess: string[];
  originalUrl: string | null;
  /** SHA-256 of the file's bytes; a draft cut from a collection adds `#` and its number. */
  rawHash: string;
  charset: Charset;
  selectorSet: string;
  verdict: Verdict;
  warnings: Warning[];
  suggestions: Suggestion[];
  missingPictures: MissingPicture[];
}

/** What an article remembers of the page it was imported from, for the editor who looks it through. */
export interface Origin
  extends Pick<
    LegacyDocument,
    'charset' | 'selectorSet' | 'verdict' | 'warnings' | 'suggestions' | 'missingPictures'
  > {
  file: string;
  url: string | null;
  /** When the old site published it, ISO: to be confirmed by whoever may date an article back. */
  publishedHint: string | null;
}
