import type { APIRoute } from 'astro';
import { AppError, HTTP_STATUS } from '#core/errors.ts';
import { dropFiles, readSent } from '#core/multipart.ts';
import { asStaff, permit } from '#core/permissions.ts';
import { getMedia, stagePictures } from '#domains/media/service.ts';

const FILE_BYTES = 20 * 1024 * 1024;
const NO_STORE = { 'Cache-Control': 'private, no-store' };

/** Takes in one picture for a text that is being written. Answers with its address, or why it was not taken. */
export const POST: APIRoute = async ({ locals, request }) => {
  const actor = await locals.who();
  try {
    permit(actor, 'news:write');
    const { files } = await readSent(request, { fileBytes: FILE_BYTES, files: 1 });
    const stage = stagePictures({
      files: 1,
      fileBytes: FILE_BYTES,
      purpose: 'article',
      by: asStaff(actor).id,
    });
    try {
      const { kept, problems } = await stage(files, []);
      const [first] = kept;
      if (!first) throw new AppError('invalid', problems[0] ?? '没有收到图片，请重新选择。');
      const { id, width, height } = await getMedia(first.id, 'image');
      return Response.json({ src: `/media/${id}/960`, width, height }, { headers: NO_STORE });
    } finally {
      await dropFiles(files);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = HTTP_STATUS[error.code];
    return Response.json({ problem: error.message }, { status, headers: NO_STORE });
  }
};
