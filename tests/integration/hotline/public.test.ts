import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { MediaId } from '#db/schema/ids.ts';
import {
  ANYONE,
  CITY_MANAGEMENT,
  COMMUNITY,
  caseNow,
  clockAt,
  file,
  foundCity,
  OTHER_COMMUNITY,
  reader,
  remove,
  STREET,
  setClock,
  staff,
  write,
} from './city.ts';

const { eq } = await import('drizzle-orm');
const { media } = await import('#db/schema/media.ts');
const { casePhotos, complaints } = await import('#db/schema/hotline.ts');
const { purges, audit } = await import('#db/schema/core.ts');
const { search } = await import('#domains/search/service.ts');
const { acceptCase } = await import('#domains/hotline/triage/service.ts');
const { dispatchCase, signCase } = await import('#domains/hotline/dispatch/service.ts');
const { answerCase, approveAnswer } = await import('#domains/hotline/answers/service.ts');
const { hideCase, publishCase, setPhoto, setWords } = await import('#domains/hotline/publication/service.ts');
const { getPublicCase, listLedger, listLedgerMonths, recentCases } = await import(
  '#domains/hotline/ledger/service.ts'
);
const { ledgerHref, readLedgerQuery } = await import('#domains/hotline/ledger/input.ts');
const { listBaskets, listQueue } = await import('#domains/hotline/queue/service.ts');
const { getCaseForStaff } = await import('#domains/hotline/queue/file/service.ts');
const { revealContact } = await import('#domains/hotline/queue/reveal/service.ts');
const { readQueueQuery } = await import('#domains/hotline/queue/input.ts');
const { supply, withdrawComplaint } = await import('#domains/hotline/tracking/steps.ts');

let dispatcher: Staff;
let operator: Staff;
let handler: Staff;
let unitHead: Staff;
let community: Staff;

beforeAll(async () => {
  await foundCity();
  dispatcher = await staff('dispatcher');
  operator = await staff('operator');
  handler = await staff('handler', { unit: CITY_MANAGEMENT });
  unitHead = await staff('unitHead', { unit: CITY_MANAGEMENT });
  community = await staff('community', { place: COMMUNITY });
});
beforeEach(() => clockAt('2026-03-04 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });
const words = { publicText: '', internalText: '' };

async function accepted(fields = {}, change = {}) {
  const filed = await file(fields);
  await acceptCase(dispatcher, {
    ...(await ref(filed.caseNumber)),
    ...words,
    kind: 'complaint',
    category: 'FACILITY',
    urgency: 'ordinary',
    flags: [],
    place: COMMUNITY,
    aboutUnit: null,
    ...change,
  });
  return filed;
}

async function answered(fields = {}, answer = '已更换灯头，恢复照明。感谢反映。') {
  const filed = await accepted(fields);
  const { caseNumber } = filed;
  await dispatchCase(dispatcher, {
    ...(await ref(caseNumber)),
    ...words,
    unit: CITY_MANAGEMENT,
    helpers: [],
  });
  await signCase(handler, await ref(caseNumber));
  await answerCase(handler, { ...(await ref(caseNumber)), answer, outcome: 'fixed', action: '内部措施' });
  await approveAnswer(dispatcher, { ...(await ref(caseNumber)), internalText: '审核意见' });
  return filed;
}

const publish = async (number: string, publicTitle = '柳岸社区东门路灯不亮') =>
  publishCase(dispatcher, { ...(await ref(number)), publicTitle });

const verify = (complaintId: number) =>
  write.quiet((tx) =>
    tx
      .update(complaints)
      .set({ phoneVerifiedAt: new Date() })
      .where(eq(complaints.id, complaintId as never)),
  );

const nothing = { category: null, community: null, state: null, month: null, page: 1 } as const;

describe('the ledger', () => {
  test('nothing stands there before staff publish it', async () => {
    const filed = await answered();
    await expect(getPublicCase(filed.caseNumber)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listLedger(nothing)).lines.map((line) => line.number)).not.toContain(filed.caseNumber);
  });

  test('a published case shows its steps, unit and answer, and its pages are purged', async () => {
    const filed = await answered();
    await publish(filed.caseNumber);
    const c = await getPublicCase(filed.caseNumber);
    expect(c).toMatchObject({
      title: '柳岸社区东门路灯不亮',
      community: '柳岸社区',
      label: '已答复，请您评价',
      unit: '城市管理局',
      answer: '已更换灯头，恢复照明。感谢反映。',
      words: null,
    });
    expect(c.answeredAt).toEqual(new Date('2026-03-04T01:00:00Z'));
    expect(c.hops.map((hop) => hop.event)).toEqual([
      'file',
      'accept',
      'dispatch',
      'sign',
      'answer',
      'approve',
    ]);
    expect(JSON.stringify(c)).not.toMatch(/内部措施|审核意见|工作人员/);
    const [purge] = (await reader.select().from(purges)).slice(-1);
    expect(purge?.tags.split(' ')).toEqual(expect.arrayContaining(['cases', `case:${filed.caseId}`]));
  });

  test('private, hidden, unknown and malformed numbers are the same 404', async () => {
    const filed = await answered();
    await publish(filed.caseNumber);
    await hideCase(dispatcher, { ...(await ref(filed.caseNumber)), reason: '含他人信息' });
    const said = (number: string) => getPublicCase(number).catch((error: Error) => error.message);
    const unknown = await said('A2026-99999');
    expect(await said(filed.caseNumber)).toBe(unknown);
    expect(await said((await answered()).caseNumber)).toBe(unknown);
    expect(await said('../etc/passwd')).toBe(unknown);
  });

  test('filters by category, community (with all under it), state and month', async () => {
    clockAt('2026-01-20 09:00');
    const winter = await accepted(
      { place: String(OTHER_COMMUNITY) },
      { category: 'DRAIN', place: OTHER_COMMUNITY },
    );
    await publish(winter.caseNumber, '石桥社区下水道堵塞');
    const numbers = async (query: object) =>
      (await listLedger({ ...nothing, ...query })).lines.map((line) => line.number);
    expect(await numbers({ month: '2026-01' })).toEqual([winter.caseNumber]);
    expect(await numbers({ month: '2025-12' })).toEqual([]);
    expect(await numbers({ community: OTHER_COMMUNITY })).toEqual([winter.caseNumber]);
    expect(await numbers({ community: STREET })).toContain(winter.caseNumber);
    expect(await numbers({ category: 'DRAIN' })).toEqual([winter.caseNumber]);
    expect(await numbers({ state: 'handling' })).toContain(winter.caseNumber);
    expect(await numbers({ state: 'closed', category: 'DRAIN' })).toEqual([]);
    expect(await listLedgerMonths()).toContain('2026-01');
    expect((await recentCases(1))[0]?.number).not.toBe(winter.caseNumber);
  });

  test('an address with nonsense in it is no filter, and a filter makes a short address', () => {
    const query = readLedgerQuery(
      new URLSearchParams('category=X&community=1;drop&state=toString&month=2026-13&page=-1'),
    );
    expect(query).toEqual(nothing);
    expect(ledgerHref({ ...query, category: 'DRAIN', page: 2 })).toBe('/hotline/cases?category=DRAIN&page=2');
    expect(readLedgerQuery(new URLSearchParams('category=RIGHTS')).category).toBeNull();
  });
});

describe('what may never be public', () => {
  test.each(['closed', 'secret'] as const)('a complaint filed as %s', async (secrecy) => {
    const filed = await accepted({ secrecy });
    await expect(publish(filed.caseNumber)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a tip-off, and what becomes one after it was published', async () => {
    const filed = await accepted({}, { kind: 'tipoff' });
    await expect(publish(filed.caseNumber)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('what has not been accepted yet', async () => {
    const filed = await file();
    await expect(publish(filed.caseNumber)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a withdrawn complaint leaves the public pages and the search at once', async () => {
    const filed = await accepted();
    await publish(filed.caseNumber, '东门口垃圾桶满溢待清运');
    const find = async () =>
      (await search({ q: '垃圾桶满溢', facet: null, order: 'relevance', page: 1 })).hits.map(
        (hit) => hit.url,
      );
    expect(await find()).toEqual([`/hotline/cases/${filed.caseNumber}`]);
    await withdrawComplaint(ANYONE, filed.complaintId);
    expect(await find()).toEqual([]);
    await expect(getPublicCase(filed.caseNumber)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('words and pictures', () => {
  const body = '我是王小明，住3号楼2单元501室，电话13812345678，东门路灯坏了。';

  test('a resident’s words need a verified phone, and are masked', async () => {
    const filed = await answered({ body, name: '王小明', phone: '13812345678' });
    await publish(filed.caseNumber);
    const show = async () =>
      setWords(dispatcher, {
        ...(await ref(filed.caseNumber)),
        complaint: filed.complaintId,
        show: 'published',
        publicBody: '',
      });
    await expect(show()).rejects.toMatchObject({ code: 'conflict' });
    await verify(filed.complaintId);
    await show();
    const c = await getPublicCase(filed.caseNumber);
    expect(c.words).toContain('路灯坏了');
    expect(c.words).not.toMatch(/王小明|501|13812345678/);
    const [hit] = (await search({ q: '路灯坏了', facet: null, order: 'relevance', page: 1 })).hits;
    expect(JSON.stringify(hit)).not.toMatch(/王小明|501|13812345678/);
  });

  test('moderated words replace the resident’s, whose own stay as they were', async () => {
    const filed = await answered({ body, phone: '13812345679' });
    await publish(filed.caseNumber);
    await verify(filed.complaintId);
    await setWords(dispatcher, {
      ...(await ref(filed.caseNumber)),
      complaint: filed.complaintId,
      show: 'published',
      publicBody: '东门路灯坏了。',
    });
    expect((await getPublicCase(filed.caseNumber)).words).toBe('东门路灯坏了。');
    const [row] = await reader.select().from(complaints).where(eq(complaints.id, filed.complaintId));
    expect(row?.body).toBe(body);
  });

  test('staff’s words lose the filer’s own data, office numbers stay', async () => {
    const filed = await answered(
      { name: '王小明', phone: '13812345680' },
      '王小明您好，已修复，回访电话13812345680。咨询请拨0591-88886666。',
    );
    await publish(filed.caseNumber, '王小明反映的路灯');
    const c = await getPublicCase(filed.caseNumber);
    expect(JSON.stringify(c)).not.toMatch(/王小明|13812345680/);
    expect(c.answer).toContain('0591-88886666');
  });

  test('a picture is shown one by one, with a description, and hidden with its case', async () => {
    const filed = await answered();
    const picture = `picture-${filed.caseId}` as MediaId;
    await write.quiet(async (tx) => {
      await tx.insert(media).values({
        id: picture,
        kind: 'image',
        purpose: 'handling',
        state: 'private',
        mime: 'image/webp',
        bytes: 1,
        sha256: 'x',
        width: 480,
        height: 320,
        name: '修好的灯.jpg',
        createdAt: new Date(),
      });
      await tx
        .insert(casePhotos)
        .values({ caseId: filed.caseId, mediaId: picture, stage: 'after', at: new Date() });
    });
    const [photo] = await reader.select().from(casePhotos).where(eq(casePhotos.mediaId, picture));
    const show = async (alt: string) =>
      setPhoto(dispatcher, { ...(await ref(filed.caseNumber)), photo: photo!.id, state: 'published', alt });
    await expect(show('修好的路灯')).rejects.toMatchObject({ code: 'conflict' });
    await publish(filed.caseNumber);
    await expect(show('')).rejects.toMatchObject({ code: 'invalid', fields: { alt: expect.any(String) } });
    await show('修好的路灯');
    expect((await getPublicCase(filed.caseNumber)).photos).toEqual([
      { id: picture, alt: '修好的路灯', width: 480, height: 320, after: true },
    ]);
    await hideCase(dispatcher, { ...(await ref(filed.caseNumber)), reason: '复核' });
    const [row] = await reader.select().from(media).where(eq(media.id, picture));
    expect(row?.state).toBe('private');
  });
});

describe('the wall between who complains and who handles', () => {
  const REPORTER =
    /name|phone|contact|reporter|resident|secrecy|secret|shareContact|callBack|verified|consent|review|hash|sealed/i;

  const keysOf = (value: unknown): string[] => {
    if (value === null || typeof value !== 'object' || value instanceof Date) return [];
    return Object.entries(value).flatMap(([key, child]) =>
      Array.isArray(value) ? keysOf(child) : [key, ...keysOf(child)],
    );
  };

  test.each(['handler', 'unitHead'] as const)(
    'the record handed to a %s has no field that tells who',
    async (role) => {
      const filed = await answered({ name: '王小明', phone: '13812345681' });
      const actor = role === 'handler' ? handler : unitHead;
      const c = await getCaseForStaff(actor, filed.caseNumber);
      expect(c.seat).toBe('unit');
      expect(keysOf(c.complaints).filter((key) => REPORTER.test(key))).toEqual([]);
      // The case row itself tells when the filer was first spoken to, and nothing more.
      expect(keysOf(c.case).filter((key) => REPORTER.test(key))).toEqual(['firstContactAt']);
      expect(JSON.stringify(c)).not.toContain(filed.number);
    },
  );

  test('his words reach the unit without his name and without any number that leads to a person', async () => {
    const body = '我是王小明，电话 138 1234 5682，另请联系李阿姨13900000000。门牌3号楼。';
    const open = await answered({ body, name: '王小明', phone: '13812345682' });
    const first = await getCaseForStaff(handler, open.caseNumber);
    expect(JSON.stringify(first)).not.toMatch(/王小明|138 1234 5682|13900000000/);
    expect(JSON.stringify(first)).toContain('3号楼');
    const secret = await answered({ body, name: '王小明', phone: '13812345682', secrecy: 'secret' });
    await supply(ANYONE, secret.complaintId, '我是王小明，请打13812345682', []);
    const second = await getCaseForStaff(handler, secret.caseNumber);
    expect(JSON.stringify(second)).not.toMatch(/王小明|138 ?1234 ?5682|13900000000/);
  });

  test('the unit calls only where the filer agreed, with a reason, and it is logged', async () => {
    const no = await answered({ name: '王小明', phone: '13812345683' });
    const asked = { number: no.caseNumber, complaint: no.complaintId, reason: '约时间上门' };
    await expect(revealContact(handler, asked)).rejects.toMatchObject({ code: 'forbidden' });
    const yes = await answered({ name: '王小明', phone: '13812345683', shareContact: true });
    const agreed = { number: yes.caseNumber, complaint: yes.complaintId, reason: '约时间上门' };
    expect(await revealContact(handler, agreed)).toEqual({
      name: '王小明',
      phone: '13812345683',
      words: null,
    });
    const [row] = (await reader.select().from(audit)).slice(-1);
    expect(row).toMatchObject({
      action: 'hotline.reveal',
      entityId: String(yes.complaintId),
      actorId: String(handler.id),
    });
    const secret = await answered({ phone: '13812345683', shareContact: true, secrecy: 'secret' });
    await expect(
      revealContact(handler, { number: secret.caseNumber, complaint: secret.complaintId, reason: '约时间' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('the hotline’s own staff see a masked filer; the rest of the house none', async () => {
    const filed = await answered({ name: '王小明', phone: '13812345684' });
    const centre = await getCaseForStaff(operator, filed.caseNumber);
    expect(centre).toMatchObject({
      seat: 'centre',
      complaints: [{ number: filed.number, name: '王**', phone: '138****5684' }],
    });
    expect((await getCaseForStaff(community, filed.caseNumber)).seat).toBe('unit');
    const elsewhere = await staff('community', { place: OTHER_COMMUNITY });
    await expect(getCaseForStaff(elsewhere, filed.caseNumber)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the queue', () => {
  const query = (search = '') => readQueueQuery(new URLSearchParams(search));

  test('shows each what waits for him, the most urgent clock first', async () => {
    const filed = await file({ category: 'LITTER' });
    const urgent = await file({ category: 'DRAIN' });
    const waiting = (await listQueue(dispatcher, 'intake', query())).lines.map((line) => line.number);
    expect(waiting).toContain(filed.caseNumber);
    expect(waiting.indexOf(urgent.caseNumber)).toBeLessThan(waiting.indexOf(filed.caseNumber));
    // A basket that is none of one's own is answered with what is one's own.
    const { basket, lines } = await listQueue(handler, 'intake', query());
    expect(basket).toBe('open');
    expect(lines.map((line) => line.number)).not.toContain(filed.caseNumber);
    const calls = (await listQueue(operator, 'followup', query())).lines;
    expect(calls.every((line) => line.state === 'follow_up')).toBe(true);
  });

  test('holds nothing outside a person’s reach, and rights cases for their officer alone', async () => {
    const rights = await file({ category: 'RIGHTS' });
    const officer = await staff('rights');
    const all = async (actor: Staff) =>
      (await listQueue(actor, 'all', query())).lines.map((line) => line.number);
    expect(await all(dispatcher)).not.toContain(rights.caseNumber);
    expect(await all(officer)).toEqual([rights.caseNumber]);
    const elsewhere = await staff('dispatcher', { place: OTHER_COMMUNITY });
    const { lines } = await listQueue(elsewhere, 'all', query());
    expect(lines.every((line) => line.community === '石桥社区')).toBe(true);
  });

  test('is found by either number', async () => {
    const filed = await file();
    for (const q of [filed.number, filed.caseNumber]) {
      const { lines } = await listQueue(dispatcher, 'all', query(`q=${q}`));
      expect(lines.map((line) => line.number)).toEqual([filed.caseNumber]);
    }
  });

  test('counts call-backs that nobody has made yet', async () => {
    const calls = async () => (await listBaskets(operator)).find(({ key }) => key === 'callback')?.n ?? 0;
    const before = await calls();
    await file({ phone: '13812345685', callBack: true });
    expect(await calls()).toBe(before + 1);
  });
});
