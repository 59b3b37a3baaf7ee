import { listServices } from '#domains/hotline/open311/services/service.ts';
import { reading, refusing } from './_answer.ts';

/** The categories that can be filed under. */
export const GET = reading(listServices, { tags: ['categories'] });
export const ALL = refusing('GET');
