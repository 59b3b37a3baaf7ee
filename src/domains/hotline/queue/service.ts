import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { can, type Permission, permit } from '#core/permissions.ts';
import { unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { CaseEvent, State } from '#db/schema/hotline.values.ts';
import type { ComplaintId, UnitId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { findPlace, findUnit } from '#domains/places/service.ts';
import { holds, mayRead, reachOf } from '../cases/access.ts';
import type { CaseRow } from '../cases/step.ts';
import { findCase, insertEvent, listHelperUnits } from '../cases/store.ts';
import { type ClockFace, clockFace } from '../deadline/rules.ts';
import { maskName, maskPhone } from '../privacy/rules.ts';
import { LIVE_STATES } from '../rules.ts';
import type { QueueQuery, RevealContact } from './input.ts';
import { stepsFor, unitReadsNote, WAITING, wordsForUnit } from './rules.ts';
import * as store from './store.ts';

const PER_PAGE = 30;

function permitDesk(actor: Actor): void {
  if (!can(actor, 'hotline:rights')) permit(actor, 'hotline:read');
}

/** The states in which a case waits for this person, by all he holds. */
function statesFor(actor: Actor): State[] {
  if (can(actor, 'hotline:rights')) return [...LIVE_STATES];
  const held = Object.entries(WAITING).filter(([permission]) => can(actor, permission as Permission));
  return [...new Set(held.flatMap(([, states]) => states))];
}

export interface QueueLine extends store.QueueRow {
  clock: ClockFace | null;
}

/** A page of the actor's cases, the most urgent clock first. */
export async function listQueue(
  actor: Actor,
  query: QueueQuery,
): Promise<{ lines: QueueLine[]; total: number; page: number; pages: number }> {
  permitDesk(actor);
  const at = now();
  const reach = reachOf(actor);
  const waiting: store.Waiting = {
    states: query.view === 'mine' ? statesFor(actor) : query.view === 'open' ? LIVE_STATES : null,
    overdueAt: query.view === 'overdue' ? at : null,
  };
  const total = await store.countQueue(reader, reach, query, waiting);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(query.page, pages);
  const rows = await store.listQueue(reader, reach, query, waiting, PER_PAGE, (page - 1) * PER_PAGE);
  const cal = await currentCalendar();
  return { lines: rows.map((row) => ({ ...row, clock: clockFace(cal, row, at) })), total, page, pages };
}

export interface DeskSummary {
  /** Cases waiting for this person. */
  waiting: number;
  overdue: number;
  callBacks: number;
  states: { state: State; n: number }[];
}

/** What stands on the actor's desk, in figures. */
export async function summarise(actor: Actor): Promise<DeskSummary> {
  permitDesk(actor);
  const reach = reachOf(actor);
  const all: QueueQuery = {
    view: 'all',
    state: null,
    category: null,
    place: null,
    unit: null,
    number: null,
    page: 1,
  };
  const states = await store.countByState(reader, reach);
  const mine = statesFor(actor);
  return {
    waiting: states.filter(({ state }) => mine.includes(state)).reduce((sum, { n }) => sum + n, 0),
    overdue: await store.countQueue(reader, reach, all, { states: null, overdueAt: now() }),
    callBacks: can(actor, 'hotline:follow-up') ? await store.countCallBacks(reader, reach) : 0,
    states,
  };
}

/** What everyone at the desk learns of a case. */
interface DeskCase {
  case: CaseRow;
  place: string;
  unit: string | null;
  helpers: { id: UnitId; name: string }[];
  aboutUnit: string | null;
  clock: ClockFace | null;
  log: store.LogRow[];
  photos: store.PhotoRow[];
  /** The steps this person may take now. */
  steps: CaseEvent[];
  mayPublish: boolean;
}

/** For the unit that handles: no number, name, telephone, secrecy or account of whoever complained. */
export interface CaseForUnit extends DeskCase {
  seat: 'unit';
  complaints: store.UnitRow[];
  /** Complaints whose filers agreed to be called by the unit. */
  mayCall: ComplaintId[];
}

export interface CentreComplaint extends store.CentreRow {
  /** Masked; the whole only by `revealContact`. */
  name: string;
  phone: string;
}

/** For the hotline's own staff. */
export interface CaseForCentre extends DeskCase {
  seat: 'centre';
  complaints: CentreComplaint[];
}

const named = async (id: UnitId | null): Promise<string | null> =>
  id === null ? null : ((await findUnit(id))?.name ?? null);

async function deskCase(actor: Actor, c: CaseRow, helperIds: readonly UnitId[]): Promise<DeskCase> {
  const helpers = await Promise.all(helperIds.map(async (id) => ({ id, name: (await named(id)) ?? '' })));
  return {
    case: c,
    place: (await findPlace(c.placeId))?.name ?? '',
    unit: await named(c.leadUnitId),
    helpers,
    aboutUnit: await named(c.aboutUnitId),
    clock: clockFace(await currentCalendar(), c, now()),
    log: await store.listLog(reader, c.id),
    photos: await store.listPhotos(reader, c.id),
    steps: stepsFor(actor, c),
    mayPublish: holds(actor, 'hotline:publish', c),
  };
}

const open = (sealed: string | null): string | null => (sealed === null ? null : unseal(sealed));

async function forUnit(desk: DeskCase): Promise<CaseForUnit> {
  const contacts = await store.listContacts(reader, desk.case.id);
  const masked = (text: string): string =>
    contacts.reduce((words, { nameSealed, phoneSealed, secret }) => {
      return wordsForUnit(words, { name: open(nameSealed), phone: open(phoneSealed) }, secret);
    }, text);
  const rows = await store.listForUnit(reader, desk.case.id);
  return {
    ...desk,
    seat: 'unit',
    complaints: rows.map((row) => ({ ...row, title: masked(row.title), body: masked(row.body) })),
    log: desk.log.map((entry) => ({
      ...entry,
      internalText: unitReadsNote(entry) ? masked(entry.internalText) : '',
    })),
    mayCall: contacts
      .filter((each) => each.shareContact && !each.secret && each.phoneSealed !== null)
      .map((each) => each.id),
  };
}

async function forCentre(desk: DeskCase): Promise<CaseForCentre> {
  const contacts = new Map((await store.listContacts(reader, desk.case.id)).map((each) => [each.id, each]));
  const rows = await store.listForCentre(reader, desk.case.id);
  return {
    ...desk,
    seat: 'centre',
    complaints: rows.map((row) => ({
      ...row,
      name: maskName(open(contacts.get(row.id)?.nameSealed ?? null) ?? ''),
      phone: row.hasPhone ? maskPhone(open(contacts.get(row.id)?.phoneSealed ?? null) ?? '') : '',
    })),
  };
}

const UNKNOWN = '没有找到这张工单，请检查编号。';

/** A case for the one who asks: the hotline's own staff see a masked filer, everyone else none at all. Throws `not_found` outside his reach. */
export async function getCaseForStaff(actor: Actor, number: string): Promise<CaseForUnit | CaseForCentre> {
  permitDesk(actor);
  const c = found(await findCase(reader, number), UNKNOWN);
  const helperUnitIds = await listHelperUnits(reader, c.id);
  if (!mayRead(actor, { ...c, helperUnitIds })) throw new AppError('not_found', UNKNOWN);
  const desk = await deskCase(actor, c, helperUnitIds);
  return holds(actor, 'hotline:read-contact', c) ? forCentre(desk) : forUnit(desk);
}

/**
 * Name and phone of a filer, with a reason that goes into the case's log and an entry in the audit: for the hotline's own
 * staff, and for the unit where the filer agreed. Throws `forbidden` for anyone else.
 */
export async function revealContact(
  actor: Actor,
  sent: RevealContact,
): Promise<{ name: string; phone: string }> {
  permitDesk(actor);
  return write(actor, 'hotline.reveal', async (tx, change) => {
    const c = found(await findCase(tx, sent.number), UNKNOWN);
    if (!mayRead(actor, c)) throw new AppError('not_found', UNKNOWN);
    const contact = found(
      (await store.listContacts(tx, c.id)).find((each) => each.id === sent.complaint),
      UNKNOWN,
    );
    const agreed = contact.shareContact && !contact.secret && holds(actor, 'hotline:handle', c);
    if (!agreed && !holds(actor, 'hotline:read-contact', c)) {
      throw new AppError('forbidden', '诉求人没有同意单位查看联系方式。需要联系时，请热线转达。');
    }
    await insertEvent(tx, {
      caseId: c.id,
      complaintId: contact.id,
      at: change.at,
      event: 'comment',
      fromState: c.state,
      toState: c.state,
      party: agreed ? 'handler' : 'operator',
      accountId: actor.kind === 'staff' ? actor.id : null,
      internalText: sent.reason,
      data: { code: 'reveal' },
    });
    change.note('complaint', contact.id, { fields: ['name', 'phone'], reason: 'reveal' });
    return { name: open(contact.nameSealed) ?? '', phone: open(contact.phoneSealed) ?? '' };
  });
}
