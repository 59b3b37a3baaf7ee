import type { Actor } from '#core/actor.ts';
import { addDays, beijingDay, now, startOfBeijingDay } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { fingerprint, seal } from '#core/secrets.ts';
import type { Tx } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { type Change, write } from '#core/write.ts';
import type { Category, Channel, Kind, Secrecy } from '#db/schema/hotline.values.ts';
import type { AccountId, CaseId, ComplaintId, PlaceId, ResidentId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { findCity, findPlace } from '#domains/places/service.ts';
import { policyVersion, setting } from '#domains/settings/service.ts';
import { insertCase, insertEvent, nextCaseNumber } from '../cases/store.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { dueFor } from '../clocks.ts';
import { titleFrom } from '../numbers.ts';
import { receiptLocation } from '../receipts/token.ts';
import { nextState } from '../rules.ts';
import { newComplaintNumber } from './codes.ts';
import { countFiling } from './flood.ts';
import { type FileComplaint, type RequestCallBack, UNKNOWN_PLACE } from './input.ts';
import { assertIntakeOpen } from './intake.ts';
import { consentsGiven, type Purpose, settleWishes } from './rules.ts';
import * as store from './store.ts';

/** A complaint ready to be stored: checked, its personal data sealed, its clock computed. */
export interface Filing {
  channel: Channel;
  kind: Kind;
  category: Category;
  title: string;
  body: string;
  placeId: PlaceId;
  address: string;
  lat: number | null;
  lng: number | null;
  secrecy: Secrecy;
  shareContact: boolean;
  callBack: boolean;
  nameSealed: string | null;
  phoneSealed: string | null;
  phoneHash: string | null;
  phoneVerifiedAt: Date | null;
  residentId: ResidentId | null;
  filedBy: AccountId | null;
  consents: readonly Purpose[];
  policyVersion: string;
  photoIds: readonly string[];
  quota: { perDay: number; per30Days: number };
}

export interface Filed {
  caseId: CaseId;
  caseNumber: string;
  complaintId: ComplaintId;
  number: string;
}

/** Stores a complaint and opens its case, in the caller's transaction: both numbers, the clock, the consents, the pictures. */
export async function openCase(tx: Tx, change: Change, filing: Filing, clock: Clock): Promise<Filed> {
  const at = change.at;
  const { kind, category, placeId } = filing;
  const day = beijingDay(at);
  const number = await nextCaseNumber(tx, Number(day.slice(0, 4)));
  const state = nextState(null, 'file');
  const caseId = await insertCase(tx, {
    number,
    state,
    kind,
    category,
    placeId,
    filedAt: at,
    dueAt: clock.due.at,
    dueProvisional: clock.due.provisional,
    limit: clock.limit,
  });
  const { consents, policyVersion: version, photoIds, quota, ...words } = filing;
  const complaint = await store.insertComplaint(
    tx,
    { ...words, caseId, consentVersion: version, filedAt: at },
    () => newComplaintNumber(at),
    { ...quota, daySince: startOfBeijingDay(day), monthSince: startOfBeijingDay(addDays(day, -29)) },
  );
  const party = filing.filedBy === null ? 'complainant' : 'operator';
  await insertEvent(tx, { caseId, at, event: 'file', toState: state, party, accountId: filing.filedBy });
  await store.insertConsents(tx, complaint.id, consents, version, at);
  const media = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'complaint' });
  await store.insertPhotos(tx, media, { caseId, complaintId: complaint.id, stage: 'before', at });
  change.note('case', caseId, {
    to: { state, category, placeId, dueAt: clock.due.at.getTime(), secrecy: filing.secrecy },
  });
  return { caseId, caseNumber: number, complaintId: complaint.id, number: complaint.number };
}

export type Clock = ReturnType<typeof dueFor>;

/** The clock of a matter filed at `at`, before staff have looked at it. */
export async function clockFor(at: Date, category: Category, kind: Kind): Promise<Clock> {
  const { limits } = await catalogueAt(at);
  return dueFor(await currentCalendar(), at, { category, kind, urgency: 'ordinary' }, limits);
}

// Places change seldom and are asked for with every filing.
const inUse = new Map<PlaceId | null, PlaceId>();
onPurge((tags) => {
  if (tags.some((tag) => tag === 'places' || tag === 'site')) inUse.clear();
});

/** The place that was chosen; the city itself for those who do not know their community. */
async function placeOf(sent: FileComplaint): Promise<PlaceId> {
  const asked = sent.place === UNKNOWN_PLACE ? null : sent.place;
  const known = inUse.get(asked);
  if (known !== undefined) return known;
  const chosen = asked === null ? await findCity() : await findPlace(asked);
  if (chosen && chosen.retiredAt === null) {
    inUse.set(asked, chosen.id);
    return chosen.id;
  }
  throw new AppError('invalid', '没有找到您选的社区。', { place: '请重新选择所在社区' });
}

/** From where a form was sent, and the pictures that came with it. */
export interface Sending {
  address: string;
  photoIds: readonly string[];
}

/**
 * Files a complaint from the public form: numbered at once, whoever sends it, over the phone's quota too (then marked for a
 * look). Gives where its receipt stands. Throws `rate_limited` for a flood from one address, `unavailable` while the city is not
 * set up, `invalid` for a place that is gone.
 */
export async function fileComplaint(actor: Actor, sent: FileComplaint, from: Sending): Promise<string> {
  const at = now();
  await assertIntakeOpen();
  const thresholds = await setting('hotline');
  countFiling(from.address, thresholds.floodPer10Minutes, at);
  const seen = settleWishes(sent);
  const phoneHash = sent.phone === '' ? null : fingerprint(sent.phone);
  const own = actor.kind === 'resident' && actor.phoneHash === phoneHash;
  const filing: Filing = {
    ...seen,
    channel: 'web',
    category: sent.category,
    title: sent.title || titleFrom(sent.body),
    body: sent.body,
    placeId: await placeOf(sent),
    address: sent.address,
    lat: sent.lng === null ? null : sent.lat,
    lng: sent.lat === null ? null : sent.lng,
    nameSealed: sent.name === '' ? null : seal(sent.name),
    phoneSealed: sent.phone === '' ? null : seal(sent.phone),
    phoneHash,
    phoneVerifiedAt: own ? at : null,
    residentId: own ? actor.id : null,
    filedBy: null,
    consents: consentsGiven(seen, sent.lat !== null && sent.lng !== null),
    policyVersion: await policyVersion('privacy'),
    photoIds: from.photoIds,
    quota: { perDay: thresholds.quotaPerDay, per30Days: thresholds.quotaPer30Days },
  };
  const clock = await clockFor(at, filing.category, filing.kind);
  return write(actor, 'hotline.file', async (tx, change) => {
    const filed = await openCase(tx, change, filing, clock);
    const location = receiptLocation(filed.number, change.at);
    change.answer(location);
    return location;
  });
}

/** Files a wish to be called: numbered like any complaint, private, and an operator's task. Gives where its receipt stands. */
export function requestCallBack(actor: Actor, sent: RequestCallBack, address: string): Promise<string> {
  const filing: FileComplaint = {
    category: 'OTHER',
    title: '请给我回电',
    body: '网上登记，希望热线回电，还没有写具体事情。',
    place: UNKNOWN_PLACE,
    address: '',
    lat: null,
    lng: null,
    name: sent.name,
    phone: sent.phone,
    secrecy: 'closed',
    shareContact: false,
    callBack: true,
    agree: sent.agree,
    step: 'submit',
  };
  return fileComplaint(actor, filing, { address, photoIds: [] });
}
