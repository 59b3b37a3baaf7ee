import { prose } from './prose.ts';
import { sceneAlts } from './scenes.ts';
import type { DemoArticle } from './types.ts';

interface Draft {
  key: string;
  column: string;
  /** Days before the day of loading, and the clock time. */
  when: [daysAgo: number, at: string];
  kicker?: string;
  title: string;
  subtitle?: string;
  by: [source: string, author: string, editor: string];
  summary?: string;
  scene?: keyof typeof sceneAlts;
  attachments?: { name: string; text: string }[];
  related?: string[];
  topic?: string;
  /** Plain lines, see `prose`. */
  text: string;
}

const SUMMARY_LENGTH = 100;

/** Whole sentences from the first paragraph, up to a list row's length. */
function opening(text: string): string {
  const first =
    text
      .trim()
      .split('\n')[0]
      ?.replace(/<[^>]+>/g, '') ?? '';
  if (first.length <= SUMMARY_LENGTH) return first;
  const end = first.lastIndexOf('。', SUMMARY_LENGTH);
  return end > 0 ? first.slice(0, end + 1) : `${first.slice(0, SUMMARY_LENGTH - 1)}…`;
}

/** An article from its draft: the text set as HTML, the summary and the picture's description filled in. */
export function article({
  when: [daysAgo, at],
  by: [source, author, editor],
  text,
  ...rest
}: Draft): DemoArticle {
  return {
    ...rest,
    daysAgo,
    at,
    source,
    author,
    editor,
    summary: rest.summary ?? opening(text),
    body: prose(text),
    ...(rest.scene ? { sceneAlt: sceneAlts[rest.scene] } : {}),
  };
}
