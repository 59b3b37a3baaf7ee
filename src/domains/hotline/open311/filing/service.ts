import { ANONYMOUS } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import type { Sent } from '#core/multipart.ts';
import { fingerprint, seal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { findCity, listAllPlaces } from '#domains/places/service.ts';
import { policyVersion, setting } from '#domains/settings/service.ts';
import { insertEvent } from '../../cases/store.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { queryCodeOf } from '../../filing/codes.ts';
import { assertIntakeOpen } from '../../filing/intake.ts';
import { consentsGiven, settleWishes } from '../../filing/rules.ts';
import { clockFor, type Filing, openCase } from '../../filing/service.ts';
import { titleFrom } from '../../numbers.ts';
import { answerCodes, answersInWords } from '../answers/rules.ts';
import { refusal } from '../arguments.ts';
import { type Client, countCall } from '../clients/service.ts';
import type { Document } from '../documents/rules.ts';
import { stage } from '../pictures.ts';
import { oncePerCall, printOf } from '../repeats.ts';
import { attributesOf } from '../services/rules.ts';
import { readCategory, readRequest, type SentRequest } from './input.ts';
import { placeAt, placeNamed } from './rules.ts';
import { listCentres } from './store.ts';

/** The mark by which a step is known to have come through these calls. */
const FILED_HERE = 'open311';

async function placeOf(sent: SentRequest): Promise<PlaceId> {
  const city = (await findCity())?.id;
  if (city === undefined) throw refusal('unavailable', 'lat', '本市的地域还没有录入，请改用电话');
  if (sent.addressId !== null) {
    const place = (await listAllPlaces()).find(({ code }) => code === sent.addressId);
    if (place === undefined) throw refusal('invalid', 'address_id', '没有这个地点，请改用 lat 和 long');
    return place.id;
  }
  const communities = await listCentres(reader);
  const near = sent.point === null ? 'city' : placeAt(sent.point, communities);
  if (near === 'outside') throw refusal('invalid', 'lat', '这个位置不在本市，请核对经纬度（WGS84）');
  return near === 'city' ? (placeNamed(sent.address, communities) ?? city) : near;
}

/** What staff read beside the description: the answers to the questions, and where else there are pictures. */
const besideWords = (sent: Pick<SentRequest, 'answers' | 'mediaUrls'>): string =>
  [...answersInWords(sent.answers), ...sent.mediaUrls.map((url) => `图片网址：${url}`)].join('\n');

async function filingOf(sent: SentRequest, photoIds: readonly string[]): Promise<Filing> {
  const { category, phone, name, point } = sent;
  const { quotaPerDay: perDay, quotaPer30Days: per30Days } = await setting('hotline');
  const { label } = (await catalogueAt(now())).info[category];
  // The contract has no word for secrecy: what holds is the form's own default, and nothing is public before staff look at it.
  const seen = settleWishes({ category, secrecy: 'open', shareContact: false, callBack: false, phone });
  const body = sent.description || `（没有写说明）${label}`;
  return {
    ...seen,
    channel: 'open311',
    category,
    title: titleFrom(body),
    body,
    placeId: await placeOf(sent),
    address: sent.address,
    lat: point?.lat ?? null,
    lng: point?.long ?? null,
    nameSealed: name === '' ? null : seal(name),
    phoneSealed: phone === '' ? null : seal(phone),
    phoneHash: phone === '' ? null : fingerprint(phone),
    phoneVerifiedAt: null,
    residentId: null,
    filedBy: null,
    consents: consentsGiven(seen, point !== null),
    // Nobody ticked anything here: the client answers for having asked.
    policyVersion: `${await policyVersion('privacy')} via open311`,
    photoIds,
    quota: { perDay, per30Days },
  };
}

const NOT_KEPT = {
  phone: '电话不是 11 位手机号，没有保存，工作人员无法回电。',
  email: '本热线只用手机联系，电子邮箱没有保存。',
} as const;

function noticeFor(sent: SentRequest, number: string): string {
  const urgent =
    sent.category === 'RIGHTS' ? '正在发生危险请先拨打 110；妇女儿童维权可以拨打 12338。本件全程保密。' : '';
  const track = `诉求编号 ${number}，查询码 ${queryCodeOf(number)}，请转告诉求人妥善保管，可以在本站查询进度、补充和评价。`;
  const shown =
    sent.category === 'RIGHTS' ? '' : '公开前由工作人员审核，审核公开后才能用 service_request_id 查到。';
  return [urgent, track, shown, ...sent.dropped.map((name) => NOT_KEPT[name])].join('');
}

const receipt = (sent: SentRequest, caseNumber: string, number: string): Document => ({
  root: 'service_requests',
  body: [
    {
      service_request_id: caseNumber,
      service_notice: noticeFor(sent, number),
      account_id: sent.accountId,
    },
  ],
});

/**
 * Files what a client sent, as the public form would: numbered at once, private until staff publish it. Gives the case number, and
 * in the notice what its filer needs to follow it. E-mail address and device id are not kept: nothing here has a use for them.
 * The same call sent again within minutes gives the first answer. Throws `not_found` for an unknown service code, `invalid` for
 * arguments and attributes that are missing or wrong, `rate_limited` for a flood of one client, `unavailable` while the city is
 * not set up.
 */
export async function fileRequest(client: Client, call: Sent): Promise<Document> {
  const at = now();
  await assertIntakeOpen();
  const category = readCategory(call.fields);
  const sent = readRequest(call.fields, category, attributesOf(category, await catalogueAt(at)));
  const numbers = await oncePerCall(client.mark, await printOf(call), at, async () => {
    await countCall(client);
    const filing = await filingOf(sent, await stage(call.files));
    const clock = await clockFor(at, category, filing.kind);
    return write(ANONYMOUS, 'hotline.fileOpen311', async (tx, change) => {
      const filed = await openCase(tx, change, filing, clock);
      await insertEvent(tx, {
        caseId: filed.caseId,
        complaintId: filed.complaintId,
        at: change.at,
        event: 'comment',
        fromState: 'filed',
        toState: 'filed',
        party: 'complainant',
        internalText: besideWords(sent),
        data: { code: FILED_HERE, client: client.mark, ...answerCodes(sent.answers) },
      });
      const answer = `${filed.caseNumber} ${filed.number}`;
      change.answer(answer);
      return answer;
    });
  });
  const [caseNumber = '', number = ''] = numbers.split(' ');
  return receipt(sent, caseNumber, number);
}
