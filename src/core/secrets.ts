import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { EnvError, env } from './env.ts';

const KeyFile = z.object({
  current: z.string(),
  keys: z.record(
    z.string(),
    z
      .string()
      .transform((v) => Buffer.from(v, 'base64'))
      .refine((b) => b.length === 32),
  ),
  lookup: z
    .string()
    .transform((v) => Buffer.from(v, 'base64'))
    .refine((b) => b.length === 32),
});
type KeyFile = z.output<typeof KeyFile>;

function makeKeyFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const key = () => randomBytes(32).toString('base64');
  const content = { current: 'k1', keys: { k1: key() }, lookup: key() };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
}

function readKeyFile(file: string): KeyFile {
  if (!existsSync(file)) makeKeyFile(file);
  try {
    const parsed = KeyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.keys[parsed.current]) throw new Error('no current key');
    return parsed;
  } catch {
    throw new EnvError(`密钥文件 ${file} 读不出来或内容不对，请从保管处恢复原文件后再启动。`);
  }
}

let loaded: KeyFile | null = null;
const keys = (): KeyFile => {
  loaded ??= readKeyFile(env().keyFile);
  return loaded;
};

const current = (): { id: string; key: Buffer } => {
  const { current: id, keys: all } = keys();
  const key = all[id];
  if (!key) throw new EnvError('密钥文件缺少当前密钥，请从保管处恢复原文件后再启动。');
  return { id, key };
};

/** Encrypts a personal datum: `v1$<key id>$<nonce>$<AES-256-GCM text and tag>`. */
export function seal(plain: string): string {
  const { id, key } = current();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1$${id}$${nonce.toString('base64url')}$${text.toString('base64url')}`;
}

/** Opens what `seal` closed. Throws when the key is missing or the text was altered. */
export function unseal(sealed: string): string {
  const [version, id, nonce, text] = sealed.split('$');
  const key = id === undefined ? undefined : keys().keys[id];
  if (version !== 'v1' || !key || nonce === undefined || text === undefined)
    throw new Error('sealed text cannot be read');
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
}

const derived = new Map<string, KeyObject>();

/** A keyed hash under a purpose of its own, 32 bytes: query codes, form ids, look-ups never share a key. */
export function hmac(purpose: string, value: string): Buffer {
  let key = derived.get(purpose);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync('sha256', keys().lookup, '', purpose, 32)));
    derived.set(purpose, key);
  }
  return createHmac('sha256', key).update(value).digest();
}

/** By what a sealed phone or ID number is found again. */
export function fingerprint(value: string): string {
  return hmac('fingerprint', value).toString('base64url');
}

const PROBE = 'linsheng';

/** A mark of the look-up key; a store remembers the mark of the key it was filled under. */
export function keyMark(): string {
  return hmac('key-mark', PROBE).toString('base64url');
}

/** A sealed word that a store remembers, to tell whether what it sealed can still be opened. */
export const keyProbe = (): string => seal(PROBE);

/** Whether the keys open the word that `keyProbe` sealed. */
export function opensProbe(sealed: string): boolean {
  try {
    return unseal(sealed) === PROBE;
  } catch {
    return false;
  }
}
