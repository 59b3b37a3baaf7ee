import { ANONYMOUS } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { NoticeState, ResponsibleKind } from '#db/schema/rectification.values.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { getMedia, type Media } from '#domains/media/service.ts';
import { setting } from '#domains/settings/service.ts';
import { EVENT_LABEL, MATTER_INFO, PARTY_LABEL, STATE_LABEL } from '../labels.ts';
import type { NoticeRow } from '../notices/step.ts';
import { takeStep } from '../notices/step.ts';
import * as notices from '../notices/store.ts';
import { clockOf, type NoticeClock } from '../rules.ts';
import { isAccessCodeOf } from './codes.ts';
import { askRelease, sendIn } from './steps.ts';
import * as store from './store.ts';
import { makeTicket, readTicket } from './ticket.ts';

const WRONG = '编号或查看码不对。两样都印在通知单乙联上，请核对后再试。';
const LOCKED = '这张通知单今天试错查看码太多次，今天不能再试。请明天再试，或直接联系开具单位。';

/**
 * Opens a notice by number and code, and gives its ticket. An unknown number and a wrong code are answered alike, and both
 * are counted: past the day's tries of a number no code opens it. Throws `invalid` or `rate_limited`.
 */
export async function openByCode(number: string, code: string): Promise<string> {
  const { wrongCodesPerDay } = await setting('rectification');
  const at = now();
  const key = `notice-code ${number}`;
  // Counting and comparing in one turn of the write queue: a hundred guesses at once are still ten.
  const result = await write.quiet(async (tx) => {
    const day = beijingDay(at);
    if ((await store.countTries(tx, key, day)) >= wrongCodesPerDay) return 'locked' as const;
    const n = await notices.findNoticeByNumber(tx, number);
    if (isAccessCodeOf(number, code) && n) {
      await notices.markRead(tx, { noticeId: n.id, copy: 'B' }, null, at);
      return n.id;
    }
    await store.addTry(tx, key, day);
    return 'wrong' as const;
  });
  if (result === 'locked') throw new AppError('rate_limited', LOCKED, { code: '今天不能再试查看码' }, 3600);
  if (result === 'wrong') throw new AppError('invalid', WRONG, { code: '编号或查看码不对' });
  return makeTicket(result, at);
}

const CLOSED = '打开已超过两小时。请重新输入编号和查看码，刚才的内容没有提交。';

/** A step of the responsible party, in one transaction. Throws `not_found` once the ticket has run out. */
async function partyStep(
  ticket: string,
  action: string,
  run: (tx: Tx, change: Change, n: NoticeRow) => Promise<unknown>,
): Promise<void> {
  const id = found(readTicket(ticket, now()), CLOSED);
  await write(ANONYMOUS, action, async (tx, change) => {
    await run(tx, change, found(await notices.findNotice(tx, id), CLOSED));
  });
}

/** The party confirms that it has received copy B. */
export async function confirmReceipt(ticket: string, person: string): Promise<void> {
  await partyStep(ticket, 'rectification.receive', async (tx, change, n) => {
    await takeStep(tx, change, n, ANONYMOUS, {
      event: 'receive',
      as: 'party',
      set: { receivedAt: change.at },
    });
    await notices.markReceived(tx, { noticeId: n.id, copy: 'B' }, person, change.at);
  });
}

/** The party says, with words and photographs, that it has put things right. */
export async function answerNotice(
  ticket: string,
  words: string,
  photoIds: readonly string[],
): Promise<void> {
  await partyStep(ticket, 'rectification.submit', (tx, change, n) =>
    sendIn(tx, change, n, ANONYMOUS, 'party', { words, photoIds }),
  );
}

/** The party asks to be released because it cannot be fixed. */
export async function askCannotFix(ticket: string, reason: string): Promise<void> {
  await partyStep(ticket, 'rectification.askCannotFix', (tx, change, n) =>
    askRelease(tx, change, n, ANONYMOUS, 'party', reason),
  );
}

/** A notice as the responsible party reads it on its own page. */
export interface PartyNotice {
  number: string;
  state: NoticeState;
  label: string;
  matter: string;
  place: string;
  point: string;
  legalBasis: string;
  clause: string;
  description: string;
  demand: string;
  partyKind: ResponsibleKind;
  partyName: string;
  issuer: string;
  issuerPhone: string;
  issuedAt: Date | null;
  receivedAt: Date | null;
  clock: NoticeClock | null;
  before: notices.NoticePhoto[];
  after: notices.NoticePhoto[];
  steps: { title: string; at: Date; by: string; text: string }[];
  /** Waits for an approver, since when. */
  askedAt: Date | null;
  reply: string;
  voidReason: string;
}

const KEPT_FROM_PARTY: readonly string[] = ['draw', 'edit', 'remind', 'review', 'relapse'];

/** The notice behind a ticket; null when the ticket has run out or is none. */
export async function findForParty(ticket: string): Promise<PartyNotice | null> {
  const at = now();
  const id = readTicket(ticket, at);
  const n = id === null ? null : await notices.findNotice(reader, id);
  if (!n || n.number === null) return null;
  const photos = await notices.listPhotos(reader, n.id);
  const events = await notices.listEvents(reader, n.id);
  return {
    number: n.number,
    state: n.state,
    label: STATE_LABEL[n.state],
    matter: MATTER_INFO[n.matter].label,
    place: n.placeName,
    point: n.point,
    legalBasis: n.legalBasis,
    clause: n.clause,
    description: n.description,
    demand: n.demand,
    partyKind: n.partyKind,
    partyName: n.partyName,
    issuer: n.issuerUnit,
    issuerPhone: n.issuerPhone,
    issuedAt: n.issuedAt,
    receivedAt: n.receivedAt,
    clock: clockOf(await currentCalendar(), n, at),
    before: photos.filter((photo) => photo.stage === 'before'),
    after: photos.filter((photo) => photo.stage === 'after'),
    steps: events
      .filter(({ event }) => !KEPT_FROM_PARTY.includes(event))
      .map((step) => ({
        title: EVENT_LABEL[step.event],
        at: step.at,
        by: PARTY_LABEL[step.party],
        text: step.words,
      })),
    askedAt: n.state === 'fixing' ? n.cannotFixAskedAt : null,
    reply: n.cannotFixReply,
    voidReason: n.voidReason,
  };
}

const NO_PICTURE = '没有找到这张照片。';

/** A picture of the notice that a ticket opens; `not_found` for any other. What was taken on later visits is the office's own. */
export async function partyPicture(ticket: string, mediaId: string): Promise<Media> {
  const id = found(readTicket(ticket, now()), NO_PICTURE);
  const photos = await notices.listPhotos(reader, id);
  const own = photos.find((photo) => photo.mediaId === mediaId && photo.stage !== 'visit');
  return getMedia(found(own, NO_PICTURE).mediaId, 'image');
}
