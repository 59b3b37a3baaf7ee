import type { APIRoute } from 'astro';
import type { NoticeId } from '#db/schema/ids.ts';
import { noticePicture } from '#domains/rectification/notices/view.ts';
import { pictureAnswer } from '../../../../../notice/photo/_answer.ts';

/** Hands out a photograph of a notice to those of the staff who may read the notice. */
export const GET: APIRoute = async ({ locals, params, request }) => {
  const actor = await locals.who();
  const id = Number(params.id) as NoticeId;
  return pictureAnswer(request, params.size, () => noticePicture(actor, id, params.media ?? ''));
};
