import { UPDATE_PARAMETERS } from '#domains/hotline/open311/updates/input.ts';
import { listUpdates, postUpdate } from '#domains/hotline/open311/updates/service.ts';
import { changing, reading, refusing } from './_answer.ts';

/** The public steps of published cases. They need no key: everyone reads them on the case's page. */
export const GET = reading(({ url }) => listUpdates(url.searchParams), {
  tags: ['cases'],
  query: UPDATE_PARAMETERS,
  maxAge: 60,
});
/** Takes in what a client's users add to a case. */
export const POST = changing(postUpdate);
export const ALL = refusing('GET, POST');
