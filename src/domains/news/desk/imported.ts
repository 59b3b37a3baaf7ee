import { z } from 'zod';
import type { ArticleRow } from '../store.ts';

const Origin = z.object({
  file: z.string(),
  url: z.string().nullable(),
  publishedHint: z.string().nullable(),
  warnings: z.array(z.object({ message: z.string() })),
  suggestions: z.array(z.object({ found: z.string(), offered: z.string(), context: z.string() })),
});

/** What the importer found about an old page, in words for the editor who goes through it. */
export interface ImportReport {
  file: string;
  url: string | null;
  publishedHint: Date | null;
  warnings: string[];
  suggestions: string[];
}

/** The importer's report of an article; `null` for one that was written here. */
export function importReport({ origin }: Pick<ArticleRow, 'origin'>): ImportReport | null {
  const known = Origin.safeParse(origin);
  if (!known.success) return null;
  const { file, url, publishedHint, warnings, suggestions } = known.data;
  const at = publishedHint === null ? null : new Date(publishedHint);
  return {
    file,
    url,
    publishedHint: at && !Number.isNaN(at.getTime()) ? at : null,
    warnings: warnings.map(({ message }) => message),
    suggestions: suggestions.map(
      ({ found, offered, context }) => `“${found}”可能是“${offered || '（删去）'}”：${context}`,
    ),
  };
}
