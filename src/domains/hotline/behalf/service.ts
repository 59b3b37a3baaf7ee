import type { Staff } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { fingerprint, seal, unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import { type DueWords, describeDue } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import type { Place } from '#domains/places/service.ts';
import { findCity, findPlace } from '#domains/places/service.ts';
import { policyVersion, setting } from '#domains/settings/service.ts';
import { queryCodeOf } from '../filing/codes.ts';
import { UNKNOWN_PLACE } from '../filing/input.ts';
import { consentsGiven, settleWishes } from '../filing/rules.ts';
import { clockFor, type Filed, type Filing, openCase } from '../filing/service.ts';
import { titleFrom } from '../numbers.ts';
import { maskPhone } from '../privacy/rules.ts';
import type { FileOnBehalf } from './input.ts';
import * as store from './store.ts';

/** Where the number and the code of what was just taken down are read out from. */
const FILED_PAGE = '/staff/hotline/filed';

async function placeOf(sent: FileOnBehalf): Promise<Place> {
  const unknown = sent.place === null || sent.place === UNKNOWN_PLACE;
  const place = await (unknown
    ? findCity()
    : findPlace(sent.place as Exclude<typeof sent.place, 'unknown' | null>));
  if (place && place.retiredAt === null) return place;
  throw new AppError('invalid', '没有找到您选的社区。', { place: '请重新选择所在社区' });
}

/** Who complains, as far as it was told. What belongs to nobody is not kept, whatever the form still held. */
function filerOf(actor: Staff, sent: FileOnBehalf): { name: string; phone: string } {
  if (sent.filer === 'anonymous') return { name: '', phone: '' };
  if (sent.filer === 'self') return { name: actor.name, phone: '' };
  return { name: sent.name, phone: sent.phone };
}

function tellNumber(change: Change, filed: Filed, phone: string): void {
  change.send({
    channel: 'sms',
    to: phone,
    template: 'case.receipt',
    params: { number: filed.number, code: queryCodeOf(filed.number) },
    event: 'case.receipt',
    about: `complaint:${filed.complaintId}`,
  });
}

/**
 * Files what somebody said on the telephone, at the counter or in a letter; the staff member stands in the record as the one who
 * took it down, and may not be the one who gives it to a unit. Gives where number and code can be read out.
 */
export async function fileOnBehalf(
  actor: Staff,
  sent: FileOnBehalf,
  photoIds: readonly string[] = [],
): Promise<string> {
  permit(actor, 'hotline:file');
  const place = await placeOf(sent);
  permit(actor, 'hotline:file', place.path);
  const at = now();
  const { name, phone } = filerOf(actor, sent);
  const seen = settleWishes({ ...sent, phone });
  const { quotaPerDay, quotaPer30Days } = await setting('hotline');
  const filing: Filing = {
    ...seen,
    kind: sent.category === 'RIGHTS' ? seen.kind : sent.kind,
    channel: sent.channel,
    category: sent.category,
    title: sent.title || titleFrom(sent.body),
    body: sent.body,
    placeId: place.id,
    address: sent.address,
    lat: null,
    lng: null,
    nameSealed: name === '' ? null : seal(name),
    phoneSealed: phone === '' ? null : seal(phone),
    phoneHash: phone === '' ? null : fingerprint(phone),
    phoneVerifiedAt: null,
    residentId: null,
    filedBy: actor.id,
    consents: consentsGiven(seen, false),
    policyVersion: await policyVersion('privacy'),
    photoIds,
    quota: { perDay: quotaPerDay, per30Days: quotaPer30Days },
  };
  const clock = await clockFor(at, filing.category, filing.kind);
  return write(actor, 'hotline.file', async (tx, change) => {
    const filed = await openCase(tx, change, filing, clock);
    // About women's and children's rights nothing is sent to a phone that others may read.
    if (sent.sendNumber && phone !== '' && sent.category !== 'RIGHTS') tellNumber(change, filed, phone);
    const location = `${FILED_PAGE}?n=${filed.number}`;
    change.answer(location);
    return location;
  });
}

/** What is read out to a caller before he hangs up. */
export interface TakenDown {
  number: string;
  code: string;
  caseNumber: string;
  answer: DueWords | null;
  /** Masked; empty where none was left. */
  phone: string;
}

const GONE = '没有找到这次登记，或已过可再次查看的时间。进度请在工单里查看。';

/** Number and code of what this person took down, for as long as a receipt is shown. Throws `not_found` for anyone else, and later. */
export async function getTakenDown(actor: Staff, number: string): Promise<TakenDown> {
  permit(actor, 'hotline:file');
  const at = now();
  const row = found(await store.findTakenDown(reader, number, actor.id), GONE);
  const { receiptMinutes } = await setting('hotline');
  if (at.getTime() - row.filedAt.getTime() >= receiptMinutes * 60_000) throw new AppError('not_found', GONE);
  const cal = await currentCalendar();
  return {
    number: row.number,
    code: queryCodeOf(row.number),
    caseNumber: row.caseNumber,
    answer: row.dueAt ? describeDue(cal, { at: row.dueAt, provisional: row.dueProvisional }, at) : null,
    phone: row.phoneSealed === null ? '' : maskPhone(unseal(row.phoneSealed)),
  };
}
