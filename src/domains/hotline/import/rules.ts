import type { ImportedMessage } from './input.ts';

export interface Skip {
  line: number;
  reason: string;
}

export interface Repeat {
  line: number;
  /** The earlier line that says the same. */
  of: number;
}

export interface Sorted {
  /** In the order in which they were filed. */
  messages: { line: number; message: ImportedMessage }[];
  repeats: Repeat[];
  skips: Skip[];
}

/**
 * Sorts the lines of a file (`[number, text]`, blank ones left out by the caller; `readLine` reads one) into what can be taken and what
 * cannot. A message that repeats an earlier one word for word is taken too: it was filed and answered by itself, and
 * whether it is the same matter is for staff to say.
 */
export function sortLines(
  lines: Iterable<readonly [number, string]>,
  readLine: (text: string) => { message: ImportedMessage } | { reason: string },
): Sorted {
  const sorted: Sorted = { messages: [], repeats: [], skips: [] };
  const ids = new Map<string, number>();
  const texts = new Map<string, number>();
  for (const [line, text] of lines) {
    const read = readLine(text);
    if ('reason' in read) {
      sorted.skips.push({ line, reason: read.reason });
      continue;
    }
    const { message } = read;
    const sameId = ids.get(message.id);
    if (sameId !== undefined) {
      sorted.skips.push({ line, reason: `编号与第 ${sameId} 行相同` });
      continue;
    }
    ids.set(message.id, line);
    const words = `${message.title}\n${message.body}`;
    const of = texts.get(words);
    if (of === undefined) texts.set(words, line);
    else sorted.repeats.push({ line, of });
    sorted.messages.push({ line, message });
  }
  sorted.messages.sort(
    (a, b) => a.message.filed_at.getTime() - b.message.filed_at.getTime() || a.line - b.line,
  );
  return sorted;
}

const LONGEST_TITLE = 60;

/** A title too long for lists is shortened there; nothing of it is lost, for it then begins the text. */
export function fitTitle({ title, body }: Pick<ImportedMessage, 'title' | 'body'>): {
  title: string;
  body: string;
} {
  const characters = Array.from(title);
  if (characters.length <= LONGEST_TITLE) return { title, body };
  return { title: `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`, body: `${title}\n\n${body}` };
}
