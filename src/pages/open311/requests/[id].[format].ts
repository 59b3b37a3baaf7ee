import { getRequest } from '#domains/hotline/open311/requests/service.ts';
import { reading, refusing } from '../_answer.ts';

/** One published case. */
export const GET = reading(({ params, url }) => getRequest(params.id ?? '', url.searchParams), {
  tags: ['cases', 'categories', 'places'],
  query: ['jurisdiction_id', 'extensions'],
});
export const ALL = refusing('GET');
