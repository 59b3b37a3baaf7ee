import type { Honoree } from '#domains/honors/service.ts';
import { attachmentLabel } from '#domains/media/rules.ts';
import { articlePath, columnPath } from '#domains/news/addresses.ts';
import { formatIssue } from '#domains/news/rules.ts';
import type { Column, Listed, Attachment as StoredAttachment, Titled } from '#domains/news/service.ts';
import type { ColumnTags } from '../../layouts/page-head.ts';
import type { Item } from '../ArticleList.astro';
import type { Attachment, Neighbour } from '../article/article.ts';
import type { Lead } from '../home/home.ts';
import type { Props as PictureProps } from '../Picture.astro';

/** A row of a list; `kind` is a word before its title, left out where the title begins with it. */
export const itemOf = (article: Titled, kind?: string): Item => ({
  href: articlePath(article),
  title: article.title,
  at: article.firstPublishedAt,
  ...(kind && !article.title.startsWith(kind) ? { kind } : {}),
});

/** A numbered article's own number, as its page prints it; empty for any other. */
export const issueWords = ({ serialKind, serialYear: year, serialIssue: issue }: Listed): string =>
  serialKind && year && issue ? formatIssue(serialKind, { year, issue }) : '';

export const neighbourOf = (article: Titled | null): Neighbour | undefined =>
  article ? { href: articlePath(article), title: article.title } : undefined;

export const attachmentOf = ({ id, name, bytes }: StoredAttachment): Attachment => ({
  href: `/media/${id}/file`,
  name,
  type: attachmentLabel(name),
  bytes,
});

const BOX = { width: 1200, height: 800 };

/** An article's picture; `undefined` where it has none. */
export function pictureOf(
  article: Pick<Listed, 'coverId' | 'coverScene' | 'coverAlt'>,
): PictureProps | undefined {
  const { coverId, coverScene, coverAlt: alt } = article;
  if (coverId) return { media: coverId, alt, ...BOX };
  return coverScene ? { src: `/scenes/${coverScene}.svg`, alt, ...BOX } : undefined;
}

export const tagsOf = ({ name, description, keywords, type }: Column): ColumnTags => ({
  name,
  description,
  keywords,
  type,
});

export const crumbsOf = (line: readonly Column[]): { label: string; href: string }[] =>
  line.map(({ id, name }) => ({ label: name, href: columnPath(id) }));

/** The page that an address asks for; `null` where it asks for none that could exist. */
export function pageAsked(url: URL): number | null {
  const asked = url.searchParams.get('page');
  if (asked === null) return 1;
  return /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
}

/** The address of page `n` of the list at `path`. */
export const pageHref =
  (path: string) =>
  (n: number): string =>
    n === 1 ? path : `${path}?page=${n}`;

export const numbered = (title: string, page: number): string =>
  page === 1 ? title : `${title}（第 ${page} 页）`;

/** The article that leads the home page. */
export const leadOf = (article: Listed): Lead => ({
  href: articlePath(article),
  title: article.title,
  ...(article.kicker ? { kicker: article.kicker } : {}),
  summary: article.summary,
  source: article.source,
  at: article.firstPublishedAt,
});

/** An honouree's portrait; `undefined` where none was given. */
export function portraitOf(
  person: Pick<Honoree, 'photoId' | 'photoScene' | 'photoAlt'>,
): PictureProps | undefined {
  const { photoId, photoScene, photoAlt: alt } = person;
  if (photoId) return { media: photoId, alt, width: 800, height: 800 };
  return photoScene ? { src: `/scenes/${photoScene}.svg`, alt, width: 800, height: 800 } : undefined;
}
