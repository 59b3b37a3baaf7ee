import { load } from 'cheerio';

const BLOCK = 'p, h2, h3, h4, li, th, td, caption, figcaption, blockquote';

/** The plain text of each block of a body, in reading order; a block that only holds other blocks is left out. */
export function blocksOf(html: string): string[] {
  const $ = load(html, null, false);
  return $(BLOCK)
    .toArray()
    .filter((element) => $(element).find(BLOCK).length === 0)
    .map((element) => $(element).text());
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
