import { addDays, now } from '#core/clock.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { MediaId } from '#db/schema/ids.ts';
import { insertMedia, makeAttachment } from '#domains/media/service.ts';
import {
  ensureColumns,
  type LoadedArticle,
  loadPublished,
  prepareLoaded,
} from '#domains/news/publishing/service.ts';
import { articles } from './content/articles.ts';
import { bulletins } from './content/bulletins.ts';
import { districtColumns } from './content/columns.ts';
import { datedText } from './content/prose.ts';
import { settings } from './content/settings.ts';
import type { DemoArticle } from './content/types.ts';
import { instantOf } from './moments.ts';

type Files = Awaited<ReturnType<typeof makeAttachment>>[];

export interface PreparedNews {
  articles: readonly LoadedArticle[];
  files: Files;
}

/** Announcements say in the line above the title which sort they are. */
const NOTICE_PARTS: Readonly<Record<string, string>> = {
  公告: 'notices-announcements',
  公示: 'notices-publicity',
  通报: 'notices-circulars',
};

/** Titles of 我们的节日 begin with the festival. */
const FESTIVAL_PARTS: Readonly<Record<string, string>> = {
  春节: 'festivals-spring',
  元宵: 'festivals-lantern',
  清明: 'festivals-qingming',
  端午: 'festivals-dragon-boat',
  七夕: 'festivals-qixi',
  中秋: 'festivals-mid-autumn',
  重阳: 'festivals-double-ninth',
};

function columnOf({ column, kicker, title }: DemoArticle): string {
  if (column === 'notices') return NOTICE_PARTS[kicker ?? ''] ?? column;
  if (column === 'festivals') return FESTIVAL_PARTS[title.slice(0, 2)] ?? column;
  return column;
}

async function attach(article: DemoArticle, day: string, files: Files): Promise<MediaId[]> {
  const ids: MediaId[] = [];
  for (const { name, text } of article.attachments ?? []) {
    const bytes = Buffer.from(`${name.endsWith('.csv') ? '\ufeff' : ''}${datedText(text, day)}`);
    const row = await makeAttachment(bytes, name, { state: 'public', purpose: 'article' });
    files.push(row);
    ids.push(row.id);
  }
  return ids;
}

/** Bulletins are numbered by kind and year in the order of their days. */
function numberedBulletins(today: string, latest: Date): LoadedArticle[] {
  const issues = new Map<string, number>();
  return [...bulletins]
    .sort((a, b) => b.daysAgo - a.daysAgo)
    .map((bulletin, n) => {
      const day = addDays(today, -bulletin.daysAgo);
      const year = Number(day.slice(0, 4));
      const series = `${bulletin.kind} ${year}`;
      const number = (issues.get(series) ?? 0) + 1;
      issues.set(series, number);
      return {
        key: `bulletin-${n}`,
        columnId: bulletin.kind,
        title: datedText(bulletin.title, day),
        source: settings.sponsor,
        author: '',
        editor: '',
        summary: '',
        bodyHtml: datedText(bulletin.body, day),
        serial: { kind: bulletin.kind, year, issue: number },
        publishedAt: instantOf(bulletin, today, latest),
      };
    });
}

/** Makes the articles ready: dates written out, texts cleaned, attachments on the disk. Done before the transaction. */
export async function prepareNews(today: string): Promise<PreparedNews> {
  const latest = new Date(now().getTime() - 60_000);
  const files: Files = [];
  const keys = new Set(articles.map(({ key }) => key));
  const drafts: LoadedArticle[] = [];
  for (const article of articles) {
    const day = addDays(today, -article.daysAgo);
    const columnId = columnOf(article);
    const kicker = columnId.startsWith('notices-') ? undefined : article.kicker;
    drafts.push({
      key: article.key,
      columnId,
      ...(kicker ? { kicker } : {}),
      title: datedText(article.title, day),
      ...(article.subtitle ? { subtitle: article.subtitle } : {}),
      source: article.source,
      author: article.author,
      editor: article.editor,
      summary: datedText(article.summary, day),
      bodyHtml: datedText(article.body, day),
      ...(article.scene ? { coverScene: article.scene, coverAlt: article.sceneAlt ?? '' } : {}),
      ...(article.topic ? { topic: article.topic } : {}),
      publishedAt: instantOf(article, today, latest),
      attachments: await attach(article, day, files),
      related: (article.related ?? [])
        .filter((key) => keys.has(key))
        .map((key) => ({ key, kind: key.endsWith('-explained') ? 'interprets' : 'related' })),
    });
  }
  return { articles: await prepareLoaded([...drafts, ...numberedBulletins(today, latest)]), files };
}

/** Loads columns, articles with their attachments, and bulletins. */
export async function loadNews(tx: Tx, change: Change, prepared: PreparedNews): Promise<void> {
  await ensureColumns(
    tx,
    change,
    settings.cityShortName,
    districtColumns.map(({ parent, ...column }, position) => ({
      ...column,
      parentId: parent,
      type: '工作动态',
      position,
    })),
  );
  await insertMedia(tx, prepared.files);
  await loadPublished(tx, change, prepared.articles);
}
