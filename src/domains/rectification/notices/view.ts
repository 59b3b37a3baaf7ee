import type { Actor } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { found } from '#core/errors.ts';
import { asStaff, can } from '#core/permissions.ts';
import { unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { MediaId, NoticeId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { getMedia, type Media } from '#domains/media/service.ts';
import { type DeliveryRow, listDeliveries } from '../handover/store.ts';
import { EVENT_LABEL, PARTY_LABEL } from '../labels.ts';
import {
  allowedEvents,
  barredFromCannotFix,
  barredFromSignOff,
  barredFromVisit,
  clockOf,
  isOverdue,
  type NoticeClock,
} from '../rules.ts';
import { listVisits } from '../visits/store.ts';
import { handsOf, type NoticeRow, readableNotice } from './step.ts';
import * as store from './store.ts';

/** What this member of staff may do now; a string says why he, of all people, may not. */
interface NoticeChoices {
  edit: boolean;
  issue: boolean;
  deliver: boolean;
  record: boolean;
  askRelease: boolean;
  void: boolean;
  print: boolean;
  judge: boolean | string;
  decide: boolean | string;
  review: boolean;
  visit: boolean | string;
  relapse: boolean;
}

export interface NoticeView {
  notice: NoticeRow;
  clock: NoticeClock | null;
  overdue: boolean;
  /** The party's telephone, its middle hidden. */
  phone: string;
  before: store.NoticePhoto[];
  after: store.NoticePhoto[];
  visitPhotos: store.NoticePhoto[];
  copies: store.CopyRow[];
  deliveries: DeliveryRow[];
  visits: Awaited<ReturnType<typeof listVisits>>;
  steps: { title: string; at: Date; by: string; text: string }[];
  /** The notice that was signed off before the same thing came back. */
  relapseOf: { id: NoticeId; number: string | null } | null;
  /** The notices that followed because it came back. */
  relapses: { id: NoticeId; number: string | null }[];
  choices: NoticeChoices;
}

const masked = (sealed: string | null): string =>
  sealed === null ? '' : unseal(sealed).replace(/^(\d{3})\d+(\d{4})$/, '$1****$2');

const unlessBarred = (may: boolean, barred: string | null): boolean | string => may && (barred ?? true);

async function choicesOf(actor: Actor, n: NoticeRow, visits: NoticeView['visits']): Promise<NoticeChoices> {
  const staff = asStaff(actor);
  const hands = await handsOf(reader, n);
  const issuer = can(actor, 'rectify:issue', n.placePath);
  const inspector = can(actor, 'rectify:sign-off', n.placePath);
  const approver = can(actor, 'rectify:approve', n.placePath);
  const own = issuer ? allowedEvents(n.state, 'issuer') : [];
  const asked = n.state === 'fixing' && n.cannotFixAskedAt !== null;
  const started = n.state === 'received' || n.state === 'fixing';
  const today = beijingDay(now());
  const visitDue = visits.some((visit) => visit.state === 'planned' && visit.day <= today);
  return {
    edit: own.includes('edit'),
    issue: own.includes('issue'),
    deliver: own.includes('deliver'),
    record: issuer && started,
    askRelease: issuer && started && !asked,
    void: own.includes('void'),
    print: issuer && n.number !== null,
    judge: unlessBarred(inspector && n.state === 'submitted', barredFromSignOff(staff, hands)),
    decide: unlessBarred(approver && asked, barredFromCannotFix(staff, hands)),
    review: approver && n.state === 'cannot_fix',
    visit: unlessBarred(inspector && visitDue, barredFromVisit(staff, hands)),
    relapse: issuer && n.state === 'signed_off',
  };
}

/** A notice with all that the desk shows of it; that copy A was read by somebody other than its issuer is kept. */
export async function viewNotice(actor: Actor, id: NoticeId): Promise<NoticeView> {
  const n = await readableNotice(reader, actor, id);
  const staff = asStaff(actor);
  const copies = await store.listCopies(reader, id);
  if (n.issuedBy !== null && n.issuedBy !== staff.id && copies.some((c) => c.copy === 'A' && !c.readAt)) {
    await write.quiet((tx) => store.markRead(tx, { noticeId: id, copy: 'A' }, staff.id, now()));
  }
  const [photos, visits, events] = [
    await store.listPhotos(reader, id),
    await listVisits(reader, id),
    await store.listEvents(reader, id),
  ];
  const before = n.relapseOf === null ? null : await store.findNotice(reader, n.relapseOf);
  return {
    notice: n,
    clock: clockOf(await currentCalendar(), n, now()),
    overdue: isOverdue(n, now()),
    phone: masked(n.partyPhoneSealed),
    before: photos.filter((photo) => photo.stage === 'before'),
    after: photos.filter((photo) => photo.stage === 'after'),
    visitPhotos: photos.filter((photo) => photo.stage === 'visit'),
    copies,
    deliveries: await listDeliveries(reader, id),
    visits,
    steps: events.map((step) => ({
      title: EVENT_LABEL[step.event],
      at: step.at,
      by: [PARTY_LABEL[step.party], step.name].filter(Boolean).join(' · '),
      text: step.words,
    })),
    relapseOf: before && { id: before.id, number: before.number },
    relapses: await store.listLinked(reader, { relapseOf: id }),
    choices: await choicesOf(actor, n, visits),
  };
}

/** A picture of a notice, for those who may read the notice; `not_found` for any other. */
export async function noticePicture(actor: Actor, id: NoticeId, mediaId: string): Promise<Media> {
  const n = await readableNotice(reader, actor, id);
  const own = await store.hasPhoto(reader, n.id, mediaId as MediaId);
  return getMedia(found(own ? mediaId : null, '没有找到这张照片。'), 'image');
}
