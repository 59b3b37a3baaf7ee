import type { APIContext, APIRoute } from 'astro';
import { keepForever } from '#core/answer.ts';
import { found } from '#core/errors.ts';
import { permitPhoto } from '#domains/hotline/cases/photo-access.ts';
import { asPictureWidth } from '#domains/media/rules.ts';
import { getMedia, type Media, permitMedia, readAttachment, readPicture } from '#domains/media/service.ts';

// Nothing that people sent may run or load anything, wherever a browser comes to open it.
const SEALED = "default-src 'none'; sandbox";
const FOREVER = 'public, max-age=31536000, immutable';

async function headersFor(media: Media, { locals }: APIContext): Promise<Headers> {
  const isPublic = media.state === 'public';
  if (isPublic) keepForever({ locals });
  else await permitMedia(await locals.who(), media, permitPhoto);
  return new Headers({
    'Cache-Control': isPublic ? FOREVER : 'private, no-store',
    'Content-Security-Policy': SEALED,
    'X-Content-Type-Options': 'nosniff',
  });
}

async function attachment(context: APIContext, id: string): Promise<Response> {
  const media = await getMedia(id, 'file');
  const headers = await headersFor(media, context);
  headers.set('Content-Type', media.mime);
  headers.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(media.name)}`);
  return new Response(new Uint8Array(await readAttachment(media)), { headers });
}

/** Hands out an uploaded picture at a width, or an attachment at `file`. */
export const GET: APIRoute = async (context) => {
  const { id = '', size = '' } = context.params;
  if (size === 'file') return attachment(context, id);
  const width = found(asPictureWidth(size), '没有这个尺寸的图片。');
  const media = await getMedia(id, 'image');
  const headers = await headersFor(media, context);
  const webp = (context.request.headers.get('accept') ?? '').includes('image/webp');
  headers.set('Content-Type', webp ? 'image/webp' : 'image/jpeg');
  return new Response(new Uint8Array(await readPicture(media, width, webp)), { headers });
};
