import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { reader } from '#core/store.ts';
import type { CaseEvent, Category } from '#db/schema/hotline.values.ts';
import type { ComplaintId, UnitId } from '#db/schema/ids.ts';
import { type DueWords, describeDue, type Limit } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { findPlace, listUnits, pathTo } from '#domains/places/service.ts';
import { holds, mayRead } from '../../cases/access.ts';
import type { CaseRow } from '../../cases/step.ts';
import { findCase, listHelperUnits } from '../../cases/store.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { type CategoryInfo, deskLabel } from '../../categories.ts';
import { dueFor, type Facts } from '../../clocks.ts';
import { type ClockFace, clockFace } from '../../deadline/rules.ts';
import {
  findPersonalData,
  maskFinding,
  maskName,
  maskPhone,
  maskPublicText,
  PERSONAL_LABEL,
} from '../../privacy/rules.ts';
import { assertPublishable, mayShowWords } from '../../publication/rules.ts';
import { afterPauses, type Pause, pausesOf } from '../../triage/rules.ts';
import { stepClock } from '../rules.ts';
import { permitDesk } from '../service.ts';
import { maskFor, openFiler } from '../words.ts';
import { type Bars, barsFor } from './bars.ts';
import { actedBy, entryOf, type FileEntry } from './log.ts';
import { givenAway, stepsFor, unitReadsNote } from './rules.ts';
import * as store from './store.ts';

export type { FileEntry } from './log.ts';
export type { PhotoRow } from './store.ts';

/** What everyone at the desk learns of a case. */
interface DeskCase {
  case: CaseRow;
  category: CategoryInfo;
  title: string;
  /** From the district down; empty where the case belongs to no place below the city. */
  place: string;
  unit: string | null;
  helpers: { id: UnitId; name: string }[];
  aboutUnit: string | null;
  answerUnit: string | null;
  clock: ClockFace | null;
  /** The clock of the step that it waits for. */
  step: (DueWords & { label: string }) | null;
  pauses: Pause[];
  log: FileEntry[];
  photos: store.PhotoRow[];
  /** The steps this person may take now. */
  steps: CaseEvent[];
  /** Steps that he might take but for a reason. */
  barred: Bars;
}

/** For the unit that handles and for those who oversee: no number, name, telephone, channel or account of whoever complained. */
export interface CaseForUnit extends DeskCase {
  seat: 'unit';
  complaints: store.UnitRow[];
  /** Complaints whose filers agreed to be called by the unit. */
  mayCall: ComplaintId[];
}

/** What hiding a text for the public would do to it. */
export interface Suggestion {
  text: string;
  found: { kind: string; shown: string }[];
}

export interface CentreComplaint extends store.CentreRow {
  /** Masked; the whole only by `revealContact`. */
  name: string;
  phone: string;
  suggestion: Suggestion;
  mayShowWords: boolean;
}

/** For the hotline's own staff. */
export interface CaseForCentre extends DeskCase {
  seat: 'centre';
  complaints: CentreComplaint[];
  mayPublish: boolean;
  /** Why the case may not be public, now or ever; null where it may. */
  publishBar: string | null;
  /** What of the filer the unit's answer gives away. */
  givenAway: string[];
}

export type CaseFile = CaseForUnit | CaseForCentre;

const since = (c: CaseRow, log: readonly store.LogRow[]): Date =>
  log.filter((row) => row.toState === c.state && row.fromState !== row.toState).at(-1)?.at ?? c.filedAt;

async function wayTo(c: CaseRow): Promise<string> {
  const place = await findPlace(c.placeId);
  if (!place) return '';
  return (await pathTo(place))
    .filter(({ level }) => level !== 'city')
    .map(({ name }) => name)
    .join(' ');
}

async function deskCase(
  actor: Actor,
  c: CaseRow,
  helperIds: readonly UnitId[],
  log: readonly store.LogRow[],
  reading: (row: store.LogRow) => Partial<FileEntry>,
): Promise<DeskCase> {
  const at = now();
  const cal = await currentCalendar();
  const { info, limits } = await catalogueAt(c.filedAt);
  const units = new Map<number, string>((await listUnits()).map(({ id, name }) => [id, name]));
  const unitName = (id: number): string => units.get(id) ?? '（已撤销的单位）';
  const named = (id: UnitId | null): string | null => (id === null ? null : unitName(id));
  const step = stepClock(cal, { ...c, since: since(c, log) }, limits);
  const steps = stepsFor(actor, c);
  const barred = await barsFor(actor, c, steps, log);
  return {
    case: c,
    category: { ...info[c.category as Category], label: deskLabel(c.category as Category, info) },
    title: c.publicTitle,
    place: await wayTo(c),
    unit: named(c.leadUnitId),
    helpers: helperIds.map((id) => ({ id, name: unitName(id) })),
    aboutUnit: named(c.aboutUnitId),
    answerUnit: named(c.answerUnitId),
    clock: clockFace(cal, c, at),
    step: step && { label: step.label, ...describeDue(cal, step.due, at) },
    pauses: pausesOf(log),
    log: log.map((row) => ({ ...entryOf(row, unitName), ...reading(row) })),
    photos: await store.listPhotos(reader, c.id),
    steps: steps.filter((event) => !(event in barred)),
    barred,
  };
}

type Mask = (text: string) => string;

/**
 * What those who do not know the filer read of the log. Who wrote a complaint down may be the one who complained. The unit's own
 * words stay as it wrote them: hidden there, a name that was tried would betray itself as the right one.
 */
const asUnit =
  (mask: Mask, ownUnit: boolean) =>
  (row: store.LogRow): Partial<FileEntry> => {
    const read = ownUnit && row.party === 'handler' ? (text: string) => text : mask;
    return {
      ...(row.event === 'file' && { by: actedBy(row, false) }),
      publicText: read(row.publicText),
      internalText: unitReadsNote(row) ? read(row.internalText) : '',
    };
  };

const asCentre =
  (mask: Mask) =>
  (row: store.LogRow): Partial<FileEntry> =>
    row.party === 'complainant' ? { internalText: mask(row.internalText) } : {};

async function forUnit(
  desk: DeskCase,
  contacts: readonly store.Contact[],
  mask: Mask,
  ownUnit: boolean,
): Promise<CaseForUnit> {
  const complaints = (await store.listForUnit(reader, desk.case.id)).map((row) => ({
    ...row,
    title: mask(row.title),
    body: mask(row.body),
    address: mask(row.address),
  }));
  const { answerText } = desk.case;
  return {
    ...desk,
    seat: 'unit',
    case: { ...desk.case, answerText: ownUnit ? answerText : mask(answerText) },
    title: mask(desk.title) || (complaints[0]?.title ?? ''),
    complaints,
    mayCall: contacts
      .filter((each) => each.shareContact && !each.secret && each.phoneSealed !== null)
      .map((each) => each.id),
  };
}

function suggest(contact: store.Contact): Suggestion {
  const filer = { ...openFiler(contact), address: contact.address };
  return {
    text: maskPublicText(contact.body, filer),
    found: findPersonalData(contact.body).map((finding) => ({
      kind: PERSONAL_LABEL[finding.kind],
      shown: maskFinding(finding),
    })),
  };
}

/** Why a case may not stand in public; null where it may. */
function publishBar(c: CaseRow, complaints: readonly store.CentreRow[]): string | null {
  try {
    const heard = complaints.filter((each) => each.withdrawnAt === null);
    assertPublishable({ ...c, category: c.category as Category, complaints: heard });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

async function forCentre(
  actor: Actor,
  desk: DeskCase,
  contacts: readonly store.Contact[],
  mask: Mask,
): Promise<CaseForCentre> {
  const c = desk.case;
  const byId = new Map(contacts.map((each) => [each.id, each]));
  const rows = await store.listForCentre(reader, c.id);
  const complaints = rows.map((row): CentreComplaint => {
    const contact = found(byId.get(row.id));
    const filer = openFiler(contact);
    return {
      ...row,
      title: mask(row.title),
      body: mask(row.body),
      address: mask(row.address),
      name: maskName(filer.name ?? ''),
      phone: filer.phone === null ? '' : maskPhone(filer.phone),
      suggestion: suggest(contact),
      mayShowWords: mayShowWords(row),
    };
  });
  return {
    ...desk,
    seat: 'centre',
    title: mask(desk.title) || (complaints[0]?.title ?? ''),
    complaints,
    mayPublish: holds(actor, 'hotline:publish', c),
    publishBar: publishBar(c, rows),
    givenAway: givenAway(
      c.answerText,
      contacts.map((each) => ({ ...openFiler(each), address: each.address })),
    ),
  };
}

const UNKNOWN = '没有找到这张工单，请检查编号。';

/** A case for the one who asks: the hotline's own staff see a masked filer, everyone else none at all. Throws `not_found` outside his reach. */
export async function getCaseForStaff(actor: Actor, number: string): Promise<CaseFile> {
  permitDesk(actor);
  const c = found(await findCase(reader, number), UNKNOWN);
  const helperUnitIds = await listHelperUnits(reader, c.id);
  if (!mayRead(actor, { ...c, helperUnitIds })) throw new AppError('not_found', UNKNOWN);
  const log = await store.listLog(reader, c.id);
  const contacts = await store.listContacts(reader, c.id);
  const mask = maskFor(contacts);
  if (holds(actor, 'hotline:read-contact', c)) {
    return forCentre(actor, await deskCase(actor, c, helperUnitIds, log, asCentre(mask)), contacts, mask);
  }
  const ownUnit = actor.kind === 'staff' && actor.unitId !== null && actor.unitId === c.leadUnitId;
  return forUnit(
    await deskCase(actor, c, helperUnitIds, log, asUnit(mask, ownUnit)),
    contacts,
    mask,
    ownUnit,
  );
}

/** When the case would be due if it were accepted like this. */
export async function dueIf(
  file: Pick<DeskCase, 'case' | 'pauses'>,
  facts: Facts,
): Promise<DueWords & { at: Date; limit: Limit }> {
  const cal = await currentCalendar();
  const { limits } = await catalogueAt(file.case.filedAt);
  const { limit, due: first } = dueFor(cal, file.case.filedAt, facts, limits);
  const due = afterPauses(cal, limit, first, file.pauses);
  return { ...describeDue(cal, due, now()), at: due.at, limit };
}
