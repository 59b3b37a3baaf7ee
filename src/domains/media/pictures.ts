import type SharpLibrary from 'sharp';
import { AppError } from '#core/errors.ts';
import { LARGEST, MAX_PIXELS, widthsOf } from './rules.ts';

type Sharp = typeof SharpLibrary;

export interface MadePicture {
  width: number;
  height: number;
  /** By file name, such as `960.webp`. */
  files: Map<string, Buffer>;
}

const WAITING = 40;
const SECONDS = 20;
const WHITE = { background: '#ffffff' };

let library: Promise<Sharp> | null = null;

async function open(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  // Every decoder is a door: only those of the three formats that cameras and screens make stay open.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

// Loaded at the first picture: a start without uploads does not pay for it.
function loaded(): Promise<Sharp> {
  library ??= open();
  return library;
}

let waiting = 0;
let turn: Promise<unknown> = Promise.resolve();

/** One conversion at a time: each may hold a hundred megabytes. */
async function oneAtATime<T>(run: () => Promise<T>): Promise<T> {
  if (waiting >= WAITING)
    throw new AppError('unavailable', '正在处理的照片较多，请过一两分钟再提交。', {}, 60);
  waiting += 1;
  const mine = turn.then(run);
  turn = mine.catch(() => {});
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

async function convert(sharp: Sharp, path: string): Promise<MadePicture> {
  const { data, info } = await sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize({ width: LARGEST, height: LARGEST * 4, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const files = new Map<string, Buffer>();
  for (const size of widthsOf(width)) {
    const cut = sharp(data, { raw: { width, height, channels } }).resize({
      width: size,
      withoutEnlargement: true,
    });
    files.set(`${size}.webp`, await cut.clone().webp({ quality: 78 }).toBuffer());
    files.set(
      `${size}.jpg`,
      await cut.clone().flatten(WHITE).jpeg({ quality: 80, progressive: true }).toBuffer(),
    );
  }
  return { width, height, files };
}

/**
 * Reads a picture by its content (JPEG, PNG or WebP), turns it upright, cuts it to the site's widths and writes it anew,
 * without any metadata. Throws what the decoder throws, `unavailable` when too many wait.
 */
export async function makePicture(path: string): Promise<MadePicture> {
  const sharp = await loaded();
  return oneAtATime(() => convert(sharp, path));
}

/** Width and height of a picture, as its head says; `null` where the head cannot be read. */
export async function picturePixels(path: string): Promise<{ width: number; height: number } | null> {
  const sharp = await loaded();
  try {
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch {
    return null;
  }
}
