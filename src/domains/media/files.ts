import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { env } from '#core/env.ts';
import type { MediaId } from '#db/schema/ids.ts';

const ID = /^[\w-]{22,44}$/;

export const isMediaId = (text: string): text is MediaId => ID.test(text);

/** The folder of one picture or attachment. Ids come from us alone, so that no name leads out of the store. */
function folderOf(id: MediaId): string {
  if (!isMediaId(id)) throw new Error('not a media id');
  return join(env().dataDir, 'media', id.slice(0, 2), id);
}

export const fileOf = (id: MediaId, name: string): string => join(folderOf(id), name);

/** Writes all files of one id, synced to the disk, or none of them. */
export async function saveFiles(id: MediaId, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const folder = folderOf(id);
  const draft = `${folder}.part`;
  await mkdir(draft, { recursive: true });
  try {
    for (const [name, bytes] of files) {
      await writeFile(join(draft, name), bytes, { flush: true, mode: 0o600 });
    }
    await mkdir(dirname(folder), { recursive: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

export const dropFolder = (id: MediaId): Promise<void> => rm(folderOf(id), { recursive: true, force: true });
