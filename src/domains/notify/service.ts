import type { Actor } from '#core/actor.ts';
import { DAY_MS, now } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { wake } from '#core/tags.ts';
import { write } from '#core/write.ts';
import type { MessageId } from '#db/schema/ids.ts';
import type { MessageChannel, MessageState } from '#db/schema/notify.values.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';
import { templateOf, wordsOf } from './rules.ts';
import * as store from './store.ts';

export { smsGoes } from './delivery/service.ts';

export const STATE_LABEL: Readonly<Record<MessageState, string>> = {
  queued: '待发',
  sent: '已发出',
  failed: '未发出',
  capped: '超过条数未发',
  held: '留在站内',
};
export const CHANNEL_LABEL: Readonly<Record<MessageChannel, string>> = {
  sms: '短信',
  mail: '邮件',
  site: '站内',
};

export interface OutboxEntry {
  id: MessageId;
  channel: MessageChannel;
  /** The recipient, the middle hidden. */
  to: string;
  template: string;
  label: string;
  words: string;
  state: MessageState;
  tries: number;
  createdAt: Date;
  dueAt: Date;
  sentAt: Date | null;
  failure: string | null;
}

const masked = (to: string): string =>
  to.includes('@') ? to.replace(/^(.).*?(?=@)/, '$1***') : to.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2');

/** Codes open doors: nobody reads them in the outbox but in a demonstration, which has no other way to show them. */
function wordsShown(message: store.Message, demo: boolean): string {
  if (message.paramsSealed === '') return '内容已按期清除';
  const params = JSON.parse(unseal(message.paramsSealed)) as Record<string, string>;
  if (!demo && params.code) params.code = '******';
  return templateOf(message.template) ? wordsOf(message.template, params) : '';
}

const entry = (message: store.Message, demo: boolean): OutboxEntry => ({
  id: message.id,
  channel: message.channel,
  to: masked(unseal(message.toSealed)),
  template: message.template,
  label: templateOf(message.template)?.label ?? message.template,
  words: wordsShown(message, demo),
  state: message.state,
  tries: message.tries,
  createdAt: message.createdAt,
  dueAt: message.dueAt,
  sentAt: message.sentAt,
  failure: message.failure,
});

/** A page of the outbox, the newest first, with how many there are in all. */
export async function listOutbox(
  actor: Actor,
  filter: store.OutboxFilter,
  { size, page }: { size: number; page: number },
): Promise<{ entries: OutboxEntry[]; total: number }> {
  permit(actor, 'outbox:read');
  const { demo } = await siteSettings();
  const rows = await store.listMessages(reader, filter, size, (page - 1) * size);
  return { entries: rows.map((row) => entry(row, demo)), total: await store.countMessages(reader, filter) };
}

/** How many messages did not get out and wait for a person. */
export async function countStuck(actor: Actor): Promise<number> {
  permit(actor, 'outbox:read');
  return store.countMessages(reader, { state: 'failed' });
}

/** Sends once more what did not go out. Throws `conflict` for what did. */
export async function sendAgain(actor: Actor, id: MessageId): Promise<void> {
  permit(actor, 'outbox:read');
  await write(actor, 'outbox.sendAgain', async (tx, change) => {
    if (!(await store.requeue(tx, id, change.at))) {
      throw new AppError('conflict', '这条消息已经发出或正在等待发送，不用再发。');
    }
    change.note('message', id);
  });
  wake('send-outbox');
}

const KEPT_DAYS = 90;

export interface InboxEntry {
  at: Date;
  words: string;
}

/** What somebody was told in the last ninety days, also what never reached his phone; codes are left out. */
export async function listInbox(toHash: string): Promise<InboxEntry[]> {
  const since = new Date(now().getTime() - KEPT_DAYS * DAY_MS);
  const rows = await store.listMessagesTo(reader, toHash, since, ['code', 'case.receipt']);
  return rows.map((row) => ({ at: row.createdAt, words: wordsShown(row, false) }));
}

/** Wipes codes from messages past the days that the city keeps them. */
export async function wipeCodes(): Promise<void> {
  const { codeDays } = await setting('retention');
  await write.quiet((tx) => store.wipeParams(tx, 'code', new Date(now().getTime() - codeDays * DAY_MS)));
}
