import type { Item } from '../ArticleList.astro';

export interface Attachment {
  href: string;
  name: string;
  /** As people call it: PDF, Word … */
  type: string;
  bytes: number;
}

export interface Neighbour {
  href: string;
  title: string;
}

/** An article as its page shows it. `html` has been cleaned by the news domain. */
export interface ArticleData {
  kicker?: string;
  title: string;
  subtitle?: string;
  source: string;
  publishedAt: Date;
  author?: string;
  /** 责任编辑. */
  editor?: string;
  reads?: number;
  html: string;
  attachments: readonly Attachment[];
  previous?: Neighbour;
  next?: Neighbour;
  related: readonly Item[];
}

/** A file's size as people say it: 「86 KB」, 「1.4 MB」. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
