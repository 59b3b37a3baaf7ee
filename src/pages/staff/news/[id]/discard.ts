import type { APIRoute } from 'astro';
import type { ArticleId } from '#db/schema/ids.ts';
import { discardEdit } from '#domains/news/writing/service.ts';
import { idOf } from '../../../../components/newsroom/newsroom.ts';

/** Throws away what this person typed and did not save. */
export const POST: APIRoute = async ({ params, locals, redirect }) => {
  const id = idOf(params) as ArticleId;
  await discardEdit(await locals.who(), id);
  return redirect(`/staff/news/${id}/edit`, 303);
};
