import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ANYONE,
  CITY,
  COMMUNITY,
  caseNow,
  clockAt,
  file,
  form,
  foundCity,
  now,
  reader,
  remove,
  resident,
  setClock,
} from './city.ts';

const { eq } = await import('drizzle-orm');
const { fingerprint, unseal } = await import('#core/secrets.ts');
const { runSubmission } = await import('#core/submission.ts');
const { complaints, consents, cases, caseEvents } = await import('#db/schema/hotline.ts');
const { audit } = await import('#db/schema/core.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { fileComplaint } = await import('#domains/hotline/filing/service.ts');
const { queryCodeOf } = await import('#domains/hotline/filing/codes.ts');
const { getReceipt, receiptCookie, sendReceipt } = await import('#domains/hotline/receipts/service.ts');

beforeAll(foundCity);
beforeEach(() => clockAt('2026-03-04 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

/** What the browser sends back of the cookie that it was given. */
const cookieWith = (location: string, before: string): string =>
  /^__Host-receipt=([^;]*)/.exec(receiptCookie(location, before) ?? '')?.[1] ?? '';

const rowOf = async (number: string) => {
  const [row] = await reader.select().from(complaints).where(eq(complaints.number, number));
  return row!;
};

test('a complaint is numbered at once, privately and publicly, and its clock runs from filing', async () => {
  const filed = await file({ category: 'FACILITY' });
  expect(filed.number).toMatch(/^20260304-\d{6}$/);
  expect(filed.caseNumber).toMatch(/^A2026-\d{5}$/);
  const c = await caseNow(filed.caseNumber);
  expect(c).toMatchObject({
    state: 'filed',
    kind: 'complaint',
    category: 'FACILITY',
    publication: 'pending',
  });
  // Five working days from Wednesday: the next Wednesday, exclusive 00:00 of Thursday.
  expect(c.dueAt).toEqual(new Date('2026-03-11T16:00:00Z'));
  expect(c.filedAt).toEqual(now());
});

test('case numbers count on without gaps, complaint numbers tell nothing', async () => {
  const [a, b, c] = [await file(), await file(), await file()];
  const n = [a, b, c].map((one) => Number(one.caseNumber.slice(6)));
  expect(n[1]! - n[0]!).toBe(1);
  expect(n[2]! - n[1]!).toBe(1);
  expect(new Set([a, b, c].map((one) => one.number)).size).toBe(3);
});

test('fifty filed at once all get numbers of their own', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => file()));
  expect(new Set(all.map((one) => one.number)).size).toBe(50);
  expect(new Set(all.map((one) => one.caseNumber)).size).toBe(50);
});

test('name and phone are sealed; the query code stands nowhere', async () => {
  const filed = await file({ name: '王小明', phone: '13800000001' });
  const row = await rowOf(filed.number);
  expect(row.nameSealed).not.toContain('王小明');
  expect(unseal(row.phoneSealed ?? '')).toBe('13800000001');
  expect(row.phoneHash).toBe(fingerprint('13800000001'));
  expect(JSON.stringify(row)).not.toContain(queryCodeOf(filed.number));
  const log = await reader.select().from(audit);
  expect(JSON.stringify(log)).not.toMatch(/王小明|13800000001|路灯坏了/);
});

test('consents are kept with the wording they were given to', async () => {
  const filed = await file({ phone: '13800000002', shareContact: true, lat: '26.1', lng: '119.3' });
  const rows = await reader.select().from(consents).where(eq(consents.complaintId, filed.complaintId));
  expect(rows.map((row) => row.purpose).sort()).toEqual(['locate', 'process', 'publish', 'shareContact']);
  expect(rows.every((row) => row.policyVersion === 'privacy-0')).toBe(true);
});

test('the title is made from the first words where none is given', async () => {
  const row = await rowOf((await file({ body: '东门路灯坏了三天。晚上看不见路。' })).number);
  expect(row.title).toBe('东门路灯坏了三天');
});

test('who does not know the community files for the city', async () => {
  const row = await rowOf((await file({ place: 'unknown' })).number);
  expect(row.placeId).toBe(CITY);
});

test('a community that is gone is refused beside its field', async () => {
  const sent = form({ place: '999' });
  await expect(fileComplaint(ANYONE, sent, { address: '10.1.0.1', photoIds: [] })).rejects.toMatchObject({
    code: 'invalid',
    fields: { place: '请重新选择所在社区' },
  });
});

test('women’s and children’s rights are always secret, and share no contact', async () => {
  const filed = await file({
    category: 'RIGHTS',
    phone: '13800000003',
    secrecy: 'open',
    shareContact: true,
  });
  expect(await rowOf(filed.number)).toMatchObject({ secrecy: 'secret', shareContact: false, kind: 'help' });
});

test('the sixth complaint of a phone in a day is filed and numbered like the others, and marked', async () => {
  const phone = '13800000004';
  for (let i = 0; i < 5; i++) expect((await rowOf((await file({ phone })).number)).review).toBe(false);
  const sixth = await file({ phone });
  expect(sixth.number).toMatch(/^20260304-\d{6}$/);
  expect((await rowOf(sixth.number)).review).toBe(true);
  clockAt('2026-03-05 09:00');
  expect((await rowOf((await file({ phone })).number)).review).toBe(false);
});

test('past twenty in thirty days too, also when filed at the same moment', async () => {
  const phone = '13800000005';
  const days = ['06', '07', '08', '09'];
  for (const day of days) {
    clockAt(`2026-03-${day} 09:00`);
    await Promise.all(Array.from({ length: 5 }, () => file({ phone })));
  }
  clockAt('2026-03-10 09:00');
  const [a, b] = await Promise.all([file({ phone }), file({ phone })]);
  expect((await rowOf(a.number)).review).toBe(true);
  expect((await rowOf(b.number)).review).toBe(true);
});

test('a flood from one address is told to wait; another address is not', async () => {
  const from = { address: '10.9.9.9', photoIds: [] };
  for (let i = 0; i < 300; i++) await fileComplaint(ANYONE, form(), from);
  await expect(fileComplaint(ANYONE, form(), from)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfter: 120,
  });
  await expect(fileComplaint(ANYONE, form(), { ...from, address: '10.9.9.8' })).resolves.toContain('receipt');
  clockAt('2026-03-04 09:11');
  await expect(fileComplaint(ANYONE, form(), from)).resolves.toContain('receipt');
});

test('a form sent twice at once is one complaint, and both are led to its receipt', async () => {
  const before = await reader.select({ id: cases.id }).from(cases);
  const send = async (): Promise<string> => {
    const submission = { id: 'form-1', location: '', recorded: false };
    return runSubmission(submission, () =>
      fileComplaint(ANYONE, form(), { address: '10.2.0.1', photoIds: [] }),
    );
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, send));
  const filed = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const led = results.flatMap((result) =>
    result.status === 'rejected' ? [(result.reason as { location: string }).location] : [],
  );
  expect(filed).toHaveLength(1);
  expect(new Set([...filed, ...led]).size).toBe(1);
  expect(await reader.select({ id: cases.id }).from(cases)).toHaveLength(before.length + 1);
});

test('a signed-in resident’s own number counts as verified, anyone else’s does not', async () => {
  const own = resident(fingerprint('13800000006'));
  const mine = await file({ phone: '13800000006' }, { ...own, id: await residentRow(own.phoneHash) });
  expect(await rowOf(mine.number)).toMatchObject({ phoneVerifiedAt: now() });
  const foreign = await file({ phone: '13800000007' }, own);
  expect(await rowOf(foreign.number)).toMatchObject({ phoneVerifiedAt: null, residentId: null });
});

async function residentRow(phoneHash: string) {
  const { residents } = await import('#db/schema/accounts.ts');
  const { write } = await import('#core/write.ts');
  return write.quiet(async (tx) => {
    const [row] = await tx
      .insert(residents)
      .values({ phoneHash, createdAt: now() })
      .returning({ id: residents.id });
    return row!.id;
  });
}

test('filing sends no message by itself', async () => {
  const before = await reader.select({ id: outbox.id }).from(outbox);
  await file({ phone: '13800000008' });
  expect(await reader.select({ id: outbox.id }).from(outbox)).toHaveLength(before.length);
});

test('the log begins with the filing', async () => {
  const filed = await file({ place: String(COMMUNITY) });
  const [event] = await reader.select().from(caseEvents).where(eq(caseEvents.caseId, filed.caseId));
  expect(event).toMatchObject({ event: 'file', fromState: null, toState: 'filed', party: 'complainant' });
});

test('the receipt shows number and code to the browser that filed, for half an hour', async () => {
  const filed = await file({ phone: '13812341234' });
  const cookie = cookieWith(filed.location, '');
  clockAt('2026-03-04 09:29');
  const receipt = await getReceipt(filed.sealed, cookie);
  expect(receipt).toMatchObject({
    number: filed.number,
    code: queryCodeOf(filed.number),
    phone: '138****1234',
  });
  expect(receipt.accept.by).toBe('最晚 3月5日（周四）当天');
  expect(receipt.answer?.by).toBe('最晚 3月11日（周三）当天');
  clockAt('2026-03-04 09:30');
  expect((await getReceipt(filed.sealed, cookie)).code).toBeNull();
});

test('the address alone opens a receipt for a few minutes only, and a changed one never', async () => {
  const filed = await file();
  clockAt('2026-03-04 09:04');
  expect((await getReceipt(filed.sealed, '')).number).toBe(filed.number);
  clockAt('2026-03-04 09:05');
  await expect(getReceipt(filed.sealed, '')).rejects.toMatchObject({ code: 'not_found' });
  const another = await file();
  await expect(getReceipt(filed.sealed, cookieWith(another.location, ''))).rejects.toMatchObject({
    code: 'not_found',
  });
  const both = cookieWith(another.location, cookieWith(filed.location, '')) ?? '';
  expect((await getReceipt(filed.sealed, both)).number).toBe(filed.number);
  await expect(getReceipt(`${filed.sealed.slice(0, -2)}AA`, both)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('number and code go to the phone when asked, three times a day at most', async () => {
  const filed = await file({ phone: '13800000009' });
  const count = async () =>
    (await reader.select({ about: outbox.about }).from(outbox)).filter(
      (row) => row.about === `complaint:${filed.complaintId}`,
    ).length;
  for (let i = 0; i < 3; i++) await sendReceipt(filed.sealed, '');
  await expect(sendReceipt(filed.sealed, '')).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await count()).toBe(3);
  const without = await file();
  await expect(sendReceipt(without.sealed, '')).rejects.toMatchObject({ code: 'conflict' });
});
