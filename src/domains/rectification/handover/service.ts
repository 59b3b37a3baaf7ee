import type { Actor, Staff } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { describeDay, lastDay } from '#domains/calendar/rules.ts';
import { type NoticeRow, staffStep, takeStep, tellParty } from '../notices/step.ts';
import { markReceived } from '../notices/store.ts';
import { accessCodeOf } from '../party/codes.ts';
import { sendIn } from '../party/steps.ts';
import type { Deliver, RecordFix } from './input.ts';
import * as store from './store.ts';

/** What the chosen way needs, by field. */
function missing(sent: Deliver, n: NoticeRow): Record<string, string> {
  if (sent.way === 'hand' && sent.person === '') return { person: '请填写签收人的姓名' };
  if (sent.way === 'left' && sent.person === '') return { person: '请填写见证人的姓名' };
  if (sent.way === 'post' && sent.tracking === '') return { tracking: '请填写邮件号' };
  if (sent.way === 'sms' && n.partyPhoneSealed === null) {
    return { way: '没有登记责任方的手机号，请换一种送达方式' };
  }
  return {};
}

function timeOf(sent: Deliver, n: NoticeRow, now: Date): Date {
  const at = sent.way === 'sms' ? now : (sent.at ?? now);
  if (at.getTime() > now.getTime()) throw new AppError('invalid', '', { at: '送达时间不能晚于现在' });
  // The field knows minutes only: handed over in the minute of issue is not before it.
  const earliest = Math.floor((n.issuedAt?.getTime() ?? 0) / 60_000) * 60_000;
  if (at.getTime() < earliest) throw new AppError('invalid', '', { at: '送达时间不能早于开具时间' });
  return at;
}

async function receive(
  tx: Tx,
  change: Change,
  n: NoticeRow,
  staff: Staff,
  sent: Deliver,
  at: Date,
): Promise<void> {
  await takeStep(tx, change, n, staff, { event: 'receive', as: 'issuer', set: { receivedAt: at } });
  await markReceived(tx, { noticeId: n.id, copy: 'B' }, sent.person, at);
  // The signed receipt line came back with copy A: it is on file from now on.
  await markReceived(tx, { noticeId: n.id, copy: 'A' }, n.issuerUnit, change.at);
}

/**
 * Records how the notice was brought to the responsible party. Signed for, or left before a witness, it counts as received;
 * by short message the party gets number and code and confirms on its own page.
 */
export async function deliverNotice(actor: Actor, sent: Deliver): Promise<void> {
  await staffStep(actor, sent, 'rectification.deliver', 'rectify:issue', async (tx, change, n, staff) => {
    const fields = missing(sent, n);
    if (Object.keys(fields).length > 0) throw new AppError('invalid', '送达没有登记，请补齐。', fields);
    const at = timeOf(sent, n, change.at);
    const after = await takeStep(tx, change, n, staff, {
      event: 'deliver',
      as: 'issuer',
      data: { way: sent.way },
    });
    await store.insertDelivery(tx, {
      noticeId: n.id,
      way: sent.way,
      at,
      person: sent.way === 'sms' ? '' : sent.person,
      tracking: sent.way === 'post' ? sent.tracking : '',
      by: staff.id,
      recordedAt: change.at,
    });
    if (sent.way === 'sms' && n.number !== null && n.dueAt !== null) {
      tellParty(change, n, 'notice.issued', {
        code: accessCodeOf(n.number),
        day: describeDay(lastDay({ at: n.dueAt }), change.at),
      });
    } else if (sent.person !== '' && after.state === 'issued') {
      await receive(tx, change, after, staff, sent, at);
    }
  });
}

/** Sends in, for a party that does not answer itself, what a member of staff found put right. Whoever does may not sign it off. */
export async function recordFix(actor: Actor, sent: RecordFix, photoIds: readonly string[]): Promise<void> {
  await staffStep(actor, sent, 'rectification.record', 'rectify:issue', async (tx, change, n, staff) => {
    await sendIn(tx, change, n, staff, 'issuer', { words: sent.words, photoIds });
  });
}
