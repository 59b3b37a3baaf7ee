import { ANONYMOUS } from '#core/actor.ts';
import { beijingTime, now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import type { Sent } from '#core/multipart.ts';
import { fingerprint } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { Category } from '#db/schema/hotline.values.ts';
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
import type { Client } from '../clients/service.ts';
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

/**
 * Takes an update in for staff to read: nothing of it is public by itself, and it moves no case but one that waits for its filer's
 * answer and was filed by the same client. A client may write about what it filed and about what is published. The same `update_id`
 * sent again changes nothing. Throws `not_found` for any other case, `invalid` for what is wrong with the update.
 */
export async function postUpdate(client: Client, call: Sent): Promise<Document> {
  const sent = readUpdate(call.fields);
  const mark = fingerprint(`${client.mark} ${sent.updateId}`);
  const cal = await currentCalendar();
  const known = await findCase(reader, sent.number);
  const repeated = known !== null && (await store.hasUpdate(reader, known.id, mark));
  const photoIds = repeated ? [] : await stage(call.files);
  if (!repeated) {
    await write(ANONYMOUS, 'hotline.updateOpen311', async (tx, change) => {
      const c = await findCase(tx, sent.number);
      const complaintId = c && (await store.findFiledBy(tx, c.id, client.mark));
      if (!c || (complaintId === null && !isOpenToAll(c))) {
        throw refusal('not_found', 'service_request_id', '没有这个编号的诉求，或它不是经这个 api_key 提交的');
      }
      if (await store.hasUpdate(tx, c.id, mark)) {
        change.note('case', c.id, { reason: 'repeatedUpdate' });
        return;
      }
      if (photoIds.length > 0 && complaintId === null) {
        throw refusal('invalid', 'media_url', '照片只能发给经这个 api_key 提交的诉求');
      }
      if (complaintId !== null && (await countPhotos(tx, complaintId)) + photoIds.length > MOST_PHOTOS) {
        throw new AppError('invalid', `一件诉求最多 ${MOST_PHOTOS} 张照片。`);
      }
      const media = await adoptMedia(tx, photoIds, { state: 'private', purpose: 'complaint' });
      await insertPhotos(tx, media, { caseId: c.id, complaintId, stage: 'supplement', at: change.at });
      const asked = c.state === 'needs_info' && complaintId !== null;
      await takeStep(tx, change, c, ANONYMOUS, {
        event: asked ? 'supply' : 'comment',
        as: 'complainant',
        internalText: internalText(sent),
        data: { code: 'open311.update', update: mark, photos: media.length },
        ...(complaintId !== null && { complaintId }),
        ...(asked && { set: resume(cal, c, change.at) }),
      });
    });
  }
  return { root: 'service_request_updates', body: [{ update_id: sent.updateId }] };
}
