import { z } from 'zod';
import type { Actor } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, TOTP_ROLES } from '#core/permissions.ts';
import { seal, unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { everyTime } from '#core/submission.ts';
import { write } from '#core/write.ts';
import { countUpTo } from '../codes/store.ts';
import { verifyPassword } from '../passwords/service.ts';
import { start } from '../sessions.ts';
import { deviceWords } from '../sign-in/rules.ts';
import { hashChosen, storePassword } from '../sign-in/service.ts';
import { type Account, findAccount, updateAccount } from '../store.ts';
import { newSecret, stepOf } from '../totp/service.ts';
import type { ChangePassword } from './input.ts';

const PASSWORD_TRIES_A_DAY = 20;

/** The holder shows once more that it is he: an unattended screen must not be enough. Throws `invalid` beside `current`. */
async function confirmHolder(actor: Actor, current: string): Promise<Account> {
  const account = found(await findAccount(reader, asStaff(actor).id));
  const at = now();
  const free = await write.quiet((tx) =>
    countUpTo(tx, `own-password ${account.id}`, beijingDay(at), PASSWORD_TRIES_A_DAY),
  );
  if (!free)
    throw new AppError('rate_limited', '今天密码错的次数太多，请明天再试，或请系统管理员重置。', {}, 3600);
  if (await verifyPassword(account.passwordHash, current)) return account;
  throw new AppError('invalid', '现在的密码不对。', { current: '密码不对，请再填一次' });
}

/**
 * Sets the holder's own new password. Every session of the account ends; gives the `Set-Cookie` value of a new one for
 * this browser. Throws `invalid` beside the field that is wrong.
 */
export function changePassword(actor: Actor, sent: ChangePassword, agent: string): Promise<string> {
  return everyTime(async () => {
    const account = await confirmHolder(actor, sent.current);
    const passwordHash = await hashChosen(account, sent);
    await write(actor, 'account.password', async (tx, change) => {
      await storePassword(tx, account, passwordHash, change.at);
      change.note('account', account.id, { fields: ['password'] });
    });
    return (await start({ kind: 'staff', id: account.id }, deviceWords(agent))).cookie;
  });
}

const Offer = z.object({ purpose: z.literal('enrol'), account: z.number(), secret: z.string() });

/** A new secret for the holder's authenticator, and the sealed form in which his page sends it back. */
export function offerSecret(actor: Actor): { secret: string; sealed: string } {
  const secret = newSecret();
  const offer: z.output<typeof Offer> = { purpose: 'enrol', account: asStaff(actor).id, secret };
  return { secret, sealed: seal(JSON.stringify(offer)) };
}

/** The secret that a page sent back; `null` when it is not this holder's. */
export function offeredSecret(actor: Actor, sealed: string): string | null {
  try {
    const offer = Offer.parse(JSON.parse(unseal(sealed)));
    return offer.account === asStaff(actor).id ? offer.secret : null;
  } catch {
    return null;
  }
}

/** Sets up the second factor, in place of one there may be. Throws `invalid` beside `code`. */
export async function enrolMyself(actor: Actor, sent: { secret: string; code: string }): Promise<void> {
  const secret = offeredSecret(actor, sent.secret);
  if (!secret) throw new AppError('conflict', '这一页放得太久了，请回到“我的账号”重新开始。');
  const step = stepOf(secret, sent.code, now());
  if (!step) throw new AppError('invalid', '动态码不对。', { code: '动态码不对，请输入验证器上的最新一组' });
  const totpSealed = seal(secret);
  await write(actor, 'account.enrol', async (tx, change) => {
    const account = found(await findAccount(tx, asStaff(actor).id));
    await updateAccount(tx, account, { totpSealed, totpAt: step });
    change.note('account', account.id, { fields: ['totp'] });
  });
}

/** Takes the holder's second factor off. Administrators keep theirs. */
export async function dropTotp(actor: Actor, current: string): Promise<void> {
  if (asStaff(actor).grants.some(({ role }) => TOTP_ROLES.includes(role))) {
    throw new AppError('forbidden', '管理员和审计员必须使用动态码，不能停用。');
  }
  const account = await confirmHolder(actor, current);
  await write(actor, 'account.dropTotp', async (tx, change) => {
    await updateAccount(tx, account, { totpSealed: null, totpAt: null });
    change.note('account', account.id, { fields: ['totp'] });
  });
}
