import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MediaId } from '#db/schema/ids.ts';
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
} from '../hotline/city.ts';

const { eq } = await import('drizzle-orm');
const { media } = await import('#db/schema/media.ts');
const { caseEvents, cases } = await import('#db/schema/hotline.ts');
const { notices } = await import('#db/schema/rectification.ts');
const { openNoticeFromCase, judgeNoticeAndTellCase } = await import(
  '#domains/hotline/rectification/service.ts'
);
const { noticesOf } = await import('#domains/rectification/notices/service.ts');
const { NoticeDraft } = await import('#domains/rectification/notices/input.ts');
const { deliverNotice, recordFix } = await import('#domains/rectification/handover/service.ts');
const { now } = await import('#core/clock.ts');

beforeAll(foundCity);
beforeEach(() => clockAt('2026-08-14 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

let pictures = 0;
async function picture(): Promise<string> {
  pictures += 1;
  const id = `picture${String(pictures).padStart(17, '0')}` as MediaId;
  await write.quiet((tx) =>
    tx.insert(media).values({
      id,
      kind: 'image',
      purpose: 'handling',
      state: 'staged',
      mime: 'image/webp',
      bytes: 1,
      sha256: 'x',
      name: 'p.jpg',
      createdAt: now(),
    }),
  );
  return id;
}

const draft = (fields: Record<string, unknown> = {}) => {
  const { action: _, ...sent } = NoticeDraft.parse({
    matter: 'STALL',
    placeId: String(COMMUNITY),
    point: '柳岸路 18 号门前',
    legalBasis: '门前三包责任书',
    clause: '第二条',
    description: '货架摆到人行道上。',
    demand: '撤回店内。',
    partyKind: 'shop',
    partyName: '柳岸便利店',
    partyAddress: '柳岸路 18 号',
    lookBack: false,
    ...fields,
  });
  return sent;
};
const eventsOf = (caseId: number) =>
  reader
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId as never))
    .orderBy(caseEvents.id);

async function handled() {
  const filed = await file();
  await write.quiet((tx) =>
    tx
      .update(cases)
      .set({ state: 'handling', leadUnitId: CITY_MANAGEMENT })
      .where(eq(cases.id, filed.caseId)),
  );
  return filed;
}

test('a case opens a notice, its filer reads so, and both learn of the sign-off', async () => {
  const handler = await staff('handler', { unit: CITY_MANAGEMENT });
  const inspector = await staff('inspector');
  const { caseId, caseNumber } = await handled();
  const opened = await openNoticeFromCase(handler, caseNumber, draft(), [await picture()]);
  expect(await noticesOf({ type: 'case', id: caseId })).toMatchObject([
    { id: opened.id, number: opened.number, state: 'issued' },
  ]);
  expect((await eventsOf(caseId)).at(-1)).toMatchObject({
    event: 'comment',
    publicText: '已向责任方开具整改通知单，要求在8月21日（周五）前整改。',
    internalText: `整改通知单 ${opened.number}`,
  });
  const ref = async () => {
    const [row] = await reader.select().from(notices).where(eq(notices.id, opened.id));
    return { id: opened.id, version: row!.version };
  };
  await deliverNotice(handler, { ...(await ref()), way: 'hand', person: '店主', at: null, tracking: '' });
  await recordFix(handler, { ...(await ref()), words: '现场已撤回。' }, [await picture()]);
  const judged = await judgeNoticeAndTellCase(inspector, {
    ...(await ref()),
    result: 'pass',
    reason: '',
  });
  expect(judged.subject).toEqual({ type: 'case', id: caseId });
  expect((await eventsOf(caseId)).at(-1)).toMatchObject({ publicText: '整改通知单已复查销号。' });
  expect((await caseNow(caseNumber)).state).toBe('handling');
});

test('what is wrong with the notice leaves the case as it was', async () => {
  const handler = await staff('handler', { unit: CITY_MANAGEMENT });
  const { caseId, caseNumber } = await handled();
  const before = (await eventsOf(caseId)).length;
  await expect(openNoticeFromCase(handler, caseNumber, draft({ clause: '' }), [])).rejects.toMatchObject({
    fields: { clause: expect.any(String), photos: expect.any(String) },
  });
  expect(await eventsOf(caseId)).toHaveLength(before);
  expect(await noticesOf({ type: 'case', id: caseId })).toEqual([]);
});

test('another unit’s case does not exist for who asks; matters of rights leave nobody’s hands', async () => {
  const { caseNumber } = await handled();
  const stranger = await staff('handler', { unit: WATER });
  await expect(openNoticeFromCase(stranger, caseNumber, draft(), [])).rejects.toMatchObject({
    code: 'not_found',
  });
  const rights = await file({ category: 'RIGHTS' });
  await expect(
    openNoticeFromCase(await staff('rights'), rights.caseNumber, draft(), []),
  ).rejects.toMatchObject({ code: 'conflict' });
});
