import { found } from '#core/errors.ts';
import { asPictureWidth } from '#domains/media/rules.ts';
import { type Media, readPicture } from '#domains/media/service.ts';

/** A private picture at one of the site's widths: kept by nobody, and unable to run anything. */
export async function pictureAnswer(
  request: Request,
  size: string | undefined,
  find: () => Promise<Media>,
): Promise<Response> {
  const width = found(asPictureWidth(size ?? ''), '没有这个尺寸的图片。');
  const webp = (request.headers.get('accept') ?? '').includes('image/webp');
  return new Response(new Uint8Array(await readPicture(await find(), width, webp)), {
    headers: {
      'Content-Type': webp ? 'image/webp' : 'image/jpeg',
      'Cache-Control': 'private, no-store',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept',
    },
  });
}
