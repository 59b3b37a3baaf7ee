import { randomBytes } from 'node:crypto';

/** An unguessable identifier of `bytes` random bytes, in URL-safe characters. */
export function randomToken(bytes = 16): string {
  return randomBytes(bytes).toString('base64url');
}

/** `digits` random decimal digits, each equally likely, leading zeros kept. */
export function randomDigits(digits: number): string {
  const limit = 10 ** digits;
  const ceiling = Math.floor(2 ** 48 / limit) * limit;
  for (;;) {
    const drawn = randomBytes(6).readUIntBE(0, 6);
    if (drawn < ceiling) return String(drawn % limit).padStart(digits, '0');
  }
}
