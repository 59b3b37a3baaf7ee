import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8');

/** The custom properties set in every rule whose selector is exactly this one. */
function tokensOf(selector: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, body] of css.matchAll(/(?:^|\n)([^\n{}/]+?) \{\n([^}]*)\}/g)) {
    if (name?.trim() !== selector) continue;
    for (const [, key, value] of (body ?? '').matchAll(/--([\w-]+):\s*([^;]+);/g))
      found[key!] = value!.trim();
  }
  return found;
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[\da-f]/gi, (digit) => digit + digit) : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const root = tokensOf(':root');
const views = {
  standard: root,
  elder: { ...root, ...tokensOf('[data-view="elder"]') },
  contrast: { ...root, ...tokensOf('[data-view="contrast"]') },
};

const TEXT = ['ink', 'muted', 'title', 'link', 'cinnabar', 'indigo', 'bamboo', 'amber', 'error', 'accent'];
const PAPERS = ['paper', 'wash', 'indigo-wash', 'bamboo-wash', 'amber-wash', 'error-wash'];
const pairs = [
  ...TEXT.flatMap((text) => PAPERS.map((paper) => [text, paper])),
  ['ink', 'mark'],
  ...['accent', 'indigo', 'bamboo', 'amber'].map((fill) => ['on-accent', fill]),
  ['paper', 'ink'],
] as [string, string][];

describe.each(Object.entries(views))('%s', (view, tokens) => {
  const least = view === 'contrast' ? 7 : 4.5;

  test.each(pairs)(`%s on %s is at least ${least}:1`, (text, paper) => {
    expect(contrast(tokens[text]!, tokens[paper]!)).toBeGreaterThanOrEqual(least);
  });

  test.each(['line', 'focus'])('%s stands out from the paper at 3:1', (edge) => {
    expect(contrast(tokens[edge]!, tokens.paper!)).toBeGreaterThanOrEqual(3);
  });
});
