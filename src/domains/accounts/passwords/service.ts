import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { randomToken } from '#core/ids.ts';

// Each takes 19 MiB for its time: two at once leave the rest of the server its memory and its threads.
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await run();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** The argon2id hash of a password, as it is stored. Slow on purpose: never inside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC')));
}

let nobody: Promise<string> | null = null;

/** Whether the password is the one behind the hash. Without a hash it takes as long and says no. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomToken());
  const against = stored ?? (await nobody);
  const right = await inTurn(() => verify(against, password.normalize('NFKC')));
  return right && stored !== null;
}

// Without the signs that people mistake for one another when they copy from paper.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password of four groups of four signs, to be handed over once and changed at the first sign-in. */
export function initialPassword(): string {
  const signs: string[] = [];
  while (signs.length < 16) {
    for (const byte of randomBytes(32)) {
      const sign = byte < 248 ? SIGNS[byte % SIGNS.length] : undefined;
      if (sign !== undefined && signs.length < 16) signs.push(sign);
    }
  }
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-');
}
