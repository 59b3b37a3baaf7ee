const BLOCK = /^<\/?(?:h[2-4]|p|ul|ol|li|table|caption|thead|tbody|tr|th|td|blockquote|figure|hr|div)\b/;

/**
 * The HTML of a text as staff type it: `## ` begins a heading, `- ` and `1. ` a list, every other line is a paragraph;
 * a line that begins with the tag of a block stays as it is. What comes out has still to be sanitised.
 */
export function legalMarkup(text: string): string {
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
    if (BLOCK.test(line)) {
      enter(null);
      out.push(line);
    } else if (line.startsWith('- ')) {
      enter('ul');
      out.push(`<li>${line.slice(2)}</li>`);
    } else if (/^\d+[.、] ?/.test(line)) {
      enter('ol');
      out.push(`<li>${line.replace(/^\d+[.、] ?/, '')}</li>`);
    } else {
      enter(null);
      const heading = /^(#{2,3}) /.exec(line)?.[1]?.length;
      out.push(heading ? `<h${heading}>${line.slice(heading + 1)}</h${heading}>` : `<p>${line}</p>`);
    }
  }
  enter(null);
  return out.join('\n');
}
