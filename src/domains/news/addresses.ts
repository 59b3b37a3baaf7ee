import { beijingDay } from '#core/clock.ts';
import type { ArticleId, TopicId } from '#db/schema/ids.ts';

/** The day of an article's address, `YYYYMMDD`: that of its first publication, which never moves. */
const addressDay = (firstPublishedAt: Date): string => beijingDay(firstPublishedAt).replaceAll('-', '');

export const articlePath = (article: { id: ArticleId; firstPublishedAt: Date }): string =>
  `/news/${addressDay(article.firstPublishedAt)}/${article.id}`;

/** Announcements have a door of their own in the masthead. */
export function columnPath(id: string): string {
  if (id === 'notices') return '/notices/';
  return id.startsWith('notices-') ? `/notices/${id.slice('notices-'.length)}/` : `/news/${id}/`;
}

export const topicPath = (id: TopicId): string => `/news/topics/${id}`;

export const feedPath = (columnId: string): string => `/feeds/${columnId}.xml`;
