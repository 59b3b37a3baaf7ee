import { fileURLToPath } from 'node:url';
import { type MadePicture, makePicture } from '#domains/media/pictures.ts';
import { pictureRow } from '#domains/media/service.ts';

const made = new Map<string, Promise<MadePicture>>();

const nameOf = (scene: string): string => scene.replace(/\.(svg|png)$/, '');

function cut(name: string): Promise<MadePicture> {
  const path = fileURLToPath(new URL(`../../public/scenes/${name}.png`, import.meta.url));
  const picture = made.get(name) ?? makePicture(path);
  made.set(name, picture);
  return picture;
}

/** Begins to cut the scenes, which goes on beside everything else that is loaded. */
export function beginScenes(scenes: readonly string[]): void {
  for (const scene of new Set(scenes.map(nameOf))) cut(scene).catch(() => {});
}

/** A scene of the demonstration as a picture of a complaint, staged: cut once, however often it is used. */
export async function makeScene(scene: string, alt: string) {
  const name = nameOf(scene);
  return pictureRow(await cut(name), `${name}.png`, { purpose: 'complaint', alt });
}
