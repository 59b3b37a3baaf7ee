import { AppError } from '#core/errors.ts';
import { reading, refusing } from '../_answer.ts';

/** Every filing is answered with its id at once, so no token was ever given out and none is known. */
export const GET = reading(
  () => {
    throw new AppError('not_found', '没有这个 token：本站提交时直接给出 service_request_id，不发 token。');
  },
  { tags: [] },
);
export const ALL = refusing('GET');
