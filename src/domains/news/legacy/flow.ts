import type { CheerioAPI } from 'cheerio';
import { dropInvisible } from '#core/tamper/normalise.ts';
import { escapeText } from './body.ts';
import type { Warning } from './document.ts';

type Selection = ReturnType<ReturnType<CheerioAPI['root']>['find']>;
type Node = ReturnType<Selection['contents']>[number];
type Tag = Extract<Node, { attribs: object }>;

const INLINE: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'u',
  s: 's',
  strike: 's',
  del: 's',
  sub: 'sub',
  sup: 'sup',
  a: 'a',
};
const HEADING: Readonly<Record<string, string>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h4',
  h6: 'h4',
};
/** Elements that go on in the same line. Everything else begins and ends a paragraph. */
const RUNNING = new Set([
  'span',
  'font',
  'small',
  'big',
  'label',
  'o:p',
  'st1:chsdate',
  'ins',
  'tt',
  'code',
  'abbr',
  'nobr',
]);

const STYLE_LEAK =
  /(?:(?:\.?(?:TRS_\w+|Custom_UnionStyle|MsoNormal\w*|WordSection\d*|Section\d+)|@(?:font-face|page|list)|(?:p|li|div|span|td|table|h\d)\.\w+)[^{}<>]{0,120}\{[^{}]*\}\s*)+/giu;
const WORD_LEAK =
  /\/\*\s*Style Definitions\s*\*\/|Normal\s+0\s+[\d.]+\s*磅[\sA-Za-z0-9.-]*?X-NONE(?:\s+X-NONE)?(?:\s+MicrosoftInternetExplorer\d)?/gu;

/** Removes style sheets that old editors pasted into the text itself. */
export function dropLeaks(text: string): { text: string; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const withoutWord = text.replace(WORD_LEAK, '');
  if (withoutWord !== text) warnings.push({ code: 'word_junk', message: '去掉了 Word 留下的格式代码。' });
  const clean = withoutWord.replace(STYLE_LEAK, '');
  if (clean !== withoutWord) warnings.push({ code: 'style_leak', message: '去掉了混进正文的样式代码。' });
  return { text: clean, warnings };
}

// A line break in the source between two Han characters is layout of the file, not a space of the text.
const tidy = (text: string): string =>
  dropInvisible(text)
    .replace(/(?<=[\p{Script=Han}，。、；：])\s*\n\s*(?=[\p{Script=Han}，。、；：])/gu, '')
    .replace(/[\s\u00a0\u3000]+/gu, ' ');

/** Turns the mixed markup of an old body into a flat row of paragraphs, headings, lists and tables. */
class Flow {
  readonly blocks: string[] = [];
  private line = '';
  private seen = '';
  private readonly open: { tag: string; start: string }[] = [];
  private readonly $: CheerioAPI;

  constructor($: CheerioAPI) {
    this.$ = $;
  }

  end(tag = 'p'): void {
    const closing = this.open
      .map(({ tag: name }) => `</${name}>`)
      .reverse()
      .join('');
    const html = `${this.line}${closing}`.trim();
    if (this.seen.trim() !== '') this.blocks.push(`<${tag}>${html}</${tag}>`);
    this.seen = '';
    this.line = this.open.map(({ start }) => start).join('');
  }

  walk(nodes: Iterable<Node>): void {
    for (const node of nodes) this.take(node);
  }

  private take(node: Node): void {
    if (node.type === 'text') this.text(node.data);
    if (node.type === 'tag') this.element(node);
  }

  private element(node: Tag): void {
    const { name } = node;
    const inline = INLINE[name];
    if (name === 'br') this.end();
    else if (inline) this.inline(inline, node);
    else if (RUNNING.has(name)) this.walk(node.children);
    else if (name === 'ul' || name === 'ol' || (name === 'table' && this.isData(node))) this.whole(node);
    else {
      this.end();
      this.walk(node.children);
      this.end(HEADING[name]);
    }
  }

  private text(data: string): void {
    const text = tidy(data);
    // A paragraph begins without the blanks that old pages indent with.
    const part = this.seen === '' ? text.trimStart() : text;
    this.seen += part;
    this.line += escapeText(part);
  }

  private inline(tag: string, node: Tag): void {
    const address = tag === 'a' ? this.$(node).attr('href') : undefined;
    const start = address ? `<a href="${escapeText(address).replaceAll('"', '&quot;')}">` : `<${tag}>`;
    this.open.push({ tag, start });
    this.line += start;
    this.walk(node.children);
    this.open.pop();
    this.line += `</${tag}>`;
  }

  /** A table that holds figures, not the layout of the page. */
  private isData(node: Tag): boolean {
    const table = this.$(node);
    const rows = table.find('tr').toArray();
    const widest = Math.max(0, ...rows.map((row) => this.$(row).children('td, th').length));
    return (
      widest > 1 &&
      rows.length > 1 &&
      table.find('table').length === 0 &&
      table.text().length / (rows.length * widest) < 120
    );
  }

  private whole(node: Tag): void {
    this.end();
    const copy = this.$(node).clone();
    copy
      .find('p, div, span, font')
      .each((_, inner) => void this.$(inner).replaceWith(this.$(inner).contents()));
    copy.find('td, th, li').each((_, cell) => void this.$(cell).text(tidy(this.$(cell).text()).trim()));
    this.blocks.push(this.$.html(copy));
  }
}

/** The body as clean blocks of HTML, one string each. */
export function toBlocks($: CheerioAPI, body: Selection): string[] {
  const flow = new Flow($);
  flow.walk(body.toArray());
  flow.end();
  return flow.blocks.filter((block) => block.replace(/<[^>]*>/gu, '').trim() !== '');
}
