const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));?/giu, (whole, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export interface MatchCopies {
  /** Readable copy: entities decoded, widths folded, invisible characters gone, lower case. */
  spaced: string;
  /** The same without spaces, punctuation and symbols. */
  tight: string;
}

/**
 * The two copies of a text in which disguised words are looked for: numeric entities (also doubly encoded), full-width
 * letters, zero-width characters and inserted punctuation no longer hide anything. Never shown, never stored.
 */
export function matchCopies(text: string): MatchCopies {
  // Spam writes `&amp;#30343;`, so one decoding is not enough.
  const spaced = decodeEntities(decodeEntities(text))
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  return { spaced, tight: spaced.replace(/[\p{P}\p{S}\p{Z}\s]/gu, '') };
}

/** Removes characters that no reader sees and that only serve to hide words from a search. */
export function dropInvisible(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}
