import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { randomToken } from '#core/ids.ts';
import { permit } from '#core/permissions.ts';
import { fingerprint } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';
import { countFiling } from '../../filing/flood.ts';
import { one, refusal } from '../arguments.ts';
import * as store from './store.ts';

/** The program that sends. It is known by a mark of its key; the key itself stands nowhere. */
export interface Client {
  mark: string;
}

const KEY_BYTES = 24;
const MARK_LENGTH = 12;

const markOf = (print: string): string => print.slice(0, MARK_LENGTH);

/** Whoever holds the key that was sent. Throws `forbidden` for a missing and for a wrong one. */
export async function admitClient(fields: URLSearchParams): Promise<Client> {
  const key = one(fields, 'api_key');
  if (key === null) throw refusal('forbidden', 'api_key', '缺少这个参数，请在请求正文里提供');
  // What is compared is a keyed hash, so how long it takes tells nothing of the key.
  const given = fingerprint(key);
  const known = (await store.listKeys(reader)).some(({ print }) => print === given);
  if (!known) throw refusal('forbidden', 'api_key', '不对或已停用');
  return { mark: markOf(given) };
}

/** Counts a call that writes. Throws `rate_limited` for a flood of one client; other clients are not disturbed. */
export async function countCall(client: Client): Promise<void> {
  const { floodPer10Minutes } = await setting('hotline');
  countFiling(`open311 ${client.mark}`, floodPer10Minutes, now());
}

/** The name of the one city that is served here, for those whose programs must send one. */
export async function jurisdiction(): Promise<string> {
  return (await siteSettings()).domain.replace(/:\d+$/, '');
}

/** Lets pass the one city that is served here, by the name of its site, and whoever names none. Throws `not_found` for any other. */
export async function assertJurisdiction(id: string | null): Promise<void> {
  if (id === null) return;
  const names = [await jurisdiction(), (await siteSettings()).domain];
  if (names.includes(id.toLowerCase())) return;
  throw refusal('not_found', 'jurisdiction_id', `本站只服务 ${names[0]}，可以不填这个参数`);
}

/** Who may send, since when. */
export async function listClients(actor: Actor): Promise<Omit<store.Key, 'print'>[]> {
  permit(actor, 'settings:edit');
  return (await store.listKeys(reader)).map(({ id, name, since }) => ({ id, name, since }));
}

/** Gives out a key. It is returned this once and never to be seen again. */
export async function issueKey(actor: Actor, name: string): Promise<string> {
  permit(actor, 'settings:edit');
  const key = randomToken(KEY_BYTES);
  const print = fingerprint(key);
  await write(actor, 'open311.issueKey', async (tx, change) => {
    await store.insertKey(tx, markOf(print), { print, name, since: change.at });
    change.note('open311-key', markOf(print), { fields: ['name'] });
  });
  return key;
}

/** Takes a key back: from now on nothing is taken in with it; what was filed stays. Throws `not_found` for a key that is gone. */
export async function revokeKey(actor: Actor, id: string): Promise<void> {
  permit(actor, 'settings:edit');
  await write(actor, 'open311.revokeKey', async (tx, change) => {
    const known = (await store.listKeys(tx)).some((key) => key.id === id);
    if (!known || !(await store.deleteKey(tx, id))) throw new AppError('not_found', '这个密钥已经停用。');
    change.note('open311-key', id, { reason: 'revoked' });
  });
}
