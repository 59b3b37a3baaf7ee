import type { Actor } from '#core/actor.ts';
import { MEGABYTE } from '#domains/media/rules.ts';
import { listUnits, placeTree } from '#domains/places/service.ts';
import { MOST_PHOTOS } from '#domains/rectification/notices/input.ts';
import { issuersFor } from '#domains/rectification/notices/service.ts';
import { limitWords } from '#domains/rectification/rules.ts';
import { setting } from '#domains/settings/service.ts';
import type { Choice } from '../../../components/form-view.ts';
import { placeOptions } from '../../../components/place-options.ts';

export const PHOTO_LIMITS = { files: MOST_PHOTOS, fileBytes: 10 * MEGABYTE };

const asChoice = ({ id, name }: { id: number; name: string }): Choice => ({ value: String(id), label: name });

/** What the selects of a notice's form offer. */
export async function noticeOptions(
  actor: Actor,
): Promise<{ places: Choice[]; units: Choice[]; issuers: Choice[]; limits: string }> {
  return {
    limits: limitWords(await setting('rectification')),
    places: placeOptions(await placeTree('community')),
    units: (await listUnits()).map(asChoice),
    issuers: (await issuersFor(actor)).map(asChoice),
  };
}
