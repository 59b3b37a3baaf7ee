import { getService } from '#domains/hotline/open311/services/service.ts';
import { reading, refusing } from '../_answer.ts';

/** The questions of one category. */
export const GET = reading(({ params }) => getService(params.code ?? ''), { tags: ['categories'] });
export const ALL = refusing('GET');
