import { cachePublic } from '#core/answer.ts';
import { columnPath } from '#domains/news/addresses.ts';
import { columnTree, countsByColumn, getColumn, type Listed, listColumn } from '#domains/news/service.ts';
import type { Props } from './ColumnPage.astro';
import { pageAsked, pageHref } from './listing.ts';

interface Asking {
  url: URL;
  locals: App.Locals;
  redirect(path: string, status?: 301 | 302): Response;
}

/** What a column's page shows, and the page declared public; or the way to where the column really is. */
export async function columnPage(astro: Asking, id: string, path: string): Promise<Props | Response> {
  const column = await getColumn(id);
  const own = columnPath(column.id);
  if (!own.startsWith(path)) return astro.redirect(own, 301);
  const asked = pageAsked(astro.url);
  const list = await listColumn(column.id, asked ?? 1);
  if (asked !== list.page) return astro.redirect(pageHref(own)(list.page));
  const tree = await columnTree();
  const below = tree.childrenOf(column.id);
  const counts = await countsByColumn();
  const around = below.length > 0 || column.parentId === null ? below : tree.childrenOf(column.parentId);
  // An empty column is counted against a site: it is offered once it holds something.
  const beside = around.filter(({ id }) => id === column.id || (counts.get(id) ?? 0) > 0);
  const names = new Map(below.map((child) => [child.id, child.name]));
  cachePublic(astro, { tags: [`column:${column.id}`, 'columns'], query: ['page'] });
  return {
    line: tree.lineOf(column.id),
    beside,
    menu: tree.roots,
    kindOf: (article: Listed) => names.get(article.columnId),
    list,
  };
}
