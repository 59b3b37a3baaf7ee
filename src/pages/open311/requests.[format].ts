import { fileRequest } from '#domains/hotline/open311/filing/service.ts';
import { REQUEST_PARAMETERS } from '#domains/hotline/open311/requests/input.ts';
import { listRequests } from '#domains/hotline/open311/requests/service.ts';
import { changing, reading, refusing } from './_answer.ts';

/** Published cases by filters. The span of the last 90 days moves on by itself, so the answer is not kept for long. */
export const GET = reading(({ url }) => listRequests(url.searchParams), {
  tags: ['cases', 'categories', 'places'],
  query: REQUEST_PARAMETERS,
  maxAge: 60,
});
/** Files a complaint. */
export const POST = changing(fileRequest);
export const ALL = refusing('GET, POST');
