// The index drops what is no letter or number, as the radicals ⺀ ⻳ are: Han script, but signs.
const RUN = /(?:(?=[\p{L}\p{N}])\p{Script=Han})+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const STARTS_HAN = /^(?=[\p{L}\p{N}])\p{Script=Han}/u;
const WORD = /(?!\p{Script=Han})[\p{L}\p{N}]/u;

const normalise = (text: string): string => text.normalize('NFKC').toLowerCase();
const runsOf = (text: string): string[] => normalise(text).match(RUN) ?? [];

/** Two-character tokens that overlap: 社区共建 → 社区 区共 共建. */
function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

const lastOf = (run: string): string => [...run].pop() ?? '';

/**
 * The tokens under which a text is found, joined by spaces for an FTS5 column of the plain `unicode61` tokenizer: runs of
 * Han characters as overlapping pairs and their last character, everything else as whole words.
 */
export function indexTokens(text: string): string {
  return runsOf(text)
    .flatMap((run) => (STARTS_HAN.test(run) ? [...pairs(run), lastOf(run)] : [run]))
    .join(' ');
}

// A title finds itself; beyond that a query only costs time.
const LONGEST_QUERY = 100;
const MOST_TERMS = 10;

/** The terms that people separated by spaces, cut to a length that can be searched in a blink. */
export function termsOf(query: string): string[] {
  return [...normalise(query)]
    .slice(0, LONGEST_QUERY)
    .join('')
    .split(/\s+/)
    .filter((term) => runsOf(term).length > 0)
    .slice(0, MOST_TERMS);
}

/** One term as an FTS5 phrase; null where it holds no letter, digit or Han character. */
function phrase(term: string): string | null {
  const runs = runsOf(term);
  const tokens: string[] = [];
  let open = false;
  runs.forEach((run, i) => {
    const last = i === runs.length - 1;
    if (!STARTS_HAN.test(run)) tokens.push(run);
    else {
      const two = pairs(run);
      tokens.push(...two);
      if (!last || two.length === 0) tokens.push(lastOf(run));
      open = last && two.length === 0;
    }
  });
  return tokens.length === 0 ? null : `"${tokens.join(' ')}"${open ? '*' : ''}`;
}

/** Other words for a term, each searched as well. */
export type Synonyms = (term: string) => readonly string[];

const GROUPS: readonly (readonly string[])[] = [
  ['路灯不亮', '路灯报修', '路灯故障'],
  ['小广告', '乱招贴', '牛皮癣'],
  ['违建', '违法搭建', '违章建筑', '乱搭乱建'],
  ['乱停车', '违停', '乱停乱放'],
  ['噪音', '噪声', '扰民'],
  ['下水道堵', '排水堵塞', '污水外溢'],
  ['占道经营', '乱设摊', '店外经营'],
  ['投诉', '诉求', '举报'],
  ['义工', '志愿者'],
  ['好人', '好人榜', '身边好人'],
];

/** The synonyms the site starts with; staff may put their own in their place. */
export const commonSynonyms: Synonyms = (term) =>
  GROUPS.filter((group) => group.includes(term)).flatMap((group) => group.filter((word) => word !== term));

const LATIN = /^[a-z]{2,}$/;

/**
 * The FTS5 MATCH expression for what somebody typed, built from its tokens alone so that no input is syntax; null where
 * there is nothing to search. For Han text the result equals substring matching; other words match whole. A word of plain
 * letters is also tried as pinyin.
 */
export function matchQuery(query: string, synonyms: Synonyms = () => []): string | null {
  const terms = termsOf(query).flatMap((term) => {
    const own = phrase(term);
    if (own === null) return [];
    const others = synonyms(term).flatMap((word) => phrase(word) ?? []);
    const spelled = LATIN.test(term) ? [`pinyin : "${term}" *`] : [];
    const all = [own, ...others, ...spelled];
    return [all.length === 1 ? own : `(${all.join(' OR ')})`];
  });
  return terms.length === 0 ? null : terms.join(' AND ');
}

/** A piece of a snippet; `hit` pieces are to be marked. */
export interface Segment {
  text: string;
  hit: boolean;
}

interface Plain {
  /** Normalised characters, each with the index of the original character it came from. */
  characters: string[];
  origins: number[];
}

function plainOf(characters: readonly string[]): Plain {
  const plain: Plain = { characters: [], origins: [] };
  characters.forEach((character, origin) => {
    for (const c of normalise(character)) {
      plain.characters.push(c);
      plain.origins.push(origin);
    }
  });
  return plain;
}

/** Where a needle stands, by plain index; a word of letters or digits counts only as a whole word. */
function placesOf(needle: readonly string[], plain: Plain): number[] {
  const places: number[] = [];
  const inWord = (i: number): boolean => WORD.test(plain.characters[i] ?? '');
  for (let i = 0; i + needle.length <= plain.characters.length; i++) {
    if (!needle.every((c, k) => plain.characters[i + k] === c)) continue;
    const end = i + needle.length;
    if ((inWord(i) && inWord(i - 1)) || (inWord(end - 1) && inWord(end))) continue;
    places.push(i);
  }
  return places;
}

function marksOf(characters: readonly string[], query: string, synonyms: Synonyms): boolean[] {
  const plain = plainOf(characters);
  const marks = characters.map(() => false);
  const mark = (needle: readonly string[]): boolean => {
    const places = placesOf(needle, plain);
    for (const place of places) {
      for (const origin of plain.origins.slice(place, place + needle.length)) marks[origin] = true;
    }
    return places.length > 0;
  };
  for (const term of termsOf(query)) {
    for (const word of [term, ...synonyms(term)]) {
      // Punctuation inside a term is ignored when matching, so where the whole is not found its runs are marked.
      if (!mark([...normalise(word)])) for (const run of runsOf(word)) mark([...run]);
    }
  }
  return marks;
}

/**
 * About `length` characters of the original text around the first hit, cut into pieces to be marked or not; from the
 * beginning where nothing was hit. Cut ends carry an ellipsis.
 */
export function snippet(
  text: string,
  query: string,
  length: number,
  synonyms: Synonyms = () => [],
): Segment[] {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  const marks = marksOf(characters, query, synonyms);
  const first = Math.max(0, marks.indexOf(true));
  const start = Math.max(0, Math.min(first - Math.floor(length / 4), characters.length - length));
  const end = Math.min(characters.length, start + length);
  const segments: Segment[] = [];
  for (let i = start; i < end; i++) {
    const last = segments[segments.length - 1];
    const hit = marks[i] ?? false;
    if (last?.hit === hit) last.text += characters[i];
    else segments.push({ text: characters[i] ?? '', hit });
  }
  if (start > 0) segments.unshift({ text: '…', hit: false });
  if (end < characters.length) segments.push({ text: '…', hit: false });
  return segments;
}
