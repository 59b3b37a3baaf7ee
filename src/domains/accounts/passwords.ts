import { hash, verify } from '@node-rs/argon2';

/** Hashes a password with argon2id (19 MiB, two passes: OWASP's floor). Slow on purpose: never inside a transaction. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'));

/** Whether the password is the one behind the hash. A hash that cannot be read matches nothing. */
export async function matchesPassword(hashed: string, password: string): Promise<boolean> {
  return verify(hashed, password.normalize('NFKC')).catch(() => false);
}
