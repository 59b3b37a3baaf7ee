import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { write } from '#core/write.ts';
import { holds, mayRead } from '../../cases/access.ts';
import { findCase, insertEvent } from '../../cases/store.ts';
import { listContacts } from '../file/store.ts';
import { permitDesk } from '../service.ts';
import { openFiler } from '../words.ts';
import type { RevealContact } from './input.ts';

const UNKNOWN = '没有找到这张工单，请检查编号。';

/** What is shown of a filer to one who gave a reason. */
export interface Revealed {
  name: string;
  phone: string;
  /** The words as they were written; for the hotline's own staff alone. */
  words: { title: string; body: string; address: string } | null;
}

/**
 * Name and phone of a filer, with a reason that goes into the case's log and an entry in the audit: for the hotline's own
 * staff, with the words as written, and for the unit where the filer agreed. Throws `forbidden` for anyone else.
 */
export async function revealContact(actor: Actor, sent: RevealContact): Promise<Revealed> {
  permitDesk(actor);
  return write(actor, 'hotline.reveal', async (tx, change) => {
    const c = found(await findCase(tx, sent.number), UNKNOWN);
    if (!mayRead(actor, c)) throw new AppError('not_found', UNKNOWN);
    const contact = found(
      (await listContacts(tx, c.id)).find((each) => each.id === sent.complaint),
      UNKNOWN,
    );
    const ofCentre = holds(actor, 'hotline:read-contact', c);
    const agreed = contact.shareContact && !contact.secret && holds(actor, 'hotline:handle', c);
    if (!agreed && !ofCentre) {
      throw new AppError('forbidden', '诉求人没有同意单位查看联系方式。需要联系时，请热线转达。');
    }
    await insertEvent(tx, {
      caseId: c.id,
      complaintId: contact.id,
      at: change.at,
      event: 'comment',
      fromState: c.state,
      toState: c.state,
      party: ofCentre ? 'operator' : 'handler',
      accountId: actor.kind === 'staff' ? actor.id : null,
      unitId: ofCentre ? null : c.leadUnitId,
      internalText: sent.reason,
      data: { code: 'reveal' },
    });
    change.note('complaint', contact.id, { fields: ['name', 'phone'], reason: 'reveal' });
    const { name, phone } = openFiler(contact);
    const { title, body, address } = contact;
    return { name: name ?? '', phone: phone ?? '', words: ofCentre ? { title, body, address } : null };
  });
}
