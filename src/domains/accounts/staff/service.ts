import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { asStaff, permit, ROLE_LABEL } from '#core/permissions.ts';
import { reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import type { AccountId, UnitId } from '#db/schema/ids.ts';
import { findPlace, findUnit } from '#domains/places/service.ts';
import { grantProblem } from '../grants/rules.ts';
import { hashPassword, initialPassword } from '../passwords/service.ts';
import { deleteSessionsOf } from '../session-store.ts';
import { forgetDevices } from '../sign-in/store.ts';
import { findAccount, insertAccount, insertGrant, updateAccount } from '../store.ts';
import type { NewStaff, RoleScope, StaffDetails, StaffQuery } from './input.ts';
import * as store from './store.ts';

export const PAGE_SIZE = 50;

export interface StaffEntry extends store.StaffRow {
  grants: store.GrantRow[];
  lastIn: Date | null;
}

async function withGrants(rows: readonly store.StaffRow[]): Promise<StaffEntry[]> {
  const ids = rows.map(({ id }) => id);
  const grants = await store.listGrantsOf(reader, ids, now());
  const last = await store.lastSignIns(reader, ids);
  return rows.map((row) => ({
    ...row,
    grants: grants.filter(({ accountId }) => accountId === row.id),
    lastIn: last.get(row.id) ?? null,
  }));
}

/** A page of the accounts, with how many there are in all. */
export async function listStaff(
  actor: Actor,
  { page, ...filter }: StaffQuery,
): Promise<{ entries: StaffEntry[]; total: number }> {
  permit(actor, 'accounts:manage');
  const at = now();
  const window = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  return {
    entries: await withGrants(await store.listStaff(reader, filter, at, window)),
    total: await store.countStaff(reader, filter, at),
  };
}

/** Every account, for a table. */
export async function listAllStaff(actor: Actor): Promise<StaffEntry[]> {
  permit(actor, 'accounts:manage');
  return withGrants(await store.listStaff(reader, { q: '' }, now(), { limit: 100_000, offset: 0 }));
}

export interface StaffView extends StaffEntry {
  sessions: store.SessionEntry[];
  signIns: store.SignInEntry[];
}

async function view(id: AccountId): Promise<StaffView> {
  const [entry] = await withGrants([found(await store.findStaff(reader, id), '没有找到这个账号。')]);
  return {
    ...found(entry),
    sessions: await store.listSessions(reader, id, now()),
    signIns: await store.listSignIns(reader, id, 20),
  };
}

/** An account with its roles, its sessions and its latest sign-ins. */
export function viewStaff(actor: Actor, id: AccountId): Promise<StaffView> {
  permit(actor, 'accounts:manage');
  return view(id);
}

/** The same of the one who asks. */
export function viewMyself(actor: Actor): Promise<StaffView> {
  return view(asStaff(actor).id);
}

async function checkUnit(unitId: UnitId | null): Promise<void> {
  if (unitId === null || (await findUnit(unitId))) return;
  throw new AppError('invalid', '没有这个单位，请重新选择。', { unitId: '请重新选择单位' });
}

/** Gives a role over a place as part of a larger change. Throws `invalid` beside `role` or `placeId`. */
export async function addGrant(
  actor: Actor,
  tx: Tx,
  change: Change,
  accountId: AccountId,
  held: readonly Role[],
  { role, placeId, categories }: RoleScope,
): Promise<void> {
  const problem = grantProblem(held, role);
  if (problem) throw new AppError('invalid', `${problem}。`, { role: problem });
  const place = await findPlace(placeId, tx);
  if (!place || place.retiredAt)
    throw new AppError('invalid', '没有这个地域，请重新选择。', { placeId: '请重新选择地域' });
  permit(actor, 'accounts:manage', place.path);
  await insertGrant(tx, {
    accountId,
    role,
    placeId,
    categories: categories.length > 0 ? categories : null,
    from: change.at,
  });
  change.note('account', accountId, { to: { role, placeId, categories: categories.join(' ') } });
  change.touch('accounts');
}

/** Makes an account with its first role. Gives its id and the password that is handed over once. */
export async function createStaff(
  actor: Actor,
  sent: NewStaff,
): Promise<{ id: AccountId; password: string }> {
  permit(actor, 'accounts:manage');
  await checkUnit(sent.unitId);
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  const id = await write(actor, 'account.create', async (tx, change) => {
    const { username, name, unitId } = sent;
    if ((await store.listTaken(tx, [username])).size > 0) {
      throw new AppError('conflict', `用户名“${username}”已有人用，请换一个。`, {
        username: '已有人用，请换一个',
      });
    }
    const id = await insertAccount(tx, { username, name, unitId, passwordHash, mustChange: true }, change.at);
    change.note('account', id, { fields: ['username', 'name'], to: { unitId } });
    await addGrant(actor, tx, change, id, [], sent);
    change.answer(`/staff/accounts/${id}`);
    return id;
  });
  return { id, password };
}

/** Changes an account's name and unit. */
export async function changeStaff(actor: Actor, id: AccountId, sent: StaffDetails): Promise<void> {
  permit(actor, 'accounts:manage');
  await checkUnit(sent.unitId);
  await write(actor, 'account.change', async (tx, change) => {
    const account = found(await findAccount(tx, id));
    await updateAccount(tx, account, sent);
    change.note('account', id, {
      fields: ['name'],
      from: { unitId: account.unitId },
      to: { unitId: sent.unitId },
    });
  });
}

/** Nobody may raise himself, nor lock himself out. */
function notOneself(actor: Actor, id: AccountId): void {
  if (actor.kind === 'staff' && actor.id === id) {
    throw new AppError('forbidden', '不能改自己账号的角色和状态，请由另一位系统管理员来做。');
  }
}

/** Gives an account one more role. */
export async function grantRole(actor: Actor, id: AccountId, sent: RoleScope): Promise<void> {
  permit(actor, 'accounts:manage');
  notOneself(actor, id);
  await write(actor, 'account.grant', async (tx, change) => {
    found(await findAccount(tx, id));
    const held = await store.listGrantsOf(tx, [id], change.at);
    const scope = JSON.stringify(sent.categories.length > 0 ? sent.categories : null);
    const same = held.some(
      (one) =>
        one.role === sent.role && one.placeId === sent.placeId && JSON.stringify(one.categories) === scope,
    );
    if (same) throw new AppError('conflict', '这个账号已经有这个角色。', { role: '已经有这个角色' });
    await addGrant(
      actor,
      tx,
      change,
      id,
      held.map(({ role }) => role),
      sent,
    );
  });
}

/** Throws when an act would leave the city without anyone to manage its accounts. */
async function keepOneAdministrator(tx: Tx, at: Date): Promise<void> {
  if ((await store.countHolders(tx, 'sysAdmin', at)) > 0) return;
  throw new AppError(
    'conflict',
    `这是最后一位${ROLE_LABEL.sysAdmin}，不能停用或收回。请先给另一个人这个角色。`,
  );
}

/** Takes a role back; it stays in the history. */
export async function revokeRole(actor: Actor, id: AccountId, grantId: number): Promise<void> {
  permit(actor, 'accounts:manage');
  notOneself(actor, id);
  await write(actor, 'account.revoke', async (tx, change) => {
    const closed = found(
      await store.closeGrant(tx, grantId, id, change.at),
      '这个角色已经收回，请刷新页面。',
    );
    await keepOneAdministrator(tx, change.at);
    change.note('account', id, { from: { role: closed.role, placeId: closed.placeId } });
    change.touch('accounts');
  });
}

/** Shuts an account: its sessions end at once. */
export async function disableStaff(actor: Actor, id: AccountId): Promise<void> {
  permit(actor, 'accounts:manage');
  notOneself(actor, id);
  await write(actor, 'account.disable', async (tx, change) => {
    const account = found(await findAccount(tx, id));
    await updateAccount(tx, account, { state: 'disabled' });
    await deleteSessionsOf(tx, { kind: 'staff', id });
    await forgetDevices(tx, id);
    await keepOneAdministrator(tx, change.at);
    change.note('account', id, { from: { state: account.state }, to: { state: 'disabled' } });
    change.touch('accounts');
  });
}

/** Opens a shut account again. */
export async function enableStaff(actor: Actor, id: AccountId): Promise<void> {
  permit(actor, 'accounts:manage');
  await write(actor, 'account.enable', async (tx, change) => {
    const account = found(await findAccount(tx, id));
    await updateAccount(tx, account, { state: 'active' });
    change.note('account', id, { from: { state: account.state }, to: { state: 'active' } });
    change.touch('accounts');
  });
}

/** Gives an account a new first password: the old one, its sessions and its known devices end. Gives it, to be handed over once. */
export async function resetPassword(actor: Actor, id: AccountId): Promise<string> {
  permit(actor, 'accounts:manage');
  notOneself(actor, id);
  const password = initialPassword();
  const passwordHash = await hashPassword(password);
  await write(actor, 'account.resetPassword', async (tx, change) => {
    const account = found(await findAccount(tx, id));
    await updateAccount(tx, account, { passwordHash, passwordAt: change.at, mustChange: true });
    await deleteSessionsOf(tx, { kind: 'staff', id });
    await forgetDevices(tx, id);
    change.note('account', id, { fields: ['password'] });
    change.answer(`/staff/accounts/${id}`);
  });
  return password;
}

/** Takes the second factor off, for a holder who lost his phone; an administrator sets up a new one at the next sign-in. */
export async function resetTotp(actor: Actor, id: AccountId): Promise<void> {
  permit(actor, 'accounts:manage');
  notOneself(actor, id);
  await write(actor, 'account.resetTotp', async (tx, change) => {
    const account = found(await findAccount(tx, id));
    await updateAccount(tx, account, { totpSealed: null, totpAt: null });
    await deleteSessionsOf(tx, { kind: 'staff', id });
    change.note('account', id, { fields: ['totp'] });
  });
}

/** Ends one session of an account: an administrator anybody's, everyone his own. */
export async function endSession(actor: Actor, id: AccountId, session: string): Promise<void> {
  if (asStaff(actor).id !== id) permit(actor, 'accounts:manage');
  await write(actor, 'account.endSession', async (tx, change) => {
    found((await store.deleteSessionOf(tx, session, id)) || null, '这次登录已经结束，请刷新页面。');
    change.note('account', id);
  });
}

/** Ends every session of an account. */
export async function endSessions(actor: Actor, id: AccountId): Promise<void> {
  permit(actor, 'accounts:manage');
  await write(actor, 'account.endSessions', async (tx, change) => {
    await deleteSessionsOf(tx, { kind: 'staff', id });
    change.note('account', id);
  });
}
