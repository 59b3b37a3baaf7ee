import { and, asc, count, desc, eq, gt, inArray, lt, lte, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { MessageId } from '#db/schema/ids.ts';
import { outbox } from '#db/schema/notify.ts';
import type { MessageChannel, MessageState } from '#db/schema/notify.values.ts';

export type Message = typeof outbox.$inferSelect;

/**
 * Takes what is due, `most` at most, the urgent first. Who takes it has it until `lease`: another runner, or the
 * same one run twice, finds it gone.
 */
export function claimDue(
  tx: Tx,
  now: Date,
  lease: Date,
  urgent: readonly string[],
  most: number,
): Promise<Message[]> {
  const due = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.state, 'queued'), lte(outbox.dueAt, now)))
    .orderBy(desc(inArray(outbox.template, [...urgent])), asc(outbox.dueAt), asc(outbox.id))
    .limit(most);
  return tx
    .update(outbox)
    .set({ dueAt: lease, tries: sql`${outbox.tries} + 1` })
    .where(and(inArray(outbox.id, due), eq(outbox.state, 'queued')))
    .returning();
}

/** What became of a message that was taken. Nothing happens if it is no longer waiting. */
export async function settleMessage(
  tx: Tx,
  id: MessageId,
  outcome: {
    state: MessageState;
    tries?: number;
    dueAt?: Date;
    sentAt?: Date;
    failure: string | null;
  },
): Promise<void> {
  await tx
    .update(outbox)
    .set(outcome)
    .where(and(eq(outbox.id, id), eq(outbox.state, 'queued')));
}

/** Short messages of these templates apart, how many a recipient was sent since an instant. */
export async function countSent(
  db: Db,
  toHash: string,
  since: Date,
  apart: readonly string[],
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.toHash, toHash),
        eq(outbox.channel, 'sms'),
        eq(outbox.state, 'sent'),
        gt(outbox.sentAt, since),
        notInArray(outbox.template, [...apart]),
      ),
    );
  return row?.n ?? 0;
}

export interface OutboxFilter {
  state?: MessageState | undefined;
  channel?: MessageChannel | undefined;
  template?: string | undefined;
}

const matching = ({ state, channel, template }: OutboxFilter): SQL | undefined =>
  and(
    state ? eq(outbox.state, state) : undefined,
    channel ? eq(outbox.channel, channel) : undefined,
    template ? eq(outbox.template, template) : undefined,
  );

/** The newest first. */
export function listMessages(
  db: Db,
  filter: OutboxFilter,
  limit: number,
  offset: number,
): Promise<Message[]> {
  return db
    .select()
    .from(outbox)
    .where(matching(filter))
    .orderBy(desc(outbox.id))
    .limit(limit)
    .offset(offset);
}

export async function countMessages(db: Db, filter: OutboxFilter): Promise<number> {
  const [row] = await db.select({ n: count() }).from(outbox).where(matching(filter));
  return row?.n ?? 0;
}

/** What a recipient was told since an instant, the newest first, whatever became of the sending. */
export function listMessagesTo(
  db: Db,
  toHash: string,
  since: Date,
  apart: readonly string[],
): Promise<Message[]> {
  return db
    .select()
    .from(outbox)
    .where(
      and(eq(outbox.toHash, toHash), gt(outbox.createdAt, since), notInArray(outbox.template, [...apart])),
    )
    .orderBy(desc(outbox.id))
    .limit(50);
}

/** Puts a message that did not go out back into the queue. Gives `false` when it went out, or is waiting already. */
export async function requeue(tx: Tx, id: MessageId, at: Date): Promise<boolean> {
  const rows = await tx
    .update(outbox)
    .set({ state: 'queued', tries: 0, dueAt: at, failure: null })
    .where(and(eq(outbox.id, id), inArray(outbox.state, ['failed', 'held', 'capped'])))
    .returning({ id: outbox.id });
  return rows.length > 0;
}

/** Wipes the parameters of one template's messages from before an instant; what still waited goes nowhere. */
export async function wipeParams(tx: Tx, template: string, before: Date): Promise<void> {
  const old = and(eq(outbox.template, template), lt(outbox.createdAt, before), ne(outbox.paramsSealed, ''));
  await tx
    .update(outbox)
    .set({
      paramsSealed: '',
      state: sql`case ${outbox.state} when 'queued' then 'failed' else ${outbox.state} end`,
    })
    .where(old);
}
