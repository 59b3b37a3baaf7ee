import { ANONYMOUS } from '#core/actor.ts';
import { beijingDay, DAY_MS, now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { randomDigits } from '#core/ids.ts';
import { fingerprint, hmac } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { CodePurpose } from '#db/schema/accounts.values.ts';
import { setting } from '#domains/settings/service.ts';
import {
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_ADDRESS_A_DAY,
  type CodeCaps,
  codeWait,
  codeWindows,
  waitWords,
} from './rules.ts';
import * as store from './store.ts';

async function capsInForce(): Promise<CodeCaps> {
  const { codesPerMinute, codesPerHour, codesPerDay } = await setting('messages');
  return { minute: codesPerMinute, hour: codesPerHour, day: codesPerDay };
}

const hashOf = (phoneHash: string, purpose: CodePurpose, code: string): string =>
  hmac('phone-code', `${phoneHash} ${purpose} ${code}`).toString('base64url');

/**
 * Sends a six-digit code to a phone, good for five minutes and one use. Throws `rate_limited`, with the wait
 * in seconds, when the number or the address has had its share.
 */
export async function sendCode(phone: string, purpose: CodePurpose, address: string): Promise<void> {
  const phoneHash = fingerprint(phone);
  const digits = randomDigits(6);
  const caps = await capsInForce();
  await write(ANONYMOUS, 'code.send', async (tx, change) => {
    const source = `code-address ${fingerprint(address)}`;
    if (!(await store.countUpTo(tx, source, beijingDay(change.at), CODES_PER_ADDRESS_A_DAY))) {
      throw new AppError(
        'rate_limited',
        '这个网络今天要的验证码太多了。请换一个网络再试，或直接拨打热线电话。',
        {},
        3600,
      );
    }
    const expiresAt = new Date(change.at.getTime() + CODE_LIFE_MS);
    const row = {
      phoneHash,
      purpose,
      codeHash: hashOf(phoneHash, purpose, digits),
      at: change.at,
      expiresAt,
    };
    const id = await store.insertCode(tx, row, codeWindows(caps));
    if (id === null) {
      const wait = codeWait(await store.listCodeTimes(tx, phoneHash, change.at), change.at, caps);
      throw new AppError(
        'rate_limited',
        `验证码发得太频繁，请过 ${waitWords(wait)}再试。刚收到的那一条在 5 分钟内有效，可以直接填写。`,
        {},
        wait,
      );
    }
    change.send({ channel: 'sms', to: phone, template: 'code', params: { code: digits }, event: 'code' });
    change.note('phone_code', id, { to: { purpose } });
  });
}

const GONE = '验证码已失效，请重新获取';

/** Uses the code up. Throws `invalid` beside the field `code` when it is wrong, late or was tried five times. */
export async function checkCode(phone: string, purpose: CodePurpose, code: string): Promise<void> {
  const phoneHash = fingerprint(phone);
  const at = now();
  const problem = await write.quiet(async (tx) => {
    const live = await store.findLiveCode(tx, phoneHash, purpose, at);
    if (!live) return GONE;
    if (await store.useCode(tx, live.id, hashOf(phoneHash, purpose, code), at)) return null;
    await store.countTry(tx, live.id);
    const left = CODE_TRIES - live.tries - 1;
    return left > 0 ? `验证码不对，还可以试 ${left} 次` : GONE;
  });
  if (problem !== null) throw new AppError('invalid', `${problem}。`, { code: problem });
}

/** Whether a code for this purpose is on its way to the number, so that a page asks for it. */
export async function awaitsCode(phone: string, purpose: CodePurpose): Promise<boolean> {
  return (await store.findLiveCode(reader, fingerprint(phone), purpose, now())) !== null;
}

/** Forgets codes past the days that the city keeps them. */
export async function sweepCodes(): Promise<void> {
  const { codeDays } = await setting('retention');
  const before = new Date(now().getTime() - codeDays * DAY_MS);
  await write.quiet((tx) => store.deleteCodes(tx, before));
}
