import { discovery } from '#domains/hotline/open311/services/service.ts';
import { reading, refusing } from './_answer.ts';

/** Where the calls are and in which formats. */
export const GET = reading(discovery, { tags: [] });
export const ALL = refusing('GET');
