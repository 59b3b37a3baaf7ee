import type { Actor, Staff } from '#core/actor.ts';
import { beijingDay } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, permit, scopesOf } from '#core/permissions.ts';
import { fingerprint, seal } from '#core/secrets.ts';
import { type Db, reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { MediaId, NoticeId, UnitId } from '#db/schema/ids.ts';
import type { SubjectType } from '#db/schema/rectification.values.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { isWithin } from '#domains/places/rules.ts';
import { findPlace, findUnit, listAllPlaces, listUnits, type Unit } from '#domains/places/service.ts';
import { setting } from '#domains/settings/service.ts';
import { dueAfter, limitDays, missingForIssue } from '../rules.ts';
import { cancelVisits } from '../visits/store.ts';
import type { NoticeDraft, NoticeRef, VoidNotice } from './input.ts';
import { type NoticeRow, readableNotice, staffStep, takeStep } from './step.ts';
import * as store from './store.ts';

/** What of another domain a notice was opened from, such as `{ type: 'case', id: 12 }`. */
export interface Subject {
  type: SubjectType;
  id: number;
}

/** From what a notice comes, besides its form. */
export interface Origin {
  subject?: Subject;
  /** The notice that had been signed off before the same thing came back. */
  relapseOf?: NoticeId;
}

export interface OpenedNotice {
  id: NoticeId;
  number: string;
  dueAt: Date;
}

/** The units for which this person may issue: his own, or any within his scope where he belongs to none. */
export async function issuersFor(actor: Actor, db: Db = reader): Promise<Unit[]> {
  permit(actor, 'rectify:issue');
  const { unitId } = asStaff(actor);
  const units = await listUnits(db);
  if (unitId !== null) return units.filter((unit) => unit.id === unitId);
  const scopes = scopesOf(actor, 'rectify:issue') ?? [];
  const paths = new Map((await listAllPlaces(db)).map(({ id, path }) => [id, path]));
  return units.filter((unit) => scopes.some((scope) => isWithin(paths.get(unit.placeId) ?? '', scope)));
}

async function issuerOf(db: Db, staff: Staff, chosen: UnitId | null): Promise<UnitId> {
  const wanted = staff.unitId ?? chosen;
  const issuer = (await issuersFor(staff, db)).find((unit) => unit.id === wanted);
  if (issuer) return issuer.id;
  throw new AppError('invalid', '请选择开具单位。', { issuerUnitId: '请选择开具单位' });
}

/** The columns that a form fills. */
async function columnsOf(db: Db, staff: Staff, sent: NoticeDraft) {
  const place = await findPlace(sent.placeId, db);
  if (!place || place.retiredAt)
    throw new AppError('invalid', '没有找到您选的社区。', { placeId: '请重新选择' });
  permit(staff, 'rectify:issue', place.path);
  const partyUnit = sent.partyUnitId === null ? null : await findUnit(sent.partyUnitId, db);
  if (sent.partyUnitId !== null && !partyUnit) {
    throw new AppError('invalid', '没有找到您选的单位。', { partyUnitId: '请重新选择' });
  }
  const { partyPhone, issuerUnitId, ...words } = sent;
  return {
    ...words,
    partyName: sent.partyName || (partyUnit?.name ?? ''),
    issuerUnitId: await issuerOf(db, staff, issuerUnitId),
    partyPhoneSealed: partyPhone === '' ? null : seal(partyPhone),
    partyPhoneHash: partyPhone === '' ? null : fingerprint(partyPhone),
  };
}

async function draw(
  tx: Tx,
  change: Change,
  staff: Staff,
  sent: NoticeDraft,
  { subject, relapseOf }: Origin,
): Promise<NoticeRow> {
  if (relapseOf !== undefined) await readableNotice(tx, staff, relapseOf);
  const n = await store.insertNotice(tx, {
    ...(await columnsOf(tx, staff, sent)),
    state: 'draft',
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    relapseOf: relapseOf ?? null,
    createdAt: change.at,
    createdBy: staff.id,
    updatedAt: change.at,
  });
  await store.insertEvent(tx, {
    noticeId: n.id,
    at: change.at,
    event: 'draw',
    toState: 'draft',
    party: 'issuer',
    accountId: staff.id,
  });
  change.note('notice', n.id, {
    to: {
      state: 'draft',
      matter: n.matter,
      placeId: n.placeId,
      issuerUnitId: n.issuerUnitId,
      relapseOf: n.relapseOf,
    },
    fields: ['point', 'clause', 'description', 'demand', 'partyName', 'partyAddress', 'partyPhone'],
  });
  return n;
}

/** Marks, on the notice that was signed off, that the same thing came back: its further visits make way for the new one. */
async function linkRelapse(tx: Tx, change: Change, n: NoticeRow, staff: Staff): Promise<void> {
  if (n.relapseOf === null) return;
  const before = found(await store.findNotice(tx, n.relapseOf), '没有找到原来的通知单。');
  await takeStep(tx, change, before, staff, { event: 'relapse', as: 'issuer', data: { notice: n.id } });
  await cancelVisits(tx, before.id);
}

async function issue(tx: Tx, change: Change, n: NoticeRow, staff: Staff): Promise<NoticeRow> {
  const photos = await store.countPhotos(tx, n.id, 'before');
  const missing = missingForIssue({ ...n, photos });
  if (Object.keys(missing).length > 0) {
    throw new AppError('invalid', '这张通知单还不能开具，请补齐下面的内容。', missing);
  }
  const [cal, limits] = [await currentCalendar(), await setting('rectification')];
  const days = limitDays(n.matter, n.ownLimit, limits);
  const due = dueAfter(cal, change.at, days);
  const year = Number(beijingDay(change.at).slice(0, 4));
  const issued = await takeStep(tx, change, n, staff, {
    event: 'issue',
    as: 'issuer',
    data: { limitDays: days },
    set: {
      number: await store.nextNoticeNumber(tx, year, n.issuerUnitId),
      issuedAt: change.at,
      issuedBy: staff.id,
      limitDays: days,
      firstDueAt: due.at,
      dueAt: due.at,
      dueProvisional: due.provisional,
    },
  });
  await store.insertCopies(tx, n.id);
  await linkRelapse(tx, change, issued, staff);
  return issued;
}

function opened({ id, number, dueAt }: NoticeRow): OpenedNotice {
  if (number === null || dueAt === null) throw new Error('a notice was issued without a number');
  return { id, number, dueAt };
}

/**
 * Draws up and issues a notice in the caller's transaction, with pictures that are already in use or still staged. This is how
 * a case or an inspection opens one; both keep the number. Throws `forbidden` without the right to issue at the place,
 * `invalid` when something that every notice needs is missing.
 */
export async function openNotice(
  tx: Tx,
  change: Change,
  actor: Actor,
  sent: NoticeDraft,
  pictures: { staged: readonly string[] } | { inUse: readonly MediaId[] },
  origin: Origin = {},
): Promise<OpenedNotice> {
  permit(actor, 'rectify:issue');
  const staff = asStaff(actor);
  const n = await draw(tx, change, staff, sent, origin);
  const ids =
    'inUse' in pictures
      ? pictures.inUse
      : await adoptMedia(tx, pictures.staged, { state: 'private', purpose: 'handling' });
  await store.insertPhotos(tx, ids, { noticeId: n.id, stage: 'before', round: 0, at: change.at });
  return opened(await issue(tx, change, n, staff));
}

/** Issues the notice that follows one after whose sign-off the same thing came back; for its own issuer, with the same demand. */
export async function reopenNotice(
  tx: Tx,
  change: Change,
  staff: Staff,
  before: NoticeRow,
  found: { description: string; photos: readonly MediaId[] },
): Promise<OpenedNotice> {
  const n = await store.insertNotice(tx, {
    matter: before.matter,
    placeId: before.placeId,
    point: before.point,
    legalBasis: before.legalBasis,
    clause: before.clause,
    demand: before.demand,
    issuerUnitId: before.issuerUnitId,
    partyKind: before.partyKind,
    partyName: before.partyName,
    partyAddress: before.partyAddress,
    partyPhoneSealed: before.partyPhoneSealed,
    partyPhoneHash: before.partyPhoneHash,
    partyUnitId: before.partyUnitId,
    lookBack: before.lookBack,
    ownLimit: before.ownLimit,
    subjectType: before.subjectType,
    subjectId: before.subjectId,
    relapseOf: before.id,
    description: found.description,
    state: 'draft',
    createdAt: change.at,
    createdBy: staff.id,
    updatedAt: change.at,
  });
  await store.insertPhotos(tx, found.photos, { noticeId: n.id, stage: 'before', round: 0, at: change.at });
  return opened(await issue(tx, change, n, staff));
}

/** Draws up and issues a notice by itself. */
export function issueAtOnce(
  actor: Actor,
  sent: NoticeDraft,
  photoIds: readonly string[],
  origin: Origin = {},
): Promise<OpenedNotice> {
  return write(actor, 'rectification.issue', (tx, change) =>
    openNotice(tx, change, actor, sent, { staged: photoIds }, origin),
  );
}

/** Saves a draft, with or without pictures. Gives its id. */
export async function drawNotice(
  actor: Actor,
  sent: NoticeDraft,
  photoIds: readonly string[],
  origin: Origin = {},
): Promise<NoticeId> {
  permit(actor, 'rectify:issue');
  const staff = asStaff(actor);
  return write(actor, 'rectification.draw', async (tx, change) => {
    const n = await draw(tx, change, staff, sent, origin);
    const ids = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'handling' });
    await store.insertPhotos(tx, ids, { noticeId: n.id, stage: 'before', round: 0, at: change.at });
    return n.id;
  });
}

/** Changes a draft and adds pictures to it. */
export async function editDraft(
  actor: Actor,
  ref: NoticeRef,
  sent: NoticeDraft,
  photoIds: readonly string[],
): Promise<void> {
  await staffStep(actor, ref, 'rectification.edit', 'rectify:issue', async (tx, change, n, staff) => {
    const set = await columnsOf(tx, staff, sent);
    // An empty field keeps the number that was given before: it is never shown, so it cannot be sent back.
    const { partyPhoneSealed, partyPhoneHash, ...words } = set;
    const phone = partyPhoneSealed === null ? {} : { partyPhoneSealed, partyPhoneHash };
    await takeStep(tx, change, n, staff, { event: 'edit', as: 'issuer', set: { ...words, ...phone } });
    const ids = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'handling' });
    await store.insertPhotos(tx, ids, { noticeId: n.id, stage: 'before', round: 0, at: change.at });
  });
}

/** Issues a draft: it gets its number and its due date, and its two copies come to be. */
export async function issueNotice(actor: Actor, ref: NoticeRef): Promise<OpenedNotice> {
  const n = await staffStep(actor, ref, 'rectification.issue', 'rectify:issue', (tx, change, draft, staff) =>
    issue(tx, change, draft, staff),
  );
  return opened(n);
}

/** Makes a notice void. Its number stays with it and is never given again. */
export async function voidNotice(actor: Actor, sent: VoidNotice): Promise<void> {
  await staffStep(actor, sent, 'rectification.void', 'rectify:issue', async (tx, change, n, staff) => {
    await takeStep(tx, change, n, staff, {
      event: 'void',
      as: 'issuer',
      words: sent.reason,
      set: { voidReason: sent.reason, cannotFixAskedAt: null },
    });
  });
}

/** The notices that were opened from a matter of another domain. */
export async function noticesOf(
  subject: Subject,
  db: Db = reader,
): Promise<Pick<NoticeRow, 'id' | 'number' | 'state' | 'dueAt'>[]> {
  const rows = await store.listBySubject(db, subject);
  return rows.map(({ id, number, state, dueAt }) => ({ id, number, state, dueAt }));
}
