import { fingerprint } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { one, refusal } from '../arguments.ts';
import * as store from './store.ts';

/** The program that sends. It is known by a mark of its key; the key itself stands nowhere. */
export interface Client {
  mark: string;
}

const MARK_LENGTH = 12;

/** Whoever holds the key that was sent. Throws `forbidden` for a missing and for a wrong one. */
export async function admitClient(fields: URLSearchParams): Promise<Client> {
  const key = one(fields, 'api_key');
  if (key === null) throw refusal('forbidden', 'api_key', '缺少这个参数，请在请求正文里提供');
  // What is compared is a keyed hash, so how long it takes tells nothing of the key.
  const given = fingerprint(key);
  const known = (await store.listKeys(reader)).includes(given);
  if (!known) throw refusal('forbidden', 'api_key', '不对或已停用');
  return { mark: given.slice(0, MARK_LENGTH) };
}

/** Lets pass the one city that is served here, by the name of its site, and whoever names none. Throws `not_found` for any other. */
export async function assertJurisdiction(id: string | null): Promise<void> {
  if (id === null) return;
  const { domain } = await siteSettings();
  const names = [domain, domain.replace(/:\d+$/, '')];
  if (names.includes(id.toLowerCase())) return;
  throw refusal('not_found', 'jurisdiction_id', `本站只服务 ${names.at(-1)}，可以不填这个参数`);
}
