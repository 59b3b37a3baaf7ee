import { ANONYMOUS } from '#core/actor.ts';
import { beijingTime, now } from '#core/clock.ts';
import type { Sent } from '#core/multipart.ts';
import { fingerprint } from '#core/secrets.ts';
import { type Db, reader, type Tx } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { Category } from '#db/schema/hotline.values.ts';
import type { ComplaintId } from '#db/schema/ids.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { adoptMedia } from '#domains/media/service.ts';
import { type CaseRow, takeStep } from '../../cases/step.ts';
import { findCase } from '../../cases/store.ts';
import { timelineOf } from '../../cases/timeline.ts';
import { countPhotos, insertPhotos } from '../../filing/store.ts';
import { isPublished } from '../../publication/rules.ts';
import { listSpokenOf } from '../../publication/store.ts';
import { staffWordsInPublic } from '../../publication/words.ts';
import { mayBePublic } from '../../rules.ts';
import { MOST_PHOTOS } from '../../tracking/rules.ts';
import { resume } from '../../tracking/steps.ts';
import { refusal } from '../arguments.ts';
import { type Client, countCall } from '../clients/service.ts';
import type { Document } from '../documents/rules.ts';
import { w3c } from '../instants.ts';
import { stage } from '../pictures.ts';
import { MOST_ROWS } from '../requests/input.ts';
import { extendedStatus, hopLine } from '../requests/rules.ts';
import { readUpdate, readUpdateSpan, type SentUpdate } from './input.ts';
import * as store from './store.ts';

/** The public steps of published cases within the span asked for, oldest first; each under an id that it keeps. */
export async function listUpdates(params: URLSearchParams): Promise<Document> {
  const steps = await store.listPublicSteps(reader, readUpdateSpan(params, now()), MOST_ROWS);
  const caseIds = [...new Set(steps.map((step) => step.caseId))];
  const spoken = caseIds.length === 0 ? [] : await listSpokenOf(reader, caseIds);
  const body = steps.map((step) => {
    const own = spoken.filter(({ caseId }) => caseId === step.caseId);
    const publicText = staffWordsInPublic(step.publicText, own);
    const [hop] = timelineOf([{ ...step, publicText }], step.toState);
    return {
      update_id: `${step.number}-${step.ordinal}`,
      service_request_id: step.number,
      status: extendedStatus(step.toState, step),
      updated_datetime: w3c(step.at),
      description: hop ? hopLine(hop) : '',
      media_url: '',
      external_status_code: step.toState,
      customer_reference: '',
      fixmystreet_id: '',
      extras: '',
    };
  });
  return { root: 'service_request_updates', body };
}

const internalText = (sent: SentUpdate): string =>
  [
    sent.description,
    `（经开放接口发来，对方标注的状态：${sent.status}，时间：${beijingTime(sent.at)}）`,
    ...sent.mediaUrls.map((url) => `图片网址：${url}`),
  ].join('\n');

const isOpenToAll = ({ publication, kind, category }: CaseRow): boolean =>
  isPublished(publication) && mayBePublic({ kind, category: category as Category, secrecy: 'open' });

interface Reached {
  c: CaseRow;
  /** The complaint behind the case that this client filed; null where the case is one that everyone may read. */
  complaintId: ComplaintId | null;
}

const NOT_YOURS = '没有这个编号的诉求，或它不是经这个 api_key 提交的';

/** The case that a client may write about: one that it filed, or a published one. Throws `not_found` for any other. */
async function reach(db: Db, client: Client, number: string): Promise<Reached> {
  const c = await findCase(db, number);
  const complaintId = c && (await store.findFiledBy(db, c.id, client.mark));
  if (!c || (complaintId === null && !isOpenToAll(c))) {
    throw refusal('not_found', 'service_request_id', NOT_YOURS);
  }
  return { c, complaintId };
}

async function takePictures(
  tx: Tx,
  { c, complaintId }: Reached,
  ids: readonly string[],
  at: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  if (complaintId === null) {
    throw refusal('invalid', 'media_url', '照片只能发给经这个 api_key 提交的诉求');
  }
  if ((await countPhotos(tx, complaintId)) + ids.length > MOST_PHOTOS) {
    throw refusal('invalid', 'media_url', `一件诉求最多 ${MOST_PHOTOS} 张照片`);
  }
  const media = await adoptMedia(tx, ids, { state: 'private', purpose: 'complaint' });
  await insertPhotos(tx, media, { caseId: c.id, complaintId, stage: 'supplement', at });
  return media.length;
}

/** Notes the update with the case; an answer to what was asked for lets the clock run on. */
async function takeIn(
  sent: SentUpdate,
  client: Client,
  mark: string,
  photoIds: readonly string[],
): Promise<void> {
  const cal = await currentCalendar();
  await write(ANONYMOUS, 'hotline.updateOpen311', async (tx, change) => {
    const reached = await reach(tx, client, sent.number);
    const { c, complaintId } = reached;
    if (await store.hasUpdate(tx, c.id, mark)) {
      change.note('case', c.id, { reason: 'repeatedUpdate' });
      return;
    }
    const photos = await takePictures(tx, reached, photoIds, change.at);
    const asked = c.state === 'needs_info' && complaintId !== null;
    await takeStep(tx, change, c, ANONYMOUS, {
      event: asked ? 'supply' : 'comment',
      as: 'complainant',
      internalText: internalText(sent),
      data: { code: 'open311.update', update: mark, photos },
      ...(complaintId !== null && { complaintId }),
      ...(asked && { set: resume(cal, c, change.at) }),
    });
  });
}

/**
 * Takes an update in for staff to read: nothing of it is public by itself, and it moves no case but one that waits for its filer's
 * answer and was filed by the same client. The same `update_id` sent again changes nothing. Throws `not_found` for a case that is
 * neither published nor filed by this client, `invalid` for what is wrong with the update, `rate_limited` for a flood.
 */
export async function postUpdate(client: Client, call: Sent): Promise<Document> {
  const sent = readUpdate(call.fields);
  const answer = { root: 'service_request_updates', body: [{ update_id: sent.updateId }] };
  const mark = fingerprint(`${client.mark} ${sent.updateId}`);
  const { c } = await reach(reader, client, sent.number);
  if (await store.hasUpdate(reader, c.id, mark)) return answer;
  await countCall(client);
  await takeIn(sent, client, mark, await stage(call.files));
  return answer;
}
