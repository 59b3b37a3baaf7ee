import { columnTree } from '#domains/news/service.ts';
import type { Question } from '#domains/search/service.ts';

/** What an address asks the search for. Anything odd in it is read as not said. */
export function questionOf(url: URL): Question {
  const { searchParams: query } = url;
  const page = query.get('page') ?? '';
  return {
    q: (query.get('q') ?? '').trim().slice(0, 100),
    facet: query.get('in') || null,
    order: query.get('order') === 'date' ? 'date' : 'relevance',
    page: /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1,
  };
}

/** The address of a question, what is usual left out. */
export function searchHref({ q, facet, order, page }: Question): string {
  const query = new URLSearchParams({ q });
  if (facet) query.set('in', facet);
  if (order !== 'relevance') query.set('order', order);
  if (page > 1) query.set('page', String(page));
  return `/search?${query}`;
}

const KINDS: Readonly<Record<string, string>> = {
  honor: '好人榜与荣誉',
  case: '公开诉求',
  community: '社区',
};

/** What each facet is called: a column's name, or that of a kind. */
export async function facetNames(): Promise<(facet: string) => string> {
  const { byId } = await columnTree();
  return (facet) => KINDS[facet] ?? byId.get(facet)?.name ?? '其他';
}
