import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Actor } from '#core/actor.ts';
import { DAY_MS, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import type { KeptFile, Stager } from '#core/forms.ts';
import { randomToken } from '#core/ids.ts';
import { log } from '#core/log.ts';
import type { SentFile } from '#core/multipart.ts';
import { can, permit } from '#core/permissions.ts';
import { type Db, reader, type Tx } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { AccountId, MediaId } from '#db/schema/ids.ts';
import type { MediaPurpose } from '#db/schema/media.values.ts';
import { dropFolder, fileOf, isMediaId, saveFiles } from './files.ts';
import { type MadePicture, makePicture, picturePixels } from './pictures.ts';
import { recogniseAttachment, recognisePicture } from './recognise.ts';
import {
  ATTACHMENTS,
  isAttachmentType,
  MAX_PIXELS,
  MEGABYTE,
  OF_NEWSROOM,
  type PictureWidth,
  shownName,
  storedWidth,
} from './rules.ts';
import * as store from './store.ts';

export type { Media } from './store.ts';

const GONE = '没有找到这个文件，它可能已被移走。';

/** What a form takes in: how many files, how large each, and what they are for. */
export interface IntakeLimits {
  files: number;
  /** Bytes of one file: the same number that the form gives as its limit. */
  fileBytes: number;
  purpose: MediaPurpose;
  by?: AccountId | null;
}

const newId = (): MediaId => randomToken(18) as MediaId;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The one who may not use a file is told why and what to do. */
class Unusable extends Error {}

const tooLarge = (what: string, name: string, limit: number): Unusable =>
  new Unusable(
    `${what}“${name}”超过 ${Math.floor(limit / MEGABYTE)} MB，没有收下；请压缩或换一个小一点的再选，其他内容仍在`,
  );

async function pictureProblem(path: string, name: string): Promise<Unusable> {
  if ((await recognisePicture(path)) === 'heic') {
    return new Unusable(
      `照片“${name}”是苹果手机的 HEIC 格式，网页打不开；请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或者把照片截屏后上传截屏`,
    );
  }
  const pixels = await picturePixels(path);
  if (pixels && pixels.width * pixels.height > MAX_PIXELS) {
    return new Unusable(
      `照片“${name}”有 ${pixels.width}×${pixels.height} 像素，太大了；请缩小到 4000 万像素以内再选，其他内容仍在`,
    );
  }
  return new Unusable(`“${name}”不是能用的照片，或者文件已损坏；请选 JPG、PNG 或 WebP 格式的照片`);
}

type Row = store.NewMedia;

async function takePicture(file: SentFile, name: string, limits: IntakeLimits): Promise<Row> {
  if (file.tooLarge) throw tooLarge('照片', name, limits.fileBytes);
  if ((await recognisePicture(file.path)) !== 'picture') throw await pictureProblem(file.path, name);
  const made = await makePicture(file.path).catch(async (error: unknown) => {
    throw error instanceof AppError ? error : await pictureProblem(file.path, name);
  });
  return pictureRow(made, name, limits);
}

/** Saves a picture that was cut and gives its row, staged, to be inserted with `insertMedia`. */
export async function pictureRow(
  made: MadePicture,
  name: string,
  to: { purpose: MediaPurpose; by?: AccountId | null; alt?: string },
): Promise<Row & { id: MediaId }> {
  const id = newId();
  await saveFiles(id, made.files);
  const largest = made.files.get(`${storedWidth(made.width, 1600)}.webp`) ?? Buffer.alloc(0);
  return {
    id,
    kind: 'image',
    purpose: to.purpose,
    state: 'staged',
    mime: 'image/webp',
    bytes: largest.length,
    sha256: sha256(largest),
    width: made.width,
    height: made.height,
    name,
    alt: to.alt ?? '',
    by: to.by ?? null,
    createdAt: now(),
  };
}

const fileRow = (
  bytes: Buffer,
  name: string,
  mime: string,
  purpose: MediaPurpose,
): Row & { id: MediaId } => ({
  id: newId(),
  kind: 'file',
  purpose,
  state: 'staged',
  mime,
  bytes: bytes.length,
  sha256: sha256(bytes),
  name,
  by: null,
  createdAt: now(),
});

async function takeAttachment(file: SentFile, name: string, limits: IntakeLimits): Promise<Row> {
  if (file.tooLarge) throw tooLarge('附件', name, limits.fileBytes);
  const type = await recogniseAttachment(file.path, name);
  if (!type) {
    const known = Object.keys(ATTACHMENTS).join('、');
    throw new Unusable(`附件“${name}”的内容和扩展名对不上，或者不是可以上传的类型（${known}），没有收下`);
  }
  const bytes = await readFile(file.path);
  const row = { ...fileRow(bytes, name, ATTACHMENTS[type].mime, limits.purpose), by: limits.by ?? null };
  await saveFiles(row.id, new Map([['file', bytes]]));
  return row;
}

/** Files that came with the form before and are still waiting for it. */
async function stillStaged(ids: readonly string[]): Promise<KeptFile[]> {
  const rows = await store.listMedia(reader, ids.filter(isMediaId));
  return rows.filter((row) => row.state === 'staged').map(({ id, name }) => ({ id, name }));
}

function stager(
  limits: IntakeLimits,
  take: (file: SentFile, name: string, limits: IntakeLimits) => Promise<Row>,
  unit: string,
): Stager {
  return async (files, keptIds) => {
    const kept = (await stillStaged([...new Set(keptIds)])).slice(0, limits.files);
    const problems: string[] = [];
    const rows: Row[] = [];
    for (const file of files) {
      const name = shownName(file.name);
      if (kept.length + rows.length >= limits.files) {
        problems.push(`最多 ${limits.files} ${unit}，“${name}”没有收下`);
        continue;
      }
      try {
        rows.push(await take(file, name, limits));
      } catch (error) {
        if (error instanceof Unusable || error instanceof AppError) problems.push(error.message);
        else {
          log.error({ cause: error instanceof Error ? error.name : typeof error }, 'a file was not taken in');
          problems.push(`“${name}”没有保存成功，请再选一次`);
        }
      }
    }
    if (rows.length > 0) await write.quiet((tx) => store.insertMedia(tx, rows));
    for (const { id, name } of rows) kept.push({ id, name });
    return { kept, problems };
  };
}

/**
 * Takes in a form's pictures: turned upright, cut to the site's widths, without metadata, staged until the form's
 * own change adopts them. JPEG, PNG and WebP by content; what else comes is named with what to do about it.
 */
export const stagePictures = (limits: IntakeLimits): Stager => stager(limits, takePicture, '张照片');

/** Takes in a form's attachments, by content and name together, staged until adopted. */
export const stageAttachments = (limits: IntakeLimits): Stager => stager(limits, takeAttachment, '个附件');

/**
 * Takes staged pictures or attachments into use with the change they belong to. Throws `conflict` when one of them is
 * gone: swept after a day, or taken by another sending.
 */
export async function adoptMedia(
  tx: Tx,
  ids: readonly string[],
  to: { state: 'private' | 'public'; purpose: MediaPurpose },
): Promise<MediaId[]> {
  const wanted = [...new Set(ids)].filter(isMediaId);
  if (wanted.length === 0) return [];
  const taken = await store.takeStaged(tx, wanted, to);
  if (taken.length < wanted.length) {
    throw new AppError('conflict', '有照片或附件已经过期（上传后超过一天），请重新选择后再提交。');
  }
  return wanted;
}

/** Shows pictures and attachments to everyone. */
export const showMedia = (tx: Tx, ids: readonly MediaId[]): Promise<void> =>
  store.updateMediaState(tx, ids, 'public');

/** Hides them again from everyone but those who may see private ones. */
export const hideMedia = (tx: Tx, ids: readonly MediaId[]): Promise<void> =>
  store.updateMediaState(tx, ids, 'private');

/**
 * Takes pictures and attachments into an article, and shows or keeps them with it. Throws `invalid` for one that was
 * sent in for something else, such as a complaint: writing its address into a text does not make it public.
 */
export async function useArticleMedia(
  tx: Tx,
  ids: readonly string[],
  state: 'private' | 'public',
): Promise<void> {
  const wanted = [...new Set(ids)].filter(isMediaId);
  if (wanted.length === 0) return;
  const known = await store.listMedia(tx, wanted);
  const ours = known.filter((row) => OF_NEWSROOM.includes(row.purpose));
  const open = known.filter((row) => row.state === 'public');
  if (new Set([...ours, ...open]).size < wanted.length) {
    throw new AppError('invalid', '正文里有一张图片不是从稿件里上传的，或者已经过期，请删去后重新插入。', {
      bodyHtml: '有图片不能使用，请删去后重新插入',
    });
  }
  // Saving a correction must not hide what the published text shows.
  const moving = state === 'public' ? ours : ours.filter((row) => row.state === 'staged');
  await store.updateState(
    tx,
    moving.map((row) => row.id),
    state,
  );
}

export const describePicture = (tx: Tx, id: MediaId, alt: string): Promise<void> =>
  store.updateAlt(tx, id, alt);

export const listMedia = (ids: readonly MediaId[], db: Db = reader): Promise<store.Media[]> =>
  store.listMedia(db, ids);

/** Writes a file of our own making and gives the row to be inserted with `insertMedia`; for loaders. */
export async function makeAttachment(
  bytes: Buffer,
  sentName: string,
  to: { state: 'private' | 'public'; purpose: MediaPurpose },
): Promise<store.NewMedia & { id: MediaId }> {
  const name = shownName(sentName);
  const ending = name.split('.').at(-1) ?? '';
  const mime = isAttachmentType(ending) ? ATTACHMENTS[ending].mime : 'application/octet-stream';
  const row = { ...fileRow(bytes, name, mime, to.purpose), state: to.state };
  await saveFiles(row.id, new Map([['file', bytes]]));
  return row;
}

export const insertMedia = (tx: Tx, rows: readonly store.NewMedia[]): Promise<void> =>
  store.insertMedia(tx, rows);

/** One picture or attachment by its id; `not_found` where there is none of that kind. */
export async function getMedia(id: string, kind: store.Media['kind']): Promise<store.Media> {
  const row = isMediaId(id) ? await store.findMedia(reader, id) : null;
  return found(row && row.kind === kind ? row : null, GONE);
}

/**
 * Lets pass who may see a picture or attachment that is not public: its sender, and those whose work it is. `ofCase` judges
 * what belongs to a case, which this domain knows nothing of.
 */
export async function permitMedia(
  actor: Actor,
  media: store.Media,
  ofCase: (actor: Actor, id: MediaId) => Promise<void>,
): Promise<void> {
  if (actor.kind === 'staff' && media.by === actor.id) return;
  if (media.state === 'staged') throw new AppError('not_found', GONE);
  if (!OF_NEWSROOM.includes(media.purpose)) return ofCase(actor, media.id);
  if (!can(actor, 'news:publish')) permit(actor, 'news:write');
}

/** The bytes of a picture at a width, as WebP or as JPEG for those who do not read WebP. */
export async function readPicture(media: store.Media, asked: PictureWidth, webp: boolean): Promise<Buffer> {
  return readFile(fileOf(media.id, `${storedWidth(media.width ?? 0, asked)}.${webp ? 'webp' : 'jpg'}`));
}

export const readAttachment = (media: store.Media): Promise<Buffer> => readFile(fileOf(media.id, 'file'));

const SWEEP_AT_ONCE = 200;

/** Removes what was staged more than a day ago and never used. Safe to run twice. Gives how many went. */
export async function sweepStaged(at: Date): Promise<number> {
  const before = new Date(at.getTime() - DAY_MS);
  const ids = await write.quiet((tx) => store.deleteStaged(tx, before, SWEEP_AT_ONCE));
  for (const id of ids) await dropFolder(id);
  return ids.length;
}
