import { pinyin } from 'pinyin-pro';

const HAN = /\p{Script=Han}+/gu;
const LONGEST_TITLE = 60;

const syllables = (title: string): string[] => {
  const han = [...(title.normalize('NFKC').match(HAN) ?? []).join('')].slice(0, LONGEST_TITLE).join('');
  return han === ''
    ? []
    : pinyin(han, { toneType: 'none', type: 'array', v: true }).map((s: string) => s.toLowerCase());
};

/** How a title is spelled: 文明社区 → `wenmingshequ` and `wmsq`. Everything but Han characters is left out. */
export function pinyinOf(title: string): { full: string; initials: string } {
  const all = syllables(title);
  return { full: all.join(''), initials: all.map((s) => s.charAt(0)).join('') };
}

/** What the pinyin column of the index holds: each tail of the spelling, so that a title is also found by its middle. */
export function pinyinTokens(title: string): string {
  const all = syllables(title);
  const tails = all.map((_, i) => all.slice(i));
  const tokens = tails.flatMap((tail) => [tail.join(''), tail.map((s) => s.charAt(0)).join('')]);
  return [...new Set(tokens)].join(' ');
}
