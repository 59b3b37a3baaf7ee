import { cachePublic } from '#core/answer.ts';
import type { SerialKind } from '#db/schema/news.values.ts';
import { columnPath } from '#domains/news/addresses.ts';
import { columnTree, getColumn, listSerial } from '#domains/news/service.ts';
import { pageAsked, pageHref } from './listing.ts';
import type { Props } from './SerialPage.astro';

interface Asking {
  url: URL;
  locals: App.Locals;
  redirect(path: string, status?: 301 | 302): Response;
}

/** What a serial's page shows, and the page declared public; or the way to a page that exists. */
export async function serialPage(astro: Asking, id: string, kind: SerialKind): Promise<Props | Response> {
  const column = await getColumn(id);
  const asked = pageAsked(astro.url);
  const { list, years } = await listSerial(kind, asked ?? 1);
  if (asked !== list.page) return astro.redirect(pageHref(columnPath(id))(list.page));
  cachePublic(astro, { tags: [`column:${id}`, 'columns'], query: ['page'] });
  return { column, menu: (await columnTree()).roots, list, years };
}
