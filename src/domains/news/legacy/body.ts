import { load } from 'cheerio';
import sanitizeHtml from 'sanitize-html';

const TAGS = [
  'p',
  'br',
  'h2',
  'h3',
  'h4',
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'blockquote',
  'ul',
  'ol',
  'li',
  'table',
  'caption',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'figure',
  'figcaption',
  'a',
  'img',
];

/** The last door of imported HTML: the tags and attributes an article may have, nothing else. */
export function sanitiseBody(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'title'],
      img: ['src', 'alt', 'width', 'height'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
  });
}

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
