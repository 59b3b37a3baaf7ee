import { ANONYMOUS } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import { checkCode, sendCode } from '#domains/accounts/codes/service.ts';
import { type Due, latestDay } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { setting } from '#domains/settings/service.ts';
import { catalogueAt } from '../catalogue/service.ts';
import { stepDue } from '../clocks.ts';
import { queryCodeOf } from '../filing/codes.ts';
import { maskPhone } from '../privacy/rules.ts';
import { limitWords } from '../queue/rules.ts';
import { addTry, countTries, markVerified } from '../tracking/store.ts';
import * as store from './store.ts';
import { mayOpenReceipt, readToken } from './token.ts';

export { RECEIPT_COOKIE, receiptCookie } from './token.ts';

interface Promised {
  by: string;
  provisional: boolean;
}

/** A receipt as the browser that filed sees it. */
export interface Receipt {
  number: string;
  /** Only for a while after filing, as `receiptMinutes` says. */
  code: string | null;
  filedAt: Date;
  /** By when what happens. */
  accept: Promised;
  /** How long giving it to a unit takes at most. */
  dispatch: string;
  answer: Promised | null;
  /** The phone that was left, masked; empty where none was. */
  phone: string;
  verified: boolean;
  callBack: boolean;
  discreet: boolean;
}

const GONE = '回执已失效或不是在这台设备上提交的。请用诉求编号和查询码查询进度，忘记查询码可以用手机找回。';

async function rowOf(sealed: string, cookie: string): Promise<store.ReceiptRow> {
  const token = readToken(sealed);
  if (!token || !mayOpenReceipt(sealed, token, cookie, now())) throw new AppError('not_found', GONE);
  return found(await store.findReceipt(reader, token.number), GONE);
}

/** The receipt behind an address. Throws `not_found` for any browser but the one that filed. */
export async function getReceipt(sealed: string, cookie: string): Promise<Receipt> {
  const row = await rowOf(sealed, cookie);
  const at = now();
  const { receiptMinutes } = await setting('hotline');
  const { limits } = await catalogueAt(row.filedAt);
  const cal = await currentCalendar();
  const promised = (due: Due): Promised => ({ by: latestDay(due, at), provisional: due.provisional });
  const shown = at.getTime() - row.filedAt.getTime() < receiptMinutes * 60_000;
  return {
    number: row.number,
    code: shown ? queryCodeOf(row.number) : null,
    filedAt: row.filedAt,
    accept: promised(stepDue(cal, row.filedAt, 'accept', limits)),
    dispatch: limitWords(limits.dispatch[row.urgency]),
    answer: row.dueAt ? promised({ at: row.dueAt, provisional: row.dueProvisional }) : null,
    phone: row.phoneSealed === null ? '' : maskPhone(unseal(row.phoneSealed)),
    verified: row.phoneVerifiedAt !== null,
    callBack: row.callBack,
    discreet: row.category === 'RIGHTS',
  };
}

const MOST_SENDS = 3;

/** Sends number and query code to the phone that was left: only ever because somebody asked. Three times a day at most. */
export async function sendReceipt(sealed: string, cookie: string): Promise<void> {
  const row = await rowOf(sealed, cookie);
  const phone = row.phoneSealed;
  if (phone === null)
    throw new AppError('conflict', '提交时没有留手机号，不能发短信。请抄下或拍下编号和查询码。');
  await write(ANONYMOUS, 'hotline.sendReceipt', async (tx, change) => {
    const key = `receipt ${row.number}`;
    const day = beijingDay(change.at);
    if ((await countTries(tx, key, day)) >= MOST_SENDS) {
      throw new AppError('rate_limited', `今天已经发过 ${MOST_SENDS} 次，请先查看手机短信。`, {}, 3600);
    }
    await addTry(tx, key, day);
    change.send({
      channel: 'sms',
      to: unseal(phone),
      template: 'case.receipt',
      params: { number: row.number, code: queryCodeOf(row.number) },
      event: 'case.receipt',
      about: `complaint:${row.id}`,
    });
    change.note('complaint', row.id, { fields: ['receiptSent'] });
  });
}

/** Sends a code to the phone that was left, so that its holder may show it is his. */
export async function askVerification(sealed: string, cookie: string, address: string): Promise<void> {
  const row = await rowOf(sealed, cookie);
  if (row.phoneSealed === null) throw new AppError('conflict', '提交时没有留手机号，不能验证。');
  await sendCode(unseal(row.phoneSealed), 'verifyPhone', address);
}

/** Marks the phone as its filer's own: from now on staff may show his words. Throws `invalid` beside `code` for a wrong one. */
export async function verifyPhone(sealed: string, cookie: string, code: string): Promise<void> {
  const row = await rowOf(sealed, cookie);
  if (row.phoneSealed === null) throw new AppError('conflict', '提交时没有留手机号，不能验证。');
  await checkCode(unseal(row.phoneSealed), 'verifyPhone', code);
  await write(ANONYMOUS, 'hotline.verifyPhone', async (tx, change) => {
    await markVerified(tx, row.id, change.at);
    change.note('complaint', row.id, { fields: ['phoneVerifiedAt'] });
  });
}
