import { fileURLToPath } from 'node:url';
import { type MadePicture, makePicture } from '#domains/media/pictures.ts';
import { pictureRow } from '#domains/media/service.ts';

const made = new Map<string, Promise<MadePicture>>();

/** A scene of the demonstration as a picture of a complaint, staged: cut once, however often it is used. */
export async function makeScene(scene: string, alt: string) {
  const name = scene.replace(/\.(svg|png)$/, '');
  const path = fileURLToPath(new URL(`../../public/scenes/${name}.png`, import.meta.url));
  const picture = made.get(name) ?? makePicture(path);
  made.set(name, picture);
  return pictureRow(await picture, `${name}.png`, { purpose: 'complaint', alt });
}
