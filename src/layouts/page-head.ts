import { beijingTime } from '#core/clock.ts';

/** The column a page belongs to, as its four inspection tags want it. */
export interface ColumnTags {
  name: string;
  description: string;
  keywords: string;
  /** One of the inspection's column types: 工作动态, 咨询投诉, 首页 … */
  type: string;
}

/** What an article page tells machines about the article. */
export interface ArticleTags {
  title: string;
  publishedAt: Date;
  source: string;
  keywords?: string;
  author?: string;
  description?: string;
  /** The address of its first picture. */
  image?: string;
  /** The address of the article, from `/`. */
  url: string;
}

/** What names the site in tags; comes from the signed settings. */
export interface SiteTags {
  name: string;
  origin: string;
  domain: string;
  idCode: string;
}

/** `题 - 栏目 - 站名`: always ends with the site's own name, says nothing twice. */
export function documentTitle(title: string, column: string | undefined, site: string): string {
  return [...new Set([title, column, site].filter(Boolean))].join(' - ');
}

/** The inspection's meta tags by name, each at most once, none of them empty. */
export function metaTags(
  site: SiteTags,
  page: { description?: string; keywords?: string; column?: ColumnTags; article?: ArticleTags },
): [name: string, content: string][] {
  const { column, article } = page;
  const absolute = (path: string | undefined) => (path ? new URL(path, site.origin).href : undefined);
  const tags: [string, string | undefined][] = [
    ['SiteName', site.name],
    ['SiteDomain', site.domain],
    ['SiteIDCode', site.idCode],
    ['ColumnName', column?.name],
    ['ColumnDescription', column?.description],
    ['ColumnKeywords', column?.keywords],
    ['ColumnType', column?.type],
    ['ArticleTitle', article?.title],
    ['PubDate', article && beijingTime(article.publishedAt)],
    ['ContentSource', article?.source],
    ['Keywords', article ? (article.keywords ?? column?.keywords) : page.keywords],
    ['Author', article?.author],
    ['Description', article ? (article.description ?? page.description) : page.description],
    ['Image', absolute(article?.image)],
    ['Url', absolute(article?.url)],
  ];
  return tags.filter((tag): tag is [string, string] => Boolean(tag[1]));
}
