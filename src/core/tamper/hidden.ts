/** The ways in which spam links are put on a page without being seen. */
export type Hiding =
  | 'display'
  | 'visibility'
  | 'opacity'
  | 'zero_size'
  | 'zero_font'
  | 'same_colour'
  | 'text_indent'
  | 'off_screen'
  | 'clip'
  | 'scale'
  | 'max_height'
  | 'attribute';

/** Declarations of a style text, lower case, `!important` dropped; the last one wins, as in a browser. */
function declarations(style: string): Map<string, string> {
  const result = new Map<string, string>();
  for (const part of style.replace(/\/\*[\s\S]*?\*\//gu, '').split(';')) {
    const colon = part.indexOf(':');
    if (colon < 0) continue;
    const value = part.slice(colon + 1).replace(/!\s*important/iu, '');
    result.set(part.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return result;
}

const ZERO = /^0*(?:\.0*)?(?:px|pt|em|rem|%|vw|vh)?$/u;
const TINY = /^(?:0*(?:\.\d+)?|1)(?:px|pt)?$/u;
const FAR = /^-\d{3,}(?:\.\d+)?(?:px|pt)?$|^-\d{2,}(?:\.\d+)?(?:em|rem)$/u;

/** How a style text hides its element, or null where it does not. */
export function hidingOf(style: string): Hiding | null {
  const css = declarations(style);
  const is = (name: string, pattern: RegExp): boolean => pattern.test(css.get(name) ?? 'unset');
  if (is('display', /^none$/u)) return 'display';
  if (is('visibility', /^(?:hidden|collapse)$/u)) return 'visibility';
  if (is('opacity', /^0*\.?0+%?$/u)) return 'opacity';
  if (is('font-size', ZERO) || is('font', /(?:^|\s)0(?:px|pt)?(?:\/|\s)/u)) return 'zero_font';
  if (is('text-indent', FAR)) return 'text_indent';
  const lifted = is('position', /^(?:absolute|fixed|relative)$/u);
  if (lifted && ['left', 'top', 'right', 'bottom'].some((side) => is(side, FAR))) return 'off_screen';
  if (is('margin-left', FAR) || is('margin-top', FAR)) return 'off_screen';
  if (
    is('clip', /^rect\((?:\s*[01](?:px)?[\s,]*){4}\)$/u) ||
    is('clip-path', /inset\((?:50|100)%|circle\(0/u)
  )
    return 'clip';
  if (is('transform', /scale[xy3d]*\(\s*0(?:\.0+)?\s*[,)]/u)) return 'scale';
  if (is('max-height', ZERO)) return 'max_height';
  const clipped = is('overflow', /^hidden$/u);
  if (clipped && (is('height', TINY) || is('width', TINY))) return 'zero_size';
  const ink = css.get('color');
  if (
    ink &&
    ink !== 'inherit' &&
    (ink === css.get('background-color') || ink === css.get('background') || ink === 'transparent')
  )
    return 'same_colour';
  return null;
}

/** How an element hides itself by its own attributes, its style text included, or null. */
export function hiddenBy(attributes: Readonly<Record<string, string>>): Hiding | null {
  if ('hidden' in attributes) return 'attribute';
  if (attributes.width === '0' || attributes.height === '0') return 'zero_size';
  return hidingOf(attributes.style ?? '');
}

/**
 * The simple selectors (`.name` and `#name`) that a page's own style sheet hides. Sheets that are loaded from elsewhere
 * cannot be judged here: the check in a real browser does that.
 */
export function hiddenSelectors(sheet: string): Set<string> {
  const found = new Set<string>();
  for (const [, selectors = '', body = ''] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/gu)) {
    if (hidingOf(body) === null) continue;
    for (const selector of selectors.split(','))
      if (/^\s*[.#][\w-]+\s*$/u.test(selector)) found.add(selector.trim());
  }
  return found;
}
