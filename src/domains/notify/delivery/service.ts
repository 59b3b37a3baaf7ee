import { createTransport, type Transporter } from 'nodemailer';
import { DAY_MS, now } from '#core/clock.ts';
import { env } from '#core/env.ts';
import { log } from '#core/log.ts';
import { unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { wake } from '#core/tags.ts';
import { write } from '#core/write.ts';
import { type SiteSettings, setting, siteSettings } from '#domains/settings/service.ts';
import { MOST_TRIES, nextTry, quietUntil, smsText, TEMPLATES, templateOf, wordsOf } from '../rules.ts';
import * as store from '../store.ts';

const AT_ONCE = 50;
const LEASE_MS = 15 * 60_000;
const PATIENCE_MS = 10_000;

const URGENT = Object.entries(TEMPLATES).flatMap(([name, template]) => ('urgent' in template ? [name] : []));

/** Why something could not be handed over, without the words or the address: `HTTP 500`, `SMTP 550`, `ETIMEDOUT`. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { responseCode, code, cause } = error as Error & { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number') return `SMTP ${responseCode}`;
  if (error.message.startsWith('HTTP ')) return error.message;
  if (typeof code === 'string') return code;
  return cause instanceof Error ? failureOf(cause) : error.name;
}

/** The signature in front of every short message. */
function signatureOf(signature: string, site: Pick<SiteSettings, 'name'>): string {
  return signature || site.name.replace(/[【】[\]]/g, '').slice(0, 12) || '邻声';
}

/**
 * Hands one short message to the gateway at `SMS_URL`: a POST of JSON
 * `{ "id", "phone", "signature", "template", "params", "text" }`, `text` with the signature in front as carriers want it.
 * Name and password in the address go as Basic authorisation, `id` also as `Idempotency-Key`: a message that is sent
 * again after a broken connection carries the same one. Any 2xx answer means that it was taken.
 */
async function handToGateway(
  gateway: string,
  message: store.Message,
  params: Record<string, string>,
  signature: string,
): Promise<void> {
  const url = new URL(gateway);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  const id = `linsheng-${message.id}-${message.createdAt.getTime()}`;
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Idempotency-Key': id,
      ...(credentials === ':'
        ? {}
        : { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
    body: JSON.stringify({
      id,
      phone: unseal(message.toSealed),
      signature,
      template: message.template,
      params,
      text: smsText(signature, wordsOf(message.template, params)),
    }),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}

let transport: Transporter | null = null;

async function handToMail(
  server: string,
  message: store.Message,
  params: Record<string, string>,
  site: SiteSettings,
): Promise<void> {
  transport ??= createTransport(server, {
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const words = wordsOf(message.template, params);
  await transport.sendMail({
    from: { name: site.name, address: site.email },
    to: unseal(message.toSealed),
    subject: `${site.name}：${templateOf(message.template)?.label ?? ''}`,
    text: `${words}\n\n${site.name} ${site.origin}\n此邮件由系统发出，请不要直接回复。`,
  });
}

type Outcome = Parameters<typeof store.settleMessage>[2];

const HELD: Outcome = { state: 'held', tries: 0, failure: null };

/** What is to be done with a message before it is handed to anyone; `null` when it may go. */
async function heldBack(message: store.Message, site: SiteSettings, at: Date): Promise<Outcome | null> {
  if (message.channel === 'site') return { state: 'sent', sentAt: at, failure: null };
  const { smtpUrl, smsUrl } = env();
  const way = message.channel === 'sms' ? smsUrl : smtpUrl && site.email;
  if (site.demo || !way) return HELD;
  if (message.channel === 'mail' || URGENT.includes(message.template)) return null;
  const { noticesPerDay, quietFrom, quietTo } = await setting('messages');
  const morning = quietUntil(at, { from: quietFrom, to: quietTo });
  if (morning) return { state: 'queued', tries: message.tries - 1, dueAt: morning, failure: null };
  const sent = await store.countSent(reader, message.toHash, new Date(at.getTime() - DAY_MS), URGENT);
  return sent >= noticesPerDay ? { state: 'capped', failure: null } : null;
}

async function handOver(message: store.Message, site: SiteSettings): Promise<Outcome> {
  const at = now();
  try {
    const params = JSON.parse(unseal(message.paramsSealed)) as Record<string, string>;
    const { smtpUrl, smsUrl } = env();
    if (message.channel === 'sms') {
      const { signature } = await setting('messages');
      await handToGateway(smsUrl ?? '', message, params, signatureOf(signature, site));
    } else {
      await handToMail(smtpUrl ?? '', message, params, site);
    }
    return { state: 'sent', sentAt: now(), failure: null };
  } catch (error) {
    const failure = failureOf(error);
    const dueAt = nextTry(message.tries, at);
    log.warn({ message: message.id, tries: message.tries, failure }, 'a message was not taken');
    return dueAt === null || message.tries >= MOST_TRIES
      ? { state: 'failed', failure }
      : { state: 'queued', dueAt, failure };
  }
}

/**
 * Sends what is due, fifty at most, and asks to be called again if there may be more. In a demonstration, and where no
 * way out is configured, messages are held in the outbox instead. Running it twice sends nothing twice.
 */
export async function sendDue(): Promise<void> {
  const at = now();
  const lease = new Date(at.getTime() + LEASE_MS);
  const due = await write.quiet((tx) => store.claimDue(tx, at, lease, URGENT, AT_ONCE));
  const site = await siteSettings();
  due.sort((a, b) => Number(URGENT.includes(b.template)) - Number(URGENT.includes(a.template)));
  for (const message of due) {
    const outcome = (await heldBack(message, site, now())) ?? (await handOver(message, site));
    await write.quiet((tx) => store.settleMessage(tx, message.id, outcome));
  }
  if (due.length === AT_ONCE) wake('send-outbox');
}

/** How a short message that is asked for now would leave the site. */
export async function smsGoes(): Promise<'out' | 'held' | 'demo'> {
  if ((await siteSettings()).demo) return 'demo';
  return env().smsUrl ? 'out' : 'held';
}
