const DAY_MARK = /\{d([+-]\d+)?\}/g;
const YEAR_MARK = /\{y\}/g;

/**
 * Turns plain lines into the HTML of an article: `## ` begins a heading, `- ` and `1. ` a list, `> ` a quotation, a line
 * that begins with `<` stays as it is, every other line is a paragraph.
 */
export function prose(text: string): string {
  const out: string[] = [];
  let list: 'ul' | 'ol' | null = null;
  const enter = (next: 'ul' | 'ol' | null): void => {
    if (list === next) return;
    if (list) out.push(`</${list}>`);
    if (next) out.push(`<${next}>`);
    list = next;
  };
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    if (line.startsWith('- ')) {
      enter('ul');
      out.push(`<li>${line.slice(2)}</li>`);
    } else if (/^\d+\. /.test(line)) {
      enter('ol');
      out.push(`<li>${line.replace(/^\d+\. /, '')}</li>`);
    } else {
      enter(null);
      if (line.startsWith('### ')) out.push(`<h3>${line.slice(4)}</h3>`);
      else if (line.startsWith('## ')) out.push(`<h2>${line.slice(3)}</h2>`);
      else if (line.startsWith('> ')) out.push(`<blockquote><p>${line.slice(2)}</p></blockquote>`);
      else if (line.startsWith('<')) out.push(line);
      else out.push(`<p>${line}</p>`);
    }
  }
  enter(null);
  return out.join('\n');
}

/**
 * Writes a text's date marks out for a text of the Beijing day `day` (`YYYY-MM-DD`): `{d}` is that day, `{d+7}` a week
 * later, both as 「5月8日」; `{y}` is the day's year.
 */
export function datedText(text: string, day: string): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  return text
    .replace(DAY_MARK, (_mark, offset: string | undefined) => {
      const at = new Date(start + Number(offset ?? 0) * 86_400_000);
      return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
    })
    .replace(YEAR_MARK, day.slice(0, 4));
}
