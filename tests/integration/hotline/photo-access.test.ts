import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#core/actor.ts';
import type { MediaId } from '#db/schema/ids.ts';
import {
  ANYONE,
  CITY_MANAGEMENT,
  clockAt,
  file,
  foundCity,
  now,
  OTHER_COMMUNITY,
  remove,
  setClock,
  staff,
  WATER,
  write,
} from './city.ts';

const { system } = await import('#core/actor.ts');
const { cases, casePhotos } = await import('#db/schema/hotline.ts');
const { media } = await import('#db/schema/media.ts');
const { permitPhoto } = await import('#domains/hotline/cases/photo-access.ts');
const { getMedia, permitMedia } = await import('#domains/media/service.ts');
const { eq } = await import('drizzle-orm');

beforeAll(foundCity);
afterAll(() => {
  setClock(null);
  remove();
});

/** A case with one private photograph, given to the city's management; its photograph's id. */
async function photographed(letter: string, fields: Record<string, unknown> = {}): Promise<MediaId> {
  clockAt('2026-03-04 09:00');
  const { caseId } = await file(fields);
  const id = letter.repeat(22) as MediaId;
  await write(system('test'), 'test.photo', async (tx, change) => {
    await tx.insert(media).values({
      id,
      kind: 'image',
      state: 'private',
      purpose: 'complaint',
      name: '楼道.jpg',
      mime: 'image/jpeg',
      bytes: 1,
      sha256: letter,
      createdAt: now(),
    });
    await tx.insert(casePhotos).values({ caseId, mediaId: id, stage: 'before', at: now() });
    await tx.update(cases).set({ leadUnitId: CITY_MANAGEMENT }).where(eq(cases.id, caseId));
    change.note('case', caseId);
  });
  return id;
}

const see = async (actor: Actor, id: MediaId) => permitMedia(actor, await getMedia(id, 'image'), permitPhoto);
const HIDDEN = { code: 'not_found' };

test('a photograph of a case is seen by those who may read the case, and by nobody else who reads cases', async () => {
  const id = await photographed('a');
  await see(await staff('dispatcher'), id);
  await see(await staff('handler', { unit: CITY_MANAGEMENT }), id);
  await expect(see(await staff('handler', { unit: WATER }), id)).rejects.toMatchObject(HIDDEN);
  await expect(see(await staff('dispatcher', { place: OTHER_COMMUNITY }), id)).rejects.toMatchObject(HIDDEN);
  await expect(see(await staff('editor'), id)).rejects.toMatchObject(HIDDEN);
  await expect(see(ANYONE, id)).rejects.toMatchObject(HIDDEN);
});

test('a photograph of a matter of rights is for the officers for rights alone', async () => {
  const id = await photographed('b', { category: 'RIGHTS' });
  await see(await staff('rights'), id);
  await expect(see(await staff('dispatcher'), id)).rejects.toMatchObject(HIDDEN);
  await expect(see(await staff('handler', { unit: CITY_MANAGEMENT }), id)).rejects.toMatchObject(HIDDEN);
});
