import type { Resident } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { fingerprint } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { Category, State } from '#db/schema/hotline.values.ts';
import type { ComplaintId } from '#db/schema/ids.ts';
import { checkCode } from '#domains/accounts/codes/service.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { findPlace, findUnit } from '#domains/places/service.ts';
import { setting } from '#domains/settings/service.ts';
import { type CaseRow, findCaseById } from '../cases/store.ts';
import { type Hop, timelineOf } from '../cases/timeline.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { type ClockFace, clockFace } from '../deadline/rules.ts';
import { isQueryCodeOf } from '../filing/codes.ts';
import { publicLabel, SECRECY_LABEL } from '../labels.ts';
import { answerIsOut, isPublished } from '../publication/rules.ts';
import { casePage } from '../publication/service.ts';
import { type Choices, choicesOf } from './rules.ts';
import * as store from './store.ts';
import { makeTicket, readTicket } from './ticket.ts';

export type { OwnLine } from './store.ts';

const WRONG = '编号或查询码不对，请核对后再试。忘记查询码可以用提交时留下的手机号找回。';
const LOCKED =
  '这个编号今天已试错太多次，为保护诉求人，今天只能用手机验证码打开。请点「忘记查询码」，或明天再试。';

/**
 * Opens a complaint by number and query code, and gives its ticket. An unknown number and a wrong code are answered alike, and
 * both are counted: past the day's tries of a number no code opens it. Throws `invalid` or `rate_limited`.
 */
export async function openByCode(number: string, code: string): Promise<string> {
  const { wrongCodesPerDay } = await setting('hotline');
  const at = now();
  const key = `query-code ${number}`;
  // Counting and comparing in one turn of the write queue: a hundred guesses at once are still ten.
  const result = await write.quiet(async (tx) => {
    const day = beijingDay(at);
    if ((await store.countTries(tx, key, day)) >= wrongCodesPerDay) return 'locked' as const;
    const id = await store.findIdByNumber(tx, number);
    const right = isQueryCodeOf(number, code);
    if (id !== null && right) return id;
    await store.addTry(tx, key, day);
    return 'wrong' as const;
  });
  if (result === 'locked') throw new AppError('rate_limited', LOCKED, { code: '今天不能再试查询码' }, 3600);
  if (result === 'wrong') throw new AppError('invalid', WRONG, { code: '编号或查询码不对' });
  return makeTicket(result, at);
}

/** What was filed under a phone number, once a code sent to it was given back; each with the ticket that opens it. */
export async function openByPhone(
  phone: string,
  code: string,
): Promise<(store.OwnLine & { ticket: string; label: string })[]> {
  await checkCode(phone, 'findCases', code);
  const rows = await store.listByPhone(reader, fingerprint(phone));
  return rows.map((row) => ({
    ...row,
    ticket: makeTicket(row.id, now()),
    label: publicLabel(row.state, row.referredTo ?? undefined),
  }));
}

/** What a signed-in resident has filed under his own phone; each with the ticket that opens it. */
export async function listOwnComplaints(
  resident: Resident,
): Promise<(store.OwnLine & { ticket: string; label: string })[]> {
  const rows = await store.listByPhone(reader, resident.phoneHash);
  return rows.map((row) => ({
    ...row,
    ticket: makeTicket(row.id, now()),
    label: publicLabel(row.state, row.referredTo ?? undefined),
  }));
}

/** An opened complaint, as its filer reads it. */
export interface TrackedCase {
  id: ComplaintId;
  number: string;
  caseNumber: string;
  title: string;
  body: string;
  address: string;
  category: string;
  /** Women's and children's rights: the page leaves nothing behind and offers a quick way out. */
  discreet: boolean;
  place: string;
  secrecy: string;
  state: State;
  label: string;
  filedAt: Date;
  clock: ClockFace | null;
  answer: { text: string; at: Date | null; unit: string } | null;
  unit: string | null;
  hops: Hop[];
  photos: number;
  choices: Choices;
  /** The public page, once staff have put the case there. */
  publicPage: string | null;
}

const CLOSED = '查询已超时（30 分钟）。请重新输入编号和查询码。';

/** The complaint that a ticket opens. Throws `unauthenticated`-free `not_found` when the ticket has run out. */
export function complaintOf(ticket: string): ComplaintId {
  return found(readTicket(ticket, now()), CLOSED);
}

// 「不确定，请工作人员帮我选」 is a choice on the form, not what a matter is about.
const categoryWords = (
  { category, leadUnitId }: Pick<CaseRow, 'category' | 'leadUnitId'>,
  info: Readonly<Record<Category, { label: string }>>,
): string => {
  if (category !== 'OTHER') return info[category as Category].label;
  return leadUnitId === null ? '待工作人员归类' : '其他';
};

/** The case behind a ticket; null when the ticket has run out or is none. */
export async function findTracked(ticket: string): Promise<TrackedCase | null> {
  const at = now();
  const id = readTicket(ticket, at);
  const own = id === null ? null : await store.findOwn(reader, id);
  const c = own && (await findCaseById(reader, own.caseId));
  if (!own || !c) return null;
  const cal = await currentCalendar();
  const { info } = await catalogueAt(c.filedAt);
  const [place, unit, answering, steps, photos, remindedAt] = [
    await findPlace(own.placeId),
    c.leadUnitId === null ? null : await findUnit(c.leadUnitId),
    c.answerUnitId === null ? null : await findUnit(c.answerUnitId),
    await store.listSteps(reader, own),
    await store.listOwnPhotos(reader, own.id),
    await store.lastReminderAt(reader, own.caseId),
  ];
  const approvedAt = steps.filter((step) => step.event === 'approve').at(-1)?.at ?? null;
  const discreet = c.category === 'RIGHTS' || own.category === 'RIGHTS';
  return {
    id: own.id,
    number: own.number,
    caseNumber: c.number,
    title: own.title,
    body: own.body,
    address: own.address,
    category: categoryWords(c, info),
    discreet,
    place: place?.level === 'city' ? '' : (place?.name ?? ''),
    secrecy: SECRECY_LABEL[own.secrecy],
    state: c.state,
    label: own.withdrawnAt ? publicLabel('withdrawn') : publicLabel(c.state, c.referredTo ?? undefined),
    filedAt: own.filedAt,
    clock: own.withdrawnAt ? null : clockFace(cal, c, at),
    answer: answerIsOut(c.state) ? { text: c.answerText, at: approvedAt, unit: answering?.name ?? '' } : null,
    unit: unit?.name ?? null,
    hops: timelineOf(steps, own.withdrawnAt ? 'withdrawn' : c.state),
    photos: photos.length,
    choices: choicesOf(cal, { ...c, withdrawn: own.withdrawnAt !== null, remindedAt }, at),
    publicPage: isPublished(c.publication) ? casePage(c.number) : null,
  };
}
