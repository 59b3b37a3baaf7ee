import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql';
import { meta, purges } from '#db/schema/core.ts';
import { outbox } from '#db/schema/notify.ts';
import type { MessageChannel } from '#db/schema/notify.values.ts';
import type { Actor } from './actor.ts';
import { append, type Note, type Noted } from './audit.ts';
import { now } from './clock.ts';
import { AppError } from './errors.ts';
import { randomToken } from './ids.ts';
import { log } from './log.ts';
import { fingerprint, seal } from './secrets.ts';
import { reader, sqliteCode, type Tx, target, withoutParameters, writerClient } from './store.ts';
import { currentSubmission, recordAnswer } from './submission.ts';
import { ORIGIN, purge, wake } from './tags.ts';

export interface OutgoingMessage {
  channel: MessageChannel;
  /** Phone number, mail address, or the account or resident (`account:3`) of a message within the site. */
  to: string;
  template: string;
  params: Readonly<Record<string, string>>;
  event: string;
  about?: string;
  /** Not before this instant; at once when left out. */
  dueAt?: Date;
}

/** What a change tells besides its rows: the log, the public pages it alters, whom it informs. */
export interface Change {
  readonly at: Date;
  note(entity: string, id: string | number, what?: Noted): void;
  /** Names public pages that changed, by ASCII tags without spaces: `news:12`, `home`. */
  touch(...tags: string[]): void;
  send(message: OutgoingMessage): void;
  /** Where a repeated sending of the form that caused this change is led. */
  answer(location: string): void;
}

/** How long a write waits for its turn and for a lock held by another process, before it gives up (ms). */
const PATIENCE_MS = 15_000;
const RETRY_MS = 50;

const db = drizzle(writerClient);

const writers = Symbol.for('linsheng.writers');
const registry = globalThis as typeof globalThis & { [writers]?: number };
registry[writers] = (registry[writers] ?? 0) + 1;

/** How many instances of the write path this process has loaded: 1, or the module graph has split. */
export const writerCount = (): number => registry[writers] ?? 0;

let tail: Promise<unknown> = Promise.resolve();
let failedCommits = 0;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const NOT_SAVED = '系统繁忙，刚才的操作没有提交成功。您填写的内容仍在，请稍后再试一次。';

const isBusy = (error: unknown): boolean =>
  sqliteCode(error).startsWith('SQLITE_BUSY') ||
  (error instanceof Error && error.message.includes('cannot commit'));

const isFault = (error: unknown): boolean =>
  /^SQLITE_(IOERR|FULL|CORRUPT|READONLY|CANTOPEN)/.test(sqliteCode(error));

/** After a busy failure the connection would acknowledge writes it never commits, so it is replaced at once. */
async function freshConnection(): Promise<void> {
  if (target.file) await writerClient.reconnect();
}

/** Runs one transaction. Only a failure before it began is tried again: nothing of it ran. */
async function attempt<T>(run: (tx: Tx) => Promise<T>, deadline: number): Promise<T> {
  for (;;) {
    let began = false;
    try {
      const result = await db.transaction((tx) => {
        began = true;
        return run(tx);
      });
      failedCommits = 0;
      return result;
    } catch (error) {
      if (!isBusy(error)) throw error;
      await freshConnection();
      if (!began && Date.now() < deadline) {
        await pause(RETRY_MS);
        continue;
      }
      if (began && ++failedCommits > 1) {
        log.fatal(
          'two commits failed in a row; the process gives up rather than acknowledge what is not stored',
        );
        process.exit(1);
      }
      throw new AppError('unavailable', NOT_SAVED, {}, 5);
    }
  }
}

/** The one queue: callers wait here, never inside the engine, which would stop the event loop. */
function exclusive<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  const turn = tail.then(async () => {
    try {
      return await attempt(run, deadline);
    } catch (error) {
      if (isFault(error)) {
        log.error({ code: sqliteCode(error) }, 'the store refused a write');
        throw new AppError('unavailable', NOT_SAVED, {}, 30);
      }
      throw withoutParameters(error);
    }
  });
  tail = turn.catch(() => {});
  return turn;
}

class Draft implements Change {
  readonly at = now();
  readonly notes: Note[] = [];
  readonly tags = new Set<string>();
  readonly messages: OutgoingMessage[] = [];
  readonly action: string;

  constructor(action: string) {
    this.action = action;
  }
  note(entity: string, id: string | number, what: Noted = {}): void {
    this.notes.push({ action: this.action, entity, id, what });
  }
  touch(...tags: string[]): void {
    for (const tag of tags) this.tags.add(tag);
  }
  send(message: OutgoingMessage): void {
    this.messages.push(message);
  }
  answer(location: string): void {
    const submission = currentSubmission();
    if (submission && !submission.recorded) submission.location = location;
  }
}

const outboxRow = (message: OutgoingMessage, at: Date): typeof outbox.$inferInsert => ({
  channel: message.channel,
  toSealed: seal(message.to),
  toHash: fingerprint(message.to),
  template: message.template,
  paramsSealed: seal(JSON.stringify(message.params)),
  event: message.event,
  about: message.about ?? null,
  dueAt: message.dueAt ?? at,
  createdAt: at,
});

async function settle(tx: Tx, actor: Actor, draft: Draft): Promise<void> {
  if (draft.notes.length === 0) throw new Error(`the change ${draft.action} noted nothing`);
  await append(tx, actor, draft.at, draft.notes);
  if (draft.tags.size > 0) {
    await tx.insert(purges).values({ at: draft.at, origin: ORIGIN, tags: [...draft.tags].join(' ') });
  }
  const rows = draft.messages.map((message) => outboxRow(message, draft.at));
  for (let i = 0; i < rows.length; i += 500) await tx.insert(outbox).values(rows.slice(i, i + 500));
}

/**
 * The only door to a change. `run` gets the transaction and the change to describe; it must note at least
 * one thing, must not wait for anything slow, and must not call `write` again. Everything is committed
 * together; then the touched pages are purged, then the promise resolves.
 * Throws what `run` throws, `unavailable` when the store could not take the change, `AlreadyAnswered`
 * when the form that caused it was answered before.
 */
export async function write<T>(
  actor: Actor,
  action: string,
  run: (tx: Tx, change: Change) => Promise<T>,
): Promise<T> {
  const submission = currentSubmission();
  const { result, draft } = await exclusive(async (tx) => {
    const draft = new Draft(action);
    const result = await run(tx, draft);
    await settle(tx, actor, draft);
    if (submission && !submission.recorded) await recordAnswer(tx, submission, draft.at);
    return { result, draft };
  });
  if (submission) submission.recorded = true;
  if (draft.tags.size > 0) purge([...draft.tags]);
  if (draft.messages.length > 0) wake('send-outbox');
  return result;
}

/** A change too small or too frequent for the log: sessions, counters, limits. The same queue, no audit. */
write.quiet = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => exclusive(run);

/** Writes a row by the writer and looks for it by the reader. Throws when they disagree: then acknowledged writes are not stored. */
export async function probeStore(): Promise<void> {
  const mark = randomToken(9);
  await write.quiet((tx) =>
    tx
      .insert(meta)
      .values({ key: 'probe', value: mark })
      .onConflictDoUpdate({ target: meta.key, set: { value: mark } }),
  );
  const [row] = await reader.select({ value: meta.value }).from(meta).where(eq(meta.key, 'probe'));
  if (row?.value !== mark) throw new Error('a committed write is not seen by a second connection');
}
