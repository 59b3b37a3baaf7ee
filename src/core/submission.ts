import { AsyncLocalStorage } from 'node:async_hooks';
import { eq } from 'drizzle-orm';
import { formAnswers } from '#db/schema/core.ts';
import { slots } from './slots.ts';
import { type Db, ready, type Tx } from './store.ts';

/** One sending of a form, while its handler runs. */
export interface Submission {
  id: string;
  /** Where a repeated sending is to be led; empty means back to the form's own page. */
  location: string;
  /** Whether a committed write has recorded the answer. */
  recorded: boolean;
}

/** The same form was answered before; nothing of this sending was kept. */
export class AlreadyAnswered extends Error {
  readonly location: string;
  constructor(location: string) {
    super('already answered');
    this.location = location;
  }
}

const storage = new AsyncLocalStorage<Submission>();

export const runSubmission = <T>(submission: Submission, run: () => Promise<T>): Promise<T> =>
  storage.run(submission, run);

/** Runs changes that every sending of a form makes anew, such as a sign-in: each browser needs its own. */
export const everyTime = <T>(run: () => Promise<T>): Promise<T> =>
  storage.run({ id: '', location: '', recorded: true }, run);

export const currentSubmission = (): Submission | undefined => storage.getStore();

export async function findAnswer(db: Db, id: string): Promise<string | null> {
  const [row] = await db
    .select({ location: formAnswers.location })
    .from(formAnswers)
    .where(eq(formAnswers.id, id));
  return row?.location ?? null;
}

const insertAnswer = ready((db) =>
  db
    .insert(formAnswers)
    .values(slots('id', 'at', 'location'))
    .onConflictDoNothing()
    .returning({ id: formAnswers.id })
    .prepare(),
);

/** Records the answer with the change itself. Throws `AlreadyAnswered` when another sending came first. */
export async function recordAnswer(tx: Tx, submission: Submission, at: Date): Promise<void> {
  const { id, location } = submission;
  const rows = await insertAnswer(tx).all({ id, at, location });
  if (rows.length === 0) throw new AlreadyAnswered((await findAnswer(tx, submission.id)) ?? '');
}

export async function moveAnswer(tx: Tx, id: string, location: string): Promise<void> {
  await tx.update(formAnswers).set({ location }).where(eq(formAnswers.id, id));
}
