import type { Suggestion } from './document.ts';

/** Marks that are written in pairs or in rows on purpose: dashes, ellipses, blanks and masks. */
const ROWS = /[—…·.\-_*＊=~～×xX○●□■﹏#\s\d]/u;
/** Words that Chinese never writes twice in a row, and marks: doubled, they are a slip on any page. */
const NEVER_TWICE = /[的了是在和与们把被及或为从向以而且也都就]|\p{P}/u;

interface Found {
  block: number;
  offset: number;
  character: string;
  /** Distance in visible characters from the beginning of the whole text. */
  at: number;
}

function findDoubled(blocks: readonly string[]): Found[] {
  const found: Found[] = [];
  let at = 0;
  for (const [block, text] of blocks.entries()) {
    for (let offset = 0; offset < text.length; offset += 1) {
      const character = text.charAt(offset);
      if (!/\s/u.test(character)) at += 1;
      const isText = /[\p{Script=Han}\p{P}]/u.test(character) && !ROWS.test(character);
      if (isText && text.charAt(offset + 1) === character) found.push({ block, offset, character, at });
    }
  }
  return found;
}

const REGULAR_GAP = { least: 6, most: 40 } as const;

/** Whether doublings come at the pace of old line ends: many, and most of them about one line apart. */
function followsLines(found: readonly Found[]): boolean {
  if (found.length < 6) return false;
  const gaps = found
    .slice(1)
    .map((next, i) => next.at - (found[i]?.at ?? 0))
    .sort((a, b) => a - b);
  const middle = gaps[Math.floor(gaps.length / 2)] ?? 0;
  if (middle < REGULAR_GAP.least || middle > REGULAR_GAP.most) return false;
  return gaps.filter((gap) => Math.abs(gap - middle) <= 2).length >= gaps.length / 2;
}

/** Whether a doubled character is half of a word like 实实在在, which is no slip. */
function inFourfold(text: string, offset: number): boolean {
  const isPair = (at: number): boolean =>
    /\p{Script=Han}/u.test(text.charAt(at)) && text.charAt(at) === text.charAt(at + 1);
  return isPair(offset - 2) || isPair(offset + 2);
}

/** A few characters on both sides of a place, the place itself in 【】. */
export function around(text: string, offset: number, length: number): string {
  const before = text.slice(Math.max(0, offset - 6), offset);
  return `${before}【${text.slice(offset, offset + length)}】${text.slice(offset + length, offset + length + 6)}`;
}

/**
 * Doubled characters as offers, each with its place. Chinese doubles many words for good reasons (人人, 看看): only on a
 * page whose doublings follow old line ends, as document sites leave them, every one is offered.
 */
export function offerDoubled(blocks: readonly string[]): Suggestion[] {
  const found = findDoubled(blocks);
  const damaged = followsLines(found);
  return found
    .filter(({ block, offset, character }) => {
      if (damaged) return true;
      return NEVER_TWICE.test(character) && !inFourfold(blocks[block] ?? '', offset);
    })
    .map(({ block, offset, character }) => ({
      kind: 'doubled',
      block,
      offset,
      found: character + character,
      offered: character,
      context: around(blocks[block] ?? '', offset, 2),
    }));
}
