import type { Suggestion, Warning } from './document.ts';
import { around, offerDoubled } from './doubled.ts';

interface Slip {
  kind: Suggestion['kind'];
  pattern: RegExp;
  offered: string;
}

/** What copying sites leave inside a text. Each is offered for removal, none is removed. */
const SLIPS: readonly Slip[] = [
  { kind: 'stray', pattern: /共\s*\d{1,3}\s*页[，,]\s*当前第\s*\d{1,3}\s*页\s*\d*/gu, offered: '' },
  { kind: 'space', pattern: /(?<=\p{Script=Han})[ \u00a0\u3000]+(?=\p{Script=Han})/gu, offered: '' },
  {
    kind: 'pinyin',
    pattern: /(?<=\p{Script=Han})[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]/gu,
    offered: '',
  },
];

function offerSlips(blocks: readonly string[]): Suggestion[] {
  return blocks.flatMap((text, block) =>
    SLIPS.flatMap(({ kind, pattern, offered }) =>
      Array.from(text.matchAll(pattern), (match) => ({
        kind,
        block,
        offset: match.index,
        found: match[0],
        offered,
        context: around(text, match.index, match[0].length),
      })),
    ),
  );
}

/** A number and a comma in front of the first sentence is the rest of a page script, not text. */
function offerStrayStart(blocks: readonly string[]): Suggestion[] {
  const first = blocks[0] ?? '';
  const stray = /^\s*(\d{1,5}[,，])\s*(?=\p{Script=Han})/u.exec(first)?.[1];
  if (!stray) return [];
  const offset = first.indexOf(stray);
  return [
    {
      kind: 'stray',
      block: 0,
      offset,
      found: stray,
      offered: '',
      context: around(first, offset, stray.length),
    },
  ];
}

const END_OF_TEXT = /[。！!？?；;…”"’」』）)】》]$/u;
const NUMBERED = /^[(（]?[一二三四五六七八九十\d]{1,3}[)）]?\s*[、.．)）]/u;

/** Whether a text stops in the middle: in a sentence, or after a heading. A signature or a date may end without a mark. */
function isCut(last: string): boolean {
  return (
    last !== '' &&
    !END_OF_TEXT.test(last) &&
    (last.length >= 30 || NUMBERED.test(last) || /[：:，,、]$/u.test(last))
  );
}

const LOST = /\*{1,}|＊+|_{2,}|(?<![A-Za-z])X{2,}(?![A-Za-z])|×{2,}/gu;

export interface Inspection {
  suggestions: Suggestion[];
  warnings: Warning[];
}

/** Looks through the finished text of a draft for damage, and says where. The text itself stays as it is. */
export function inspectText(blocks: readonly string[]): Inspection {
  const doubled = offerDoubled(blocks);
  const slips = [...offerStrayStart(blocks), ...offerSlips(blocks)];
  const warnings: Warning[] = [];
  const strays = slips.filter(({ kind }) => kind === 'stray');
  for (const { found, context } of strays) {
    warnings.push({
      code: 'stray_text',
      message: `正文夹有不属于文章的「${found}」（${context}），请核对后删除。`,
    });
  }
  if (doubled.length > 0) {
    warnings.push({
      code: 'doubled_characters',
      message: `有 ${doubled.length} 处疑似重复的字或标点，已逐处列出，原文未改动。`,
    });
  }
  const lost = blocks.reduce((sum, text) => sum + Array.from(text.matchAll(LOST)).length, 0);
  if (lost > 0)
    warnings.push({
      code: 'lost_words',
      message: `有 ${lost} 处被替换成 *、_ 或 X 的字词，请对照原件补全。`,
    });
  if (isCut(blocks.at(-1) ?? '')) {
    warnings.push({ code: 'text_cut', message: '正文末尾没有结束，原文可能被截断，请对照原件。' });
  }
  return {
    suggestions: [...doubled, ...slips].sort((a, b) => a.block - b.block || a.offset - b.offset),
    warnings,
  };
}
