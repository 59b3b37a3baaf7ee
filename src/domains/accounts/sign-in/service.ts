import { createHash } from 'node:crypto';
import type { Staff } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { randomToken } from '#core/ids.ts';
import { TOTP_ROLES } from '#core/permissions.ts';
import { fingerprint, seal, unseal } from '#core/secrets.ts';
import { reader, type Tx } from '#core/store.ts';
import { everyTime } from '#core/submission.ts';
import { write } from '#core/write.ts';
import type { AccountId } from '#db/schema/ids.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';
import { waitWords } from '../codes/rules.ts';
import { countUpTo } from '../codes/store.ts';
import { isExpired, passwordProblem } from '../passwords/rules.ts';
import { hashPassword, verifyPassword } from '../passwords/service.ts';
import { deleteSessionsOf, listGrants } from '../session-store.ts';
import { start } from '../sessions.ts';
import { type Account, findAccount, findByUsername, updateAccount } from '../store.ts';
import { newSecret, stepOf } from '../totp/service.ts';
import type { ChosenPassword, Credentials } from './input.ts';
import { DROP_PENDING, keep, type Pending, readPending } from './pending/service.ts';
import { deviceWords, MEMORY_MS, nextStep, type Step, waitAfter } from './rules.ts';
import * as store from './store.ts';

/** Through which door somebody comes. */
export interface Door {
  address: string;
  agent: string;
  /** The token in the device's cookie, if it has one. */
  device: string | undefined;
}

/** Forgets devices whose cookie has run out. */
export async function sweepDevices(): Promise<void> {
  const before = new Date(now().getTime() - DEVICE_SECONDS * 1000);
  await write.quiet((tx) => store.forgetDevicesBefore(tx, before));
}

/** Where a sign-in goes next, and the `Set-Cookie` values that go with it. */
export interface Passage {
  to: Step;
  cookies: string[];
}

export const DEVICE_COOKIE = '__Host-device';
const DEVICE_SECONDS = 180 * 86_400;

/** Tries of a second factor that may lift the delay, by account and day: enough for its holder, nothing for a guesser. */
const LIFTING_CODES_A_DAY = 20;

// A code stays valid for its own period and a neighbour's.
const CODE_MS = 90_000;

const WRONG = '用户名或密码不对。请检查大小写和输入法，再试一次；忘记密码请联系系统管理员重置。';
const WRONG_CODE = '动态码不对或已用过，请输入验证器上的最新一组';

const wrong = () => new AppError('invalid', WRONG, { password: '用户名或密码不对' });
const tooOften = (seconds: number) =>
  new AppError(
    'rate_limited',
    `尝试的次数较多，请过 ${waitWords(seconds)}再试。已启用动态码的，可以同时填写动态码，不必等待。`,
    {},
    seconds,
  );

const subjectOf = (username: string): string => fingerprint(`staff ${username}`);
const deviceHash = (token: string, account: AccountId): string =>
  createHash('sha256').update(`${token} ${account}`).digest('hex');

/** A code opens once; from the address where it did, it may be shown again while it lasts, as with two windows. */
async function takeCode(tx: Tx, account: Account, code: string, door: Door, at: Date): Promise<boolean> {
  const step = account.totpSealed ? stepOf(unseal(account.totpSealed), code, at) : null;
  if (!step) return false;
  if (await store.useStep(tx, account.id, step)) return true;
  return store.wasInFrom(tx, account.id, door.address, new Date(at.getTime() - CODE_MS));
}

/** Whether the account's holder shows himself otherwise, so that he need not wait for those who guess at his name. */
async function isExcused(
  tx: Tx,
  account: Account,
  code: string,
  door: Door,
  at: Date,
): Promise<'code' | 'device' | null> {
  if (code !== '' && (await countUpTo(tx, `totp ${account.id}`, beijingDay(at), LIFTING_CODES_A_DAY))) {
    if (await takeCode(tx, account, code, door, at)) return 'code';
  }
  const known = door.device && (await store.isKnownDevice(tx, deviceHash(door.device, account.id)));
  return known ? 'device' : null;
}

interface Try {
  /** The row of this try, counted as a failure until it proves right. */
  id: number;
  wait: number;
  codeGiven: boolean;
}

/** Counts a try before it is looked at: a hundred at once are a hundred tries. */
function beginTry(sent: Credentials, account: Account | null, door: Door, at: Date): Promise<Try> {
  const subject = subjectOf(sent.username);
  return write.quiet(async (tx) => {
    const since = (kind: keyof typeof MEMORY_MS) => new Date(at.getTime() - MEMORY_MS[kind]);
    const byName = await store.countFailuresOf(tx, 'wrong', subject, since('account'));
    const byAddress = await store.countFailuresFrom(tx, door.address, since('address'));
    const wait = Math.max(waitAfter('account', byName, at), waitAfter('address', byAddress, at));
    const excuse = account ? await isExcused(tx, account, sent.code, door, at) : null;
    const throttled = wait > 0 && excuse === null;
    const id = await store.insertSignIn(tx, {
      at,
      accountId: account?.id ?? null,
      subject,
      address: door.address,
      device: deviceWords(door.agent),
      result: throttled ? 'throttled' : 'wrong',
    });
    return { id, wait: throttled ? wait : 0, codeGiven: excuse === 'code' };
  });
}

const settle = (id: number, result: 'needsCode' | 'disabled', at: Date) =>
  write.quiet((tx) => store.updateResult(tx, id, result, at));

async function asActor(account: Account, at: Date): Promise<Staff> {
  const grants = await listGrants(reader, account.id, at);
  return { kind: 'staff', id: account.id, name: account.name, unitId: account.unitId, grants };
}

/** Everything was right: a session of its own, whatever the browser held before. */
async function letIn(account: Account, pending: Pending, door: Door): Promise<Passage> {
  const at = now();
  const device = door.device ?? randomToken(24);
  await write(await asActor(account, at), 'account.signIn', async (tx, change) => {
    await store.updateResult(tx, pending.signIn, 'ok', at);
    await store.rememberDevice(tx, deviceHash(device, account.id), account.id, at);
    change.note('account', account.id, { to: { result: 'ok' } });
  });
  const session = await start({ kind: 'staff', id: account.id }, deviceWords(door.agent));
  const known = `${DEVICE_COOKIE}=${device}; Path=/; Max-Age=${DEVICE_SECONDS}; HttpOnly; Secure; SameSite=Lax`;
  return { to: 'in', cookies: [session.cookie, known, DROP_PENDING] };
}

async function advance(account: Account, pending: Pending, door: Door): Promise<Passage> {
  const at = now();
  const policy = await setting('accounts');
  const standing = {
    enrolled: account.totpSealed !== null,
    codeGiven: pending.codeGiven,
    mustChange: account.mustChange,
    expired: isExpired(account.passwordAt, at, policy.passwordPolicy, policy.passwordDays),
    roles: (await listGrants(reader, account.id, at)).map((grant) => grant.role),
  };
  const to = nextStep(standing, TOTP_ROLES);
  if (to === 'in') return letIn(account, pending, door);
  await settle(pending.signIn, 'needsCode', at);
  return { to, cookies: [keep(to === 'enrol' ? { ...pending, secret: newSecret() } : pending)] };
}

/**
 * The first step: user name and password. What is said of a wrong one does not tell whether the name exists.
 * Throws `invalid`, or `rate_limited` with the wait.
 */
export function enter(sent: Credentials, door: Door): Promise<Passage> {
  return everyTime(async () => {
    const at = now();
    const account = await findByUsername(reader, sent.username);
    const attempt = await beginTry(sent, account, door, at);
    if (attempt.wait > 0) throw tooOften(attempt.wait);
    const right = await verifyPassword(account?.passwordHash ?? null, sent.password);
    if (!account || !right) throw wrong();
    if (account.state !== 'active') {
      await settle(attempt.id, 'disabled', at);
      throw wrong();
    }
    const pending: Pending = {
      purpose: 'sign-in',
      account: account.id,
      at: at.getTime(),
      passwordAt: account.passwordAt.getTime(),
      codeGiven: attempt.codeGiven,
      signIn: attempt.id,
    };
    return advance(account, pending, door);
  });
}

/** The sign-in that a browser is in the middle of, for its pages; `null` when there is none, or it took too long. */
export async function halfway(
  cookie: string | undefined,
): Promise<{ account: Account; pending: Pending } | null> {
  const pending = readPending(cookie);
  const account = pending ? await findAccount(reader, pending.account as AccountId) : null;
  if (!pending || account?.state !== 'active') return null;
  return account.passwordAt.getTime() === pending.passwordAt ? { account, pending } : null;
}

async function resume(cookie: string | undefined): Promise<{ account: Account; pending: Pending }> {
  const half = await halfway(cookie);
  if (!half) throw new AppError('conflict', '登录等待的时间太长，请回到登录页重新输入用户名和密码。');
  return half;
}

/** The second step: the code of the account's authenticator. Throws `invalid` beside `code`, or `rate_limited`. */
export function giveCode(cookie: string | undefined, code: string, door: Door): Promise<Passage> {
  return everyTime(async () => {
    const { account, pending } = await resume(cookie);
    const at = now();
    const subject = subjectOf(account.username);
    const outcome = await write.quiet(async (tx) => {
      const since = new Date(at.getTime() - MEMORY_MS.account);
      const wait = waitAfter('account', await store.countFailuresOf(tx, 'wrongCode', subject, since), at);
      if (wait > 0) return wait;
      if (await takeCode(tx, account, code, door, at)) return 'right';
      await store.insertSignIn(tx, {
        at,
        accountId: account.id,
        subject,
        address: door.address,
        device: deviceWords(door.agent),
        result: 'wrongCode',
      });
      return 'wrong';
    });
    if (typeof outcome === 'number') {
      throw new AppError('rate_limited', `动态码错的次数较多，请过 ${waitWords(outcome)}再试。`, {}, outcome);
    }
    if (outcome === 'wrong') throw new AppError('invalid', `${WRONG_CODE}。`, { code: WRONG_CODE });
    return advance(account, { ...pending, codeGiven: true }, door);
  });
}

/** Checks a chosen password and gives its hash. Throws `invalid` beside the field that is wrong. */
export async function hashChosen(account: Account, sent: ChosenPassword): Promise<string> {
  const policy = await setting('accounts');
  const site = await siteSettings();
  const names = [account.username, account.name, site.name, site.region];
  const problem = passwordProblem(sent.password, names, policy.passwordPolicy);
  if (problem) throw new AppError('invalid', `${problem}。`, { password: problem });
  if (sent.password !== sent.again) {
    throw new AppError('invalid', '两次填写的新密码不一样。', { again: '和上面填的不一样，请再填一次' });
  }
  if (await verifyPassword(account.passwordHash, sent.password)) {
    throw new AppError('invalid', '新密码不能和现在的一样。', { password: '和现在的密码一样，请换一个' });
  }
  return hashPassword(sent.password);
}

/** Stores a password of the holder's own: every session and known device of the account ends with it. */
export async function storePassword(tx: Tx, account: Account, passwordHash: string, at: Date): Promise<void> {
  await updateAccount(tx, account, { passwordHash, passwordAt: at, mustChange: false });
  await deleteSessionsOf(tx, { kind: 'staff', id: account.id });
  await store.forgetDevices(tx, account.id);
}

/** The third step, where an administrator gave the password or it is too old: the holder chooses his own. */
export function choosePassword(
  cookie: string | undefined,
  sent: ChosenPassword,
  door: Door,
): Promise<Passage> {
  return everyTime(async () => {
    const { account, pending } = await resume(cookie);
    if (account.totpSealed && !pending.codeGiven) throw new AppError('conflict', '请先输入动态码。');
    const passwordHash = await hashChosen(account, sent);
    const at = await write(await asActor(account, now()), 'account.password', async (tx, change) => {
      await storePassword(tx, account, passwordHash, change.at);
      change.note('account', account.id, { fields: ['password'] });
      return change.at;
    });
    const changed = { ...account, passwordAt: at, mustChange: false, version: account.version + 1 };
    return advance(changed, { ...pending, passwordAt: at.getTime() }, door);
  });
}

/** The last step of an administrator's first sign-in: a code shows that the authenticator holds the secret. */
export function enrol(cookie: string | undefined, code: string, door: Door): Promise<Passage> {
  return everyTime(async () => {
    const { account, pending } = await resume(cookie);
    const { secret } = pending;
    if (!secret || account.mustChange || account.totpSealed) {
      throw new AppError('conflict', '这一步已经做过或还不能做，请回到登录页重新登录。');
    }
    const step = stepOf(secret, code, now());
    if (!step) throw new AppError('invalid', `${WRONG_CODE}。`, { code: WRONG_CODE });
    const sealed = seal(secret);
    await write(await asActor(account, now()), 'account.enrol', async (tx, change) => {
      await updateAccount(tx, account, { totpSealed: sealed, totpAt: step });
      change.note('account', account.id, { fields: ['totp'] });
    });
    const enrolled = { ...account, totpSealed: sealed, totpAt: step, version: account.version + 1 };
    return advance(enrolled, { ...pending, codeGiven: true }, door);
  });
}
