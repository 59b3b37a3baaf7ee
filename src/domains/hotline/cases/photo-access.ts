import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { reader } from '#core/store.ts';
import type { MediaId } from '#db/schema/ids.ts';
import { mayRead } from './access.ts';
import { findCaseById, findCaseOfPhoto, listHelperUnits } from './store.ts';

/** Lets pass who may read the case that a photograph belongs to. Throws `not_found` for anybody else. */
export async function permitPhoto(actor: Actor, id: MediaId): Promise<void> {
  const caseId = await findCaseOfPhoto(reader, id);
  const c = caseId === null ? null : await findCaseById(reader, caseId);
  if (c && mayRead(actor, { ...c, helperUnitIds: await listHelperUnits(reader, c.id) })) return;
  throw new AppError('not_found', '没有找到这张照片，它可能已被移走。');
}
