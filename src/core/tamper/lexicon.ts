import { ENCODED } from './lexicon.data.ts';
import { matchCopies } from './normalise.ts';

/**
 * Words of the betting spam that takes over the names of public sites. A brand alone means nothing (estates and hotels
 * share those names); a brand closely followed by a slot, or one of the phrases, does.
 */
export interface Lexicon {
  brands: readonly string[];
  slots: readonly string[];
  phrases: readonly string[];
}

/** Reads a lexicon from its stored form: lines of brands, slots and phrases, base64. */
export function decodeLexicon(encoded: string): Lexicon {
  const [brands = '', slots = '', phrases = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('\n');
  const words = (line: string): string[] => line.split(' ').filter((word) => word !== '');
  return { brands: words(brands), slots: words(slots), phrases: words(phrases) };
}

let decoded: Lexicon | undefined;

/** The lexicon that ships with the software. It is stored encoded, so that the repository itself carries no spam. */
export function shippedLexicon(): Lexicon {
  decoded ??= decodeLexicon(ENCODED);
  return decoded;
}

export interface SpamMatch {
  rule: 'brand_slot' | 'phrase';
  /** The matched words in normalised form: for dropping or comparing, never for showing. */
  found: string;
}

/** How many characters may stand between a brand and its slot. */
const REACH = 8;

function escaped(words: readonly string[]): string {
  return words
    .map((word) => matchCopies(word).tight.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'))
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .join('|');
}

interface Matcher {
  brandSlot: RegExp | null;
  phrase: RegExp | null;
}

const matchers = new WeakMap<Lexicon, Matcher>();

function matcherOf(lexicon: Lexicon): Matcher {
  const known = matchers.get(lexicon);
  if (known) return known;
  const [brands, slots, phrases] = [
    escaped(lexicon.brands),
    escaped(lexicon.slots),
    escaped(lexicon.phrases),
  ];
  const made = {
    brandSlot: brands && slots ? new RegExp(`(?:${brands})[^\\n]{0,${REACH}}?(?:${slots})`, 'u') : null,
    phrase: phrases ? new RegExp(`(?:${phrases})`, 'u') : null,
  };
  matchers.set(lexicon, made);
  return made;
}

/**
 * The first sign of betting spam in a text, or null. `pardoned` are local names (estates, streets, hotels) that contain
 * a brand: they are taken out before looking. A match is a reason to look, never proof.
 */
export function findSpam(
  text: string,
  lexicon: Lexicon = shippedLexicon(),
  pardoned: readonly string[] = [],
): SpamMatch | null {
  const { brandSlot, phrase } = matcherOf(lexicon);
  const copies = matchCopies(text);
  for (const copy of [copies.spaced, copies.tight]) {
    const searched = pardoned.reduce((rest, name) => rest.replaceAll(matchCopies(name).tight, '\n'), copy);
    const byBrand = brandSlot?.exec(searched);
    if (byBrand) return { rule: 'brand_slot', found: byBrand[0] };
    const byPhrase = phrase?.exec(searched);
    if (byPhrase) return { rule: 'phrase', found: byPhrase[0] };
  }
  return null;
}

/** Whether a text speaks against betting and fraud: such a text may name what it warns of. */
export function warnsOfFraud(text: string): boolean {
  return /反诈|防诈|反赌|禁赌|防骗|电信(?:网络)?诈骗|(?:打击|抵制|远离|拒绝|严禁|参与|查处)[^。\n]{0,8}赌博|赌博(?:危害|违法)|普法/u.test(
    text,
  );
}
