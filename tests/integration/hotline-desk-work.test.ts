import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { MediaId, UnitId } from '#db/schema/ids.ts';
import {
  CITY_MANAGEMENT,
  COMMUNITY,
  caseNow,
  clockAt,
  file,
  foundCity,
  reader,
  remove,
  setClock,
  staff,
  WATER,
  write,
} from './hotline/city.ts';

const { eq } = await import('drizzle-orm');
const { AppError } = await import('#core/errors.ts');
const { unseal } = await import('#core/secrets.ts');
const { casePhotos, cases, complaints, consents } = await import('#db/schema/hotline.ts');
const { media } = await import('#db/schema/media.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { FileOnBehalf } = await import('#domains/hotline/behalf/input.ts');
const { fileOnBehalf, getTakenDown } = await import('#domains/hotline/behalf/service.ts');
const { acceptCase, refuseCase } = await import('#domains/hotline/triage/service.ts');
const { dispatchCase, returnCase, signCase } = await import('#domains/hotline/dispatch/service.ts');
const { answerCase, approveAnswer } = await import('#domains/hotline/answers/service.ts');
const { reviewPublic } = await import('#domains/hotline/publication/review/service.ts');
const { getPublicCase } = await import('#domains/hotline/ledger/service.ts');
const { getCaseForStaff, dueIf } = await import('#domains/hotline/queue/file/service.ts');
const { listBaskets, listQueue, nextIn } = await import('#domains/hotline/queue/service.ts');
const { hotlineToday } = await import('#domains/hotline/queue/today.ts');
const { readQueueQuery } = await import('#domains/hotline/queue/input.ts');

let dispatcher: Staff;
let operator: Staff;
let handler: Staff;

beforeAll(async () => {
  await foundCity();
  dispatcher = await staff('dispatcher');
  operator = await staff('operator');
  handler = await staff('handler', { unit: CITY_MANAGEMENT });
});
beforeEach(() => clockAt('2026-03-04 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

const SILENT = { publicText: '', internalText: '' };
const accept = async (number: string, how: Record<string, unknown> = {}) =>
  acceptCase(dispatcher, {
    ...(await ref(number)),
    ...SILENT,
    kind: 'complaint',
    category: 'FACILITY',
    urgency: 'ordinary',
    flags: [],
    place: COMMUNITY,
    aboutUnit: null,
    ...how,
  });
const give = async (number: string, unit: UnitId = CITY_MANAGEMENT, by = dispatcher) =>
  dispatchCase(by, { ...(await ref(number)), ...SILENT, unit, helpers: [] });

const taken = (fields: Record<string, unknown> = {}) =>
  FileOnBehalf.parse({
    body: '楼下早餐店油烟太大，开窗就呛。',
    place: String(COMMUNITY),
    name: '阮宁馨',
    phone: '13900139000',
    shareContact: false,
    callBack: false,
    sendNumber: true,
    agree: true,
    ...fields,
  });

const complaintOf = async (location: string) => {
  const number = new URL(location, 'http://localhost').searchParams.get('n') ?? '';
  const [row] = await reader
    .select()
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(eq(complaints.number, number));
  return row!;
};

describe('what is taken down for a caller', () => {
  test('is filed with its channel and the one who wrote it down, and its number goes to the caller', async () => {
    const before = (await reader.select().from(outbox)).length;
    const { complaints: row, cases: c } = await complaintOf(
      await fileOnBehalf(operator, taken({ kind: 'help' })),
    );
    expect(row).toMatchObject({
      channel: 'phone',
      kind: 'help',
      filedBy: operator.id,
      phoneVerifiedAt: null,
    });
    expect(unseal(row.nameSealed ?? '')).toBe('阮宁馨');
    expect(c).toMatchObject({ state: 'filed', kind: 'help' });
    const given = await reader.select().from(consents).where(eq(consents.complaintId, row.id));
    expect(given.map(({ purpose }) => purpose).sort()).toEqual(['process', 'publish']);
    const sent = (await reader.select().from(outbox)).slice(before);
    expect(sent.map(({ template }) => template)).toEqual(['case.receipt']);

    const read = await getTakenDown(operator, row.number);
    expect(read).toMatchObject({ number: row.number, caseNumber: c.number, phone: '139****9000' });
    expect((await refusal(getTakenDown(await staff('operator'), row.number))).code).toBe('not_found');
    clockAt('2026-03-04 09:31');
    expect((await refusal(getTakenDown(operator, row.number))).code).toBe('not_found');
  });

  test('keeps nothing of a caller who wants no name, and the staff member’s own name where he files for himself', async () => {
    const nobody = await complaintOf(await fileOnBehalf(operator, taken({ filer: 'anonymous' })));
    expect(nobody.complaints).toMatchObject({ nameSealed: null, phoneSealed: null, phoneHash: null });
    const own = await complaintOf(await fileOnBehalf(operator, taken({ filer: 'self' })));
    expect(unseal(own.complaints.nameSealed ?? '')).toBe(operator.name);
    expect(own.complaints.phoneSealed).toBeNull();
    // His name stands in the log as the one who wrote it down: the unit does not read it there.
    await accept(own.cases.number);
    await give(own.cases.number);
    expect(JSON.stringify(await getCaseForStaff(handler, own.cases.number))).not.toContain(operator.name);
  });

  test('about rights goes to its officers and sends nothing to a phone', async () => {
    const before = (await reader.select().from(outbox)).length;
    const { complaints: row, cases: c } = await complaintOf(
      await fileOnBehalf(operator, taken({ category: 'RIGHTS', secrecy: 'open' })),
    );
    expect(row).toMatchObject({ secrecy: 'secret', kind: 'help' });
    expect((await reader.select().from(outbox)).length).toBe(before);
    expect((await refusal(getCaseForStaff(operator, c.number))).code).toBe('not_found');
  });

  test.each([
    [{ name: '', phone: '' }, 'name'],
    [{ agree: false }, 'agree'],
    [{ place: '', address: '' }, 'place'],
    [{ phone: '', callBack: true }, 'phone'],
    [{ body: '' }, 'body'],
    [{ channel: 'web' }, 'channel'],
  ])('is not taken in with %o', (fields, field) => {
    const read = FileOnBehalf.safeParse({ ...taken(), place: String(COMMUNITY), ...fields });
    expect(read.success).toBe(false);
    expect(read.error?.issues.map((issue) => issue.path[0])).toContain(field);
  });

  test('is not given to a unit by the one who wrote it down, who reads why', async () => {
    const both: Staff = { ...dispatcher, grants: [...dispatcher.grants, ...operator.grants] };
    const { cases: c } = await complaintOf(await fileOnBehalf(both, taken()));
    await accept(c.number);
    const seen = await getCaseForStaff(both, c.number);
    expect(seen.steps).not.toContain('dispatch');
    expect(seen.barred.dispatch).toContain('请由另一位派单员派单');
    expect((await refusal(give(c.number, CITY_MANAGEMENT, both))).code).toBe('forbidden');
    await give(c.number, CITY_MANAGEMENT, await staff('dispatcher'));
  });

  test('needs the permission for it', async () => {
    expect((await refusal(fileOnBehalf(dispatcher, taken()))).code).toBe('forbidden');
    const elsewhere = await staff('operator', { place: 5 as typeof COMMUNITY });
    expect((await refusal(fileOnBehalf(elsewhere, taken()))).code).toBe('forbidden');
  });
});

let pictures = 0;

async function picture(number: string, stage: 'before' | 'after'): Promise<number> {
  const c = await caseNow(number);
  const [own] = await reader.select().from(complaints).where(eq(complaints.caseId, c.id));
  pictures += 1;
  const mediaId = `picture-of-the-test-${String(pictures).padStart(4, '0')}` as MediaId;
  return write.quiet(async (tx) => {
    await tx.insert(media).values({
      id: mediaId,
      kind: 'image',
      purpose: stage === 'after' ? 'handling' : 'complaint',
      state: 'private',
      mime: 'image/webp',
      bytes: 1,
      sha256: 'x',
      width: 480,
      height: 320,
      name: '照片.jpg',
      createdAt: c.filedAt,
    });
    const complaintId = stage === 'after' ? null : own!.id;
    const [row] = await tx
      .insert(casePhotos)
      .values({ caseId: c.id, complaintId, mediaId, stage, at: c.filedAt })
      .returning({ id: casePhotos.id });
    return row!.id;
  });
}

/** An answered and approved case, filed on the telephone, with a picture before and one after. */
async function approved() {
  const { cases: c, complaints: own } = await complaintOf(await fileOnBehalf(operator, taken()));
  const before = await picture(c.number, 'before');
  await accept(c.number);
  await give(c.number);
  await signCase(handler, await ref(c.number));
  const sent = { answer: '已责令安装油烟净化器，今天复查合格。', outcome: 'fixed' as const, action: '' };
  await answerCase(handler, { ...(await ref(c.number)), ...sent });
  const after = await picture(c.number, 'after');
  await approveAnswer(dispatcher, { ...(await ref(c.number)), internalText: '' });
  return { number: c.number, complaint: own.id, before, after };
}

const awaiting = async () =>
  (await listQueue(dispatcher, 'publish', readQueueQuery(new URLSearchParams()))).lines.map(
    (line) => line.number,
  );

describe('what the public will see', () => {
  test('is decided at once: line, words and each picture, and leaves the basket when all is decided', async () => {
    const one = await approved();
    expect(await awaiting()).toContain(one.number);
    await reviewPublic(dispatcher, {
      ...(await ref(one.number)),
      publicTitle: '早餐店油烟扰民',
      complaint: one.complaint,
      showWords: true,
      publicBody: '楼下早餐店油烟太大。',
      photo: [one.before, one.after],
      alt: ['', '净化器已装好'],
      shown: [one.after],
    });
    const seen = await getPublicCase(one.number);
    expect(seen).toMatchObject({ title: '早餐店油烟扰民', words: '楼下早餐店油烟太大。' });
    expect(seen.photos.map(({ alt }) => alt)).toEqual(['净化器已装好']);
    expect(await awaiting()).not.toContain(one.number);
  });

  test('changes in nothing when one part cannot be', async () => {
    const one = await approved();
    const error = await refusal(
      reviewPublic(dispatcher, {
        ...(await ref(one.number)),
        publicTitle: '早餐店油烟扰民',
        complaint: one.complaint,
        showWords: true,
        publicBody: '楼下早餐店油烟太大。',
        photo: [one.before, one.after],
        alt: ['早餐店门口', ''],
        shown: [one.before, one.after],
      }),
    );
    expect(error.fields).toHaveProperty(`alt-${one.after}`);
    expect((await caseNow(one.number)).publication).toBe('pending');
    const photos = await reader.select().from(casePhotos).where(eq(casePhotos.id, one.before));
    expect(photos[0]?.state).toBe('pending');
  });

  test('leaves undecided what may not be shown yet: it comes up again once the phone is verified', async () => {
    const { caseNumber, complaintId } = await file({ phone: '13700137000' });
    const photo = await picture(caseNumber, 'before');
    await accept(caseNumber);
    await reviewPublic(dispatcher, {
      ...(await ref(caseNumber)),
      publicTitle: '东门路灯不亮',
      complaint: complaintId,
      showWords: false,
      publicBody: '',
      photo: [photo],
      alt: [''],
      shown: [],
    });
    expect(await awaiting()).not.toContain(caseNumber);
    await write.quiet((tx) =>
      tx.update(complaints).set({ phoneVerifiedAt: new Date() }).where(eq(complaints.id, complaintId)),
    );
    expect(await awaiting()).toContain(caseNumber);
  });

  test('never comes up for reports in confidence, closed wishes, or before acceptance', async () => {
    const filed = await file();
    const closed = await file({ secrecy: 'closed' });
    const tip = await file();
    await accept(closed.caseNumber);
    await accept(tip.caseNumber, { kind: 'tipoff' });
    const waiting = await awaiting();
    for (const one of [filed, closed, tip]) expect(waiting).not.toContain(one.caseNumber);
    const seen = await getCaseForStaff(dispatcher, tip.caseNumber);
    expect(seen.seat === 'centre' && seen.publishBar).toContain('不能公开');
  });
});

test('a refusal without words of its own tells the ground’s', async () => {
  const { caseNumber } = await file();
  const sent = { ...(await ref(caseNumber)), code: 'emergency' as const, ...SILENT };
  await refuseCase(dispatcher, sent);
  const last = (await getCaseForStaff(dispatcher, caseNumber)).log.at(-1);
  expect(last?.publicText).toContain('110、119 或 120');
  expect(last?.notes).toEqual(['属于紧急警情、火情或急救']);
});

test('a unit reads why it may no longer return a case', async () => {
  const { caseNumber } = await file();
  await accept(caseNumber);
  await give(caseNumber, WATER);
  const water = await staff('handler', { unit: WATER });
  expect((await getCaseForStaff(water, caseNumber)).steps).toContain('return');
  clockAt('2026-03-06 09:00');
  const late = await getCaseForStaff(water, caseNumber);
  expect(late.steps).not.toContain('return');
  expect(late.barred.return).toContain('已过退单时限');
  const sent = { ...(await ref(caseNumber)), ground: '不归我们', evidence: '三定方案', suggested: null };
  expect((await refusal(returnCase(water, sent))).code).toBe('conflict');
});

test('the due date that is shown before accepting is the one the case then has', async () => {
  const { caseNumber } = await file({ category: 'OTHER' });
  const seen = await getCaseForStaff(dispatcher, caseNumber);
  for (const facts of [
    { category: 'FACILITY', kind: 'complaint', urgency: 'ordinary', flags: [] },
    { category: 'PILE', kind: 'complaint', urgency: 'ordinary', flags: ['fireLane'] },
  ] as const) {
    const shown = await dueIf(seen, { ...facts, flags: [...facts.flags] });
    const one = await file({ category: 'OTHER' });
    await accept(one.caseNumber, { ...facts, flags: [...facts.flags] });
    expect((await caseNow(one.caseNumber)).dueAt).toEqual(shown.at);
  }
});

describe('lists', () => {
  test('say what waits, how much of it is late, and lead from one case to the next', async () => {
    const late = await file({ category: 'DRAIN' });
    clockAt('2026-03-06 09:00');
    const fresh = await file({ category: 'FACILITY' });
    const intake = (await listBaskets(dispatcher)).find(({ key }) => key === 'intake');
    expect(intake?.late).toBeGreaterThan(0);
    const { lines } = await listQueue(dispatcher, 'intake', readQueueQuery(new URLSearchParams()));
    const numbers = lines.map((line) => line.number);
    expect(numbers.indexOf(late.caseNumber)).toBeLessThan(numbers.indexOf(fresh.caseNumber));
    const line = lines.find((each) => each.number === late.caseNumber);
    expect(line?.clock?.state).toBe('overdue');
    expect(line?.step).toMatchObject({ label: '受理', overdue: true });

    const next = await nextIn(dispatcher, 'intake', numbers[0] ?? '');
    expect(next).toMatchObject({ number: numbers[1], left: lines.length - 1 });
    const today = await hotlineToday(dispatcher);
    expect(today.find(({ label }) => label === '待受理')?.count).toBe(intake?.n);
    expect(today.find(({ label }) => label === '已超期')?.count).toBeGreaterThan(0);
  });

  test('narrow by state, category, place, unit and due time', async () => {
    const { caseNumber } = await file({ category: 'TOILET' });
    const found = async (filters: string) =>
      (await listQueue(dispatcher, 'all', readQueueQuery(new URLSearchParams(filters)))).lines.map(
        (line) => line.number,
      );
    expect(await found('category=TOILET')).toEqual([caseNumber]);
    expect(await found('category=TOILET&place=3')).toEqual([caseNumber]);
    expect(await found('category=TOILET&place=5')).toEqual([]);
    expect(await found('category=TOILET&state=handling')).toEqual([]);
    expect(await found(`category=TOILET&unit=${WATER}`)).toEqual([]);
    expect(await found('category=TOILET&due=overdue')).toEqual([]);
    clockAt('2026-03-05 10:00');
    expect(await found('category=TOILET&due=today')).toEqual([caseNumber]);
    clockAt('2026-03-07 10:00');
    expect(await found('category=TOILET&due=overdue')).toEqual([caseNumber]);
  });
});
