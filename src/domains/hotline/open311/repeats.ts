import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Sent } from '#core/multipart.ts';
import { fingerprint } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { AlreadyAnswered, findAnswer, runSubmission, type Submission } from '#core/submission.ts';

/** How long a call that is repeated word for word is taken for one sent again after a lost answer. */
const WINDOW_MS = 10 * 60_000;

/** What a call says, whatever the order in which it says it; pictures count by their bytes. */
export async function printOf({ fields, files }: Sent): Promise<string> {
  const hash = createHash('sha256');
  const said = [...fields].map(([name, value]) => JSON.stringify([name, value])).sort();
  hash.update(said.join('\n'));
  for (const file of files)
    hash.update(
      createHash('sha256')
        .update(await readFile(file.path))
        .digest(),
    );
  return hash.digest('base64url');
}

/**
 * Runs `write`, whose change names what it answers by `change.answer`, unless the same call was answered within the last minutes:
 * clients send again when an answer was lost on the way. Gives the answer named, of this call or of the first.
 */
export async function oncePerCall(
  client: string,
  print: string,
  at: Date,
  write: () => Promise<string>,
): Promise<string> {
  const slot = Math.floor(at.getTime() / WINDOW_MS);
  const idOf = (n: number): string => `open311:${fingerprint(`${client} ${print} ${n}`)}`;
  for (const n of [slot, slot - 1]) {
    const earlier = await findAnswer(reader, idOf(n));
    if (earlier !== null) return earlier;
  }
  const submission: Submission = { id: idOf(slot), location: '', recorded: false };
  try {
    return await runSubmission(submission, write);
  } catch (error) {
    if (error instanceof AlreadyAnswered) return error.location;
    throw error;
  }
}
