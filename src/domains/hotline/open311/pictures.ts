import type { SentFile } from '#core/multipart.ts';
import { MEGABYTE } from '#domains/media/rules.ts';
import { stagePictures } from '#domains/media/service.ts';
import { MOST_PHOTOS } from '../tracking/rules.ts';
import { refusal } from './arguments.ts';

const FILE_BYTES = 10 * MEGABYTE;

/** What is read of a call: one file more than is taken, so that the one too many can be named. */
export const READ_LIMITS = { files: MOST_PHOTOS + 1, fileBytes: FILE_BYTES } as const;

/** Takes in the pictures of a call, whatever their fields are named. Throws `invalid` for one that cannot be used. */
export async function stage(files: readonly SentFile[]): Promise<string[]> {
  if (files.length === 0) return [];
  const { kept, problems } = await stagePictures({
    files: MOST_PHOTOS,
    fileBytes: FILE_BYTES,
    purpose: 'complaint',
  })(files, []);
  if (problems.length > 0) throw refusal('invalid', files[0]?.field ?? 'photo1', problems.join('；'));
  return kept.map(({ id }) => id);
}
