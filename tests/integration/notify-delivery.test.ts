import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshStore } from '../support/store.ts';

/** A gateway that answers as it is told and remembers what it received. */
const received: { headers: IncomingMessage['headers']; body: Record<string, unknown> }[] = [];
let answers: number[] = [];
const gateway = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    received.push({ headers: request.headers, body: JSON.parse(text) });
    response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end('ok');
  });
});
await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));

const mails: string[] = [];
let refuseMail = false;
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onRcptTo: (_address, _session, done) =>
    done(
      refuseMail ? Object.assign(new Error('no such box <zhang@example.com>'), { responseCode: 550 }) : null,
    ),
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk) => (text += chunk));
    stream.on('end', () => {
      mails.push(text);
      done();
    });
  },
});
await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', () => resolve()));

const { remove } = freshStore();
process.env.SMS_URL = `http://linsheng:geheim%20@127.0.0.1:${(gateway.address() as AddressInfo).port}/sms?x=1`;
process.env.SMTP_URL = `smtp://127.0.0.1:${(mailServer.server.address() as AddressInfo).port}`;

const { setClock } = await import('#core/clock.ts');
const { system } = await import('#core/actor.ts');
const { closeStore, reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { sendDue } = await import('#domains/notify/delivery/service.ts');
const { sendAgain, wipeCodes, listOutbox, listInbox } = await import('#domains/notify/service.ts');
const { fingerprint } = await import('#core/secrets.ts');
const { putSetting } = await import('#domains/settings/service.ts');
const { putMeta } = await import('#domains/settings/store.ts');
const { SETTINGS } = await import('#domains/settings/input.ts');

const DAY = 86_400_000;
let at = Date.parse('2026-03-05T04:00:00Z');
beforeEach(() => {
  at += 10 * DAY;
  setClock(() => new Date(at));
  received.length = 0;
  mails.length = 0;
  answers = [];
  refuseMail = false;
});
afterEach(() => setClock(null));
afterAll(async () => {
  closeStore();
  remove();
  gateway.close();
  await new Promise<void>((resolve) => mailServer.close(resolve));
});

setClock(() => new Date(at));
await write(system('test'), 'test', async (tx, change) => {
  const identity = { ...SETTINGS.site.fallback, name: '邻声·云汀', email: 'noreply@example.com' };
  await putSetting(tx, change, 'site', identity, system('test'));
});

type Send = Parameters<Parameters<typeof write>[2]>[1]['send'];
const send = (...messages: Parameters<Send>[0][]) =>
  write(system('test'), 'test', async (_tx, change) => {
    for (const message of messages) change.send(message);
    change.note('test', 1);
  });
const closed = (to: string, number = '2026030500012') =>
  ({
    channel: 'sms',
    to,
    template: 'case.closed',
    params: { number },
    event: 'closed',
    about: 'case:1',
  }) as const;
const rows = () => reader.select().from(outbox);
const last = async () => (await rows()).at(-1)!;

describe('a short message', () => {
  test('is one JSON body at the gateway, with the signature, and is sent once however often the job runs', async () => {
    await send(closed('13800000001'));
    await Promise.all([sendDue(), sendDue(), sendDue()]);
    await sendDue();
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toEqual({
      id: expect.stringMatching(/^linsheng-\d+-\d+$/),
      phone: '13800000001',
      signature: '邻声·云汀',
      template: 'case.closed',
      params: { number: '2026030500012' },
      text: '【邻声·云汀】您提交的诉求2026030500012已办结，可凭编号在网站查询。',
    });
    expect(received[0]?.headers['idempotency-key']).toBe(received[0]?.body.id);
    expect(received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('linsheng:geheim ').toString('base64')}`,
    );
    expect(received[0]?.headers['content-type']).toContain('application/json');
    expect(await last()).toMatchObject({ state: 'sent', tries: 1, failure: null });
  });

  test('is tried five times further and further apart, then given up with the reason and nothing personal', async () => {
    answers = [500, 500, 302, 500, 503];
    await send(closed('13800000002'));
    for (let i = 0; i < 8; i += 1) {
      await sendDue();
      at += 2 * 3_600_000 - 1;
      // Stay out of the quiet hours.
      if ((at / 3_600_000) % 24 > 11) at += 15 * 3_600_000;
    }
    expect(received).toHaveLength(5);
    expect(await last()).toMatchObject({ state: 'failed', tries: 5, failure: 'HTTP 503' });
    await sendAgain(system('test'), (await last()).id);
    await sendDue();
    expect(await last()).toMatchObject({ state: 'sent' });
  });

  test('waits for the morning at night; a code does not', async () => {
    at = Date.parse('2027-03-05T15:00:00Z');
    await send(closed('13800000003'), {
      channel: 'sms',
      to: '13800000003',
      template: 'code',
      params: { code: '246810' },
      event: 'code',
    });
    await sendDue();
    expect(received.map((r) => r.body.template)).toEqual(['code']);
    at = Date.parse('2027-03-05T23:59:00Z');
    await sendDue();
    expect(received).toHaveLength(1);
    at = Date.parse('2027-03-06T00:00:00Z');
    await sendDue();
    expect(received.map((r) => r.body.template)).toEqual(['code', 'case.closed']);
    at = Date.parse('2027-04-06T00:00:00Z');
  });

  test('past fifty notices a day is kept for the recipient’s own page instead', async () => {
    await send(
      ...Array.from({ length: 52 }, (_, i) =>
        closed('13800000004', `20270406000${String(i).padStart(2, '0')}`),
      ),
    );
    await sendDue();
    await sendDue();
    expect(received).toHaveLength(50);
    const mine = (await rows()).filter((r) => r.toHash === fingerprint('13800000004'));
    expect(mine.filter((r) => r.state === 'capped')).toHaveLength(2);
    expect((await listInbox(fingerprint('13800000004'))).length).toBe(50);
  });

  test('that a runner took and never settled is taken again after a quarter of an hour', async () => {
    const store = await import('#domains/notify/store.ts');
    await send(closed('13800000005'));
    await write.quiet((tx) => store.claimDue(tx, new Date(at), new Date(at + 15 * 60_000), [], 50));
    await sendDue();
    expect(received).toHaveLength(0);
    at += 15 * 60_000;
    await sendDue();
    expect(received).toHaveLength(1);
  });
});

describe('a mail', () => {
  const mail = { ...closed('zhang@example.com'), channel: 'mail' } as const;

  test('goes to the mail server with the site as sender, also at night', async () => {
    at = Date.parse('2027-08-05T15:00:00Z');
    await send(mail);
    await sendDue();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('<noreply@example.com>');
    expect(mails[0]).toContain('To: zhang@example.com');
    expect(mails[0]).not.toContain('X-Mailer');
  });

  test('that is refused says why without the address', async () => {
    refuseMail = true;
    await send(mail);
    await sendDue();
    expect(await last()).toMatchObject({ state: 'queued', failure: 'SMTP 550' });
  });
});

test('codes are wiped after a day, and shown to nobody before', async () => {
  await send({
    channel: 'sms',
    to: '13800000006',
    template: 'code',
    params: { code: '135790' },
    event: 'code',
  });
  const before = await listOutbox(system('test'), {}, { size: 1, page: 1 });
  expect(before.entries[0]).toMatchObject({ to: '138****0006', words: expect.stringContaining('******') });
  at += DAY + 1;
  await wipeCodes();
  expect((await last()).paramsSealed).toBe('');
  const after = await listOutbox(system('test'), {}, { size: 1, page: 1 });
  expect(after.entries[0]?.words).toContain('已按期清除');
});

test('in a demonstration everything is held, whatever is configured, and codes can be read', async () => {
  await write(system('test'), 'test', async (tx, change) => {
    await putMeta(tx, 'demo', '1');
    change.touch('site');
    change.note('store', 'demo');
  });
  await send(closed('13800000007'), {
    channel: 'sms',
    to: '13800000008',
    template: 'code',
    params: { code: '112233' },
    event: 'code',
  });
  await sendDue();
  expect(received).toHaveLength(0);
  expect((await rows()).slice(-2).map((r) => r.state)).toEqual(['held', 'held']);
  const { entries } = await listOutbox(system('test'), { template: 'code' }, { size: 1, page: 1 });
  expect(entries[0]?.words).toContain('112233');
});
