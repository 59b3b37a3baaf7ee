import type sanitizeHtmlLibrary from 'sanitize-html';
import { isOfficialHost } from '#core/tamper/hosts.ts';
import { PICTURE_WIDTHS } from '#domains/media/rules.ts';
import { leavePath } from './leaving.ts';

type Sanitize = typeof sanitizeHtmlLibrary;
type Options = NonNullable<Parameters<Sanitize>[1]>;
type Attributes = Record<string, string>;

const TAGS = [
  ...['p', 'br', 'h2', 'h3', 'h4', 'strong', 'em', 'u', 's', 'sub', 'sup', 'blockquote'],
  ...['ul', 'ol', 'li', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'],
  ...['figure', 'figcaption', 'a', 'img'],
];
const SILENT = ['script', 'style', 'textarea', 'option', 'noscript', 'template', 'title', 'iframe', 'object'];
// Pictures of our own only: those of other hosts go away, change, or tell on our readers.
const OWN_PICTURE = /^\/(?:media\/([\w-]{22,44})\/(?:480|960|1600)|scenes\/[a-z0-9-]+\.(?:svg|png))$/;

const attributesOf = (more: readonly string[]): Options['allowedAttributes'] => ({
  a: ['href', 'title', ...(more.length > 0 ? ['rel'] : [])],
  img: ['src', 'alt', 'width', 'height', ...more],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
});

const COMMON: Options = {
  allowedTags: TAGS,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  nonTextTags: SILENT,
  nestingLimit: 40,
  exclusiveFilter: ({ tag, attribs, text, mediaChildren }) => {
    if (tag === 'img') return !OWN_PICTURE.test(attribs.src ?? '');
    if (tag === 'p') return text.replace(/[\s\u3000\u00a0]/g, '') === '' && !mediaChildren?.length;
    return false;
  },
};

const STORED: Options = {
  ...COMMON,
  allowedAttributes: attributesOf([]),
  transformTags: { b: 'strong', i: 'em', del: 's', strike: 's', h1: 'h2', h5: 'h4', h6: 'h4' },
};

function shownPicture(attribs: Attributes): Attributes {
  const { src = '', alt = '', width, height } = attribs;
  const id = OWN_PICTURE.exec(src)?.[1];
  const sizes: Attributes = id
    ? {
        src: `/media/${id}/960`,
        srcset: PICTURE_WIDTHS.map((size) => `/media/${id}/${size} ${size}w`).join(', '),
        sizes: '(min-width: 720px) 640px, 100vw',
      }
    : { src };
  const box: Attributes = width && height ? { width, height } : {};
  return { ...sizes, alt, ...box, loading: 'lazy', decoding: 'async' };
}

const foreignHost = (href: string, own: string): string | null => {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return null;
  const { host, hostname } = new URL(href);
  return host === own ? null : hostname;
};

const LEAVES = '（将离开本站）';

function shownLink({ href = '', title }: Attributes, own: string): Attributes {
  const host = foreignHost(href, own);
  const named: Attributes = title ? { title } : {};
  if (host === null) return { href, ...named };
  const to = isOfficialHost(host) ? href : leavePath(href);
  return { href: to, rel: 'noopener nofollow', title: `${title ?? host}${LEAVES}` };
}

const shown = (own: string): Options => ({
  ...COMMON,
  allowedAttributes: attributesOf(['srcset', 'sizes', 'loading', 'decoding']),
  transformTags: {
    img: (tagName, attribs) => ({ tagName, attribs: shownPicture(attribs) }),
    a: (tagName, attribs) => ({ tagName, attribs: shownLink(attribs, own) }),
  },
});

let library: Promise<Sanitize> | null = null;

// Loaded at first use: it brings a CSS parser along.
async function sanitizer(): Promise<Sanitize> {
  library ??= import('sanitize-html').then((module) => module.default);
  return library;
}

// The page sets the indent; what Word and older sites wrote for it would double it.
const INDENT = /<(p|li|td|th)>(?:[\s\u3000\u00a0]|&nbsp;)+/g;

/** The HTML of an article as it may be stored: allowed tags, own pictures, no styles, no empty paragraphs. */
export async function cleanBody(html: string): Promise<string> {
  const sanitize = await sanitizer();
  return sanitize(html, STORED).replace(INDENT, '<$1>').trim();
}

const MOST_KEPT = 300;
const kept = new Map<string, string>();

/**
 * The HTML of an article as it is shown: sanitised again, whatever the store holds; pictures in all widths; links that
 * leave the site marked, and those to hosts that are not official led past the page that says so. `own` is the site's host.
 */
export async function renderBody(html: string, own: string): Promise<string> {
  const key = `${own}\n${html}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const sanitize = await sanitizer();
  const result = sanitize(html, shown(own))
    .replace(/(<a [^>]*rel="noopener nofollow"[^>]*>.*?<\/a>)/gs, `$1<span class="leaves">${LEAVES}</span>`)
    // A wide table scrolls by itself on a phone, and by the arrow keys once it has the focus.
    .replaceAll('<table>', '<div class="table-wrap" tabindex="0" role="region" aria-label="表格"><table>')
    .replaceAll('</table>', '</table></div>');
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, result);
  return result;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
};

/** The words of a cleaned body, a line for each block. */
export function bodyText(html: string): string {
  return html
    .replace(/<\/(?:p|h[2-4]|li|td|th|caption|figcaption|blockquote)>|<br ?\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \t\u3000\u00a0]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();
}

/** The ids of uploaded pictures that a body shows. */
export function picturesIn(html: string): string[] {
  const found = html.matchAll(/src="\/media\/([\w-]{22,44})\//g);
  return [...new Set([...found].map((match) => match[1] ?? ''))].filter(Boolean);
}

/** The address of the first picture of a body; `null` where it has none. */
export const firstPicture = (html: string): string | null =>
  /<img [^>]*?src="(\/(?:media|scenes)\/[^"]+)"/.exec(html)?.[1] ?? null;

/** Plain text as the HTML of an article: a paragraph for each line. */
export function textAsBody(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => `<p>${line}</p>`)
    .join('\n');
}
