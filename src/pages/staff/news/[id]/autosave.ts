import type { APIRoute } from 'astro';
import { beijingTime } from '#core/clock.ts';
import { AppError, HTTP_STATUS } from '#core/errors.ts';
import { readSent } from '#core/multipart.ts';
import type { ArticleId } from '#db/schema/ids.ts';
import { autosave } from '#domains/news/writing/service.ts';
import { idOf } from '../../../../components/newsroom/newsroom.ts';

const NO_STORE = { 'Cache-Control': 'private, no-store' };

/** Keeps what is being typed. Answers with the time to be shown, or why not, for the script of the page. */
export const POST: APIRoute = async ({ params, locals, request }) => {
  const actor = await locals.who();
  try {
    const { fields } = await readSent(request, { fileBytes: 1, files: 0 });
    const version = Number(fields.get('version'));
    const { savedAt, warning } = await autosave(
      actor,
      idOf(params) as ArticleId,
      Object.fromEntries(fields),
      Number.isSafeInteger(version) ? version : 0,
    );
    return Response.json({ at: beijingTime(savedAt).slice(11), warning }, { headers: NO_STORE });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = HTTP_STATUS[error.code];
    return Response.json({ problem: error.message }, { status, headers: NO_STORE });
  }
};
