import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import type { MediaId, NoticeId, NoticeVisitId } from '#db/schema/ids.ts';
import {
  CITY_MANAGEMENT,
  COMMUNITY,
  clockAt,
  foundCity,
  OTHER_COMMUNITY,
  PROPERTY,
  reader,
  remove,
  setClock,
  staff,
  write,
} from '../hotline/city.ts';

const { and, eq } = await import('drizzle-orm');
const { audit } = await import('#db/schema/core.ts');
const { media } = await import('#db/schema/media.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { noticeCopies, noticeEvents, notices, noticeVisits } = await import('#db/schema/rectification.ts');
const { drawNotice, issueNotice, openNotice, voidNotice, editDraft, issuersFor } = await import(
  '#domains/rectification/notices/service.ts'
);
const { NoticeDraft } = await import('#domains/rectification/notices/input.ts');
const { noticePicture, viewNotice } = await import('#domains/rectification/notices/view.ts');
const { printNotice } = await import('#domains/rectification/print/service.ts');
const { deliverNotice, recordFix } = await import('#domains/rectification/handover/service.ts');
const { judgeNotice } = await import('#domains/rectification/judgement/service.ts');
const { askForParty, decideCannotFix, reviewCannotFix } = await import(
  '#domains/rectification/cannot-fix/service.ts'
);
const { answerNotice, askCannotFix, confirmReceipt, findForParty, openByCode, partyPicture } = await import(
  '#domains/rectification/party/service.ts'
);
const { accessCodeOf } = await import('#domains/rectification/party/codes.ts');
const { listVisitsToday, recordVisit } = await import('#domains/rectification/visits/service.ts');
const { listNotices, exportRegister, noticesToday } = await import(
  '#domains/rectification/register/service.ts'
);
const { readRegisterQuery } = await import('#domains/rectification/register/input.ts');
const { noticeFigures } = await import('#domains/rectification/figures/service.ts');
const { remindUnsigned } = await import('#domains/rectification/upkeep/service.ts');
const { system } = await import('#core/actor.ts');
const { now } = await import('#core/clock.ts');

let issuer: Staff;
let inspector: Staff;
let other: Staff;
let district: Staff;

beforeAll(async () => {
  await foundCity();
  issuer = await staff('inspector', { unit: CITY_MANAGEMENT });
  inspector = await staff('inspector');
  other = await staff('inspector');
  district = await staff('district');
});
beforeEach(() => clockAt('2026-08-14 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

let pictures = 0;

/** A picture that came with a form and waits for it. */
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
      width: 800,
      height: 600,
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
    clause: '第二条 不占道经营',
    description: '货架摆到人行道上，约两米。',
    demand: '撤回店内，恢复通行。',
    partyKind: 'shop',
    partyName: '柳岸便利店',
    partyAddress: '柳岸路 18 号',
    partyPhone: '13800001111',
    lookBack: false,
    ...fields,
  });
  return sent;
};

async function nowOf(id: NoticeId) {
  const [row] = await reader.select().from(notices).where(eq(notices.id, id));
  return row!;
}
const ref = async (id: NoticeId) => ({ id, version: (await nowOf(id)).version });

async function issued(fields: Record<string, unknown> = {}, by = issuer) {
  const id = await drawNotice(by, draft(fields), [await picture()]);
  return issueNotice(by, await ref(id));
}
const signed = async (fields: Record<string, unknown> = {}) => {
  const { id, number } = await issued(fields);
  await deliverNotice(issuer, {
    ...(await ref(id)),
    way: 'hand',
    person: '店主',
    at: null,
    tracking: '',
  });
  return { id, number, ticket: await openByCode(number, accessCodeOf(number)) };
};
const submitted = async (fields: Record<string, unknown> = {}) => {
  const one = await signed(fields);
  await answerNotice(one.ticket, '货架已经撤回店内。', [await picture()]);
  return one;
};
const signedOff = async (fields: Record<string, unknown> = {}) => {
  const one = await submitted(fields);
  const judged = await judgeNotice(other, { ...(await ref(one.id)), result: 'pass', reason: '' });
  return { ...one, judged };
};

describe('issue', () => {
  test('a draft that lacks something is not issued, and says what', async () => {
    const id = await drawNotice(issuer, draft({ point: '', clause: '' }), []);
    await expect(issueNotice(issuer, await ref(id))).rejects.toMatchObject({
      code: 'invalid',
      fields: { point: expect.any(String), clause: expect.any(String), photos: expect.any(String) },
    });
    expect((await nowOf(id)).number).toBeNull();
    await editDraft(issuer, await ref(id), draft(), [await picture()]);
    expect((await issueNotice(issuer, await ref(id))).number).toMatch(/^Z2026-0001-\d{5}$/);
  });

  test('numbers follow one another within issuer and year, and a void one is never given again', async () => {
    const first = await issued();
    const second = await issued();
    await voidNotice(issuer, { ...(await ref(second.id)), reason: '点位写错，另行开具' });
    const third = await issued();
    const count = (number: string) => Number(number.slice(-5));
    expect([count(second.number), count(third.number)]).toEqual([
      count(first.number) + 1,
      count(first.number) + 2,
    ]);
    expect(await nowOf(second.id)).toMatchObject({ state: 'void', number: second.number });
    const elsewhere = await issued({ issuerUnitId: String(PROPERTY) }, other);
    expect(elsewhere.number).toBe('Z2026-0003-00001');
    clockAt('2026-12-31 23:59');
    expect((await issued()).number).toMatch(/^Z2026-0001-/);
    clockAt('2027-01-01 00:00');
    expect((await issued()).number).toBe('Z2027-0001-00001');
  });

  test('twenty at once have twenty numbers', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => drawNotice(issuer, draft(), [await picture()])),
    );
    const all = await Promise.all(ids.map(async (id) => issueNotice(issuer, await ref(id))));
    expect(new Set(all.map(({ number }) => number)).size).toBe(20);
  });

  test('the deadline is computed by the calendar, both copies come to be, the log names no words', async () => {
    const { id } = await issued();
    expect(await nowOf(id)).toMatchObject({
      state: 'issued',
      dueAt: new Date('2026-08-22T00:00:00+08:00'),
      firstDueAt: new Date('2026-08-22T00:00:00+08:00'),
      limitDays: 5,
    });
    const hygiene = await issued({ matter: 'HYGIENE' });
    expect(hygiene.dueAt).toEqual(new Date('2026-08-15T00:00:00+08:00'));
    expect(await reader.select().from(noticeCopies).where(eq(noticeCopies.noticeId, id))).toHaveLength(2);
    const log = await reader
      .select()
      .from(audit)
      .where(and(eq(audit.entity, 'notice'), eq(audit.entityId, String(id))));
    expect(log.map((row) => row.action)).toEqual(['rectification.draw', 'rectification.issue']);
    for (const row of log) expect(row.detail).not.toMatch(/柳岸便利店|13800001111|货架/);
  });

  test('the telephone is stored sealed and shown with its middle hidden', async () => {
    const { id } = await issued();
    const row = await nowOf(id);
    expect(row.partyPhoneSealed).toMatch(/^v1\$/);
    expect((await viewNotice(issuer, id)).phone).toBe('138****1111');
  });

  test('who may not issue there, may not; a unit issues in its own name', async () => {
    const elsewhere = await staff('inspector', { place: OTHER_COMMUNITY });
    await expect(drawNotice(elsewhere, draft(), [])).rejects.toMatchObject({ code: 'forbidden' });
    await expect(drawNotice(district, draft(), [])).rejects.toMatchObject({ code: 'forbidden' });
    await expect(drawNotice({ kind: 'anonymous' }, draft(), [])).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(drawNotice(inspector, draft(), [])).rejects.toMatchObject({
      fields: { issuerUnitId: '请选择开具单位' },
    });
    expect((await issuersFor(issuer)).map((unit) => unit.id)).toEqual([CITY_MANAGEMENT]);
    const own = await drawNotice(issuer, draft({ issuerUnitId: String(PROPERTY) }), []);
    expect((await nowOf(own)).issuerUnitId).toBe(CITY_MANAGEMENT);
  });

  test('a notice elsewhere does not exist for who has no business there', async () => {
    const { id } = await issued();
    const elsewhere = await staff('inspector', { place: OTHER_COMMUNITY });
    await expect(viewNotice(elsewhere, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(voidNotice(elsewhere, { ...(await ref(id)), reason: '不是我的' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await listNotices(elsewhere, readRegisterQuery(new URLSearchParams()))).total).toBe(0);
  });

  test('a form drawn before the notice changed is refused', async () => {
    const { id } = await issued();
    const before = await ref(id);
    await voidNotice(issuer, { ...before, reason: '重复开具了' });
    await expect(voidNotice(issuer, { ...before, reason: '重复开具了' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('opened by another domain, in its own transaction', () => {
  const open = (subject: { type: 'case'; id: number }, fails: boolean) =>
    write(system('test'), 'test.case', async (tx, change) => {
      change.note('case', subject.id);
      const photo = await tx.select({ id: media.id }).from(media).limit(1);
      const opened = await openNotice(tx, change, issuer, draft(), { inUse: [photo[0]!.id] }, { subject });
      if (fails) throw new Error('the case could not go on');
      return opened;
    });

  test('it keeps what it was opened from, and gives it back at sign-off', async () => {
    await picture();
    const { id, number } = await open({ type: 'case', id: 77 }, false);
    await deliverNotice(issuer, { ...(await ref(id)), way: 'hand', person: '店主', at: null, tracking: '' });
    await answerNotice(await openByCode(number, accessCodeOf(number)), '已经撤回。', [await picture()]);
    const judged = await judgeNotice(other, { ...(await ref(id)), result: 'pass', reason: '' });
    expect(judged).toMatchObject({ outcome: 'signed_off', subject: { type: 'case', id: 77 }, number });
  });

  test('when the other domain fails, no notice and no number is left', async () => {
    const before = (await issued()).number;
    await expect(open({ type: 'case', id: 78 }, true)).rejects.toThrow('could not go on');
    expect(await reader.select().from(notices).where(eq(notices.subjectId, 78))).toEqual([]);
    expect(Number((await issued()).number.slice(-5))).toBe(Number(before.slice(-5)) + 1);
  });
});

describe('delivery', () => {
  test.each([
    ['by hand, without a name', { way: 'hand' }, 'person'],
    ['left, without a witness', { way: 'left' }, 'person'],
    ['by post, without a number', { way: 'post' }, 'tracking'],
    ['in the future', { way: 'hand', person: '店主', at: new Date('2026-08-14T10:00:00+08:00') }, 'at'],
    [
      'before it was issued',
      { way: 'hand', person: '店主', at: new Date('2026-08-13T10:00:00+08:00') },
      'at',
    ],
  ])('%s is refused', async (_name, sent, field) => {
    const { id } = await issued();
    await expect(
      deliverNotice(issuer, { ...(await ref(id)), person: '', tracking: '', at: null, ...sent } as never),
    ).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
    expect((await nowOf(id)).state).toBe('issued');
  });

  test('by hand: received at the time that was given, both copies signed', async () => {
    const { id } = await issued();
    clockAt('2026-08-14 11:00');
    const at = new Date('2026-08-14T10:30:00+08:00');
    await deliverNotice(issuer, { ...(await ref(id)), way: 'hand', person: '何店主', at, tracking: '' });
    expect(await nowOf(id)).toMatchObject({ state: 'received', receivedAt: at });
    const { copies, deliveries } = await viewNotice(issuer, id);
    expect(copies.map(({ copy, receivedBy, receivedAt }) => [copy, receivedBy, receivedAt])).toEqual([
      ['A', '城市管理局', now()],
      ['B', '何店主', at],
    ]);
    expect(deliveries).toMatchObject([{ way: 'hand', person: '何店主', at }]);
  });

  test('by short message: number and code go out, and it is received when the party says so', async () => {
    const { id, number } = await issued();
    await deliverNotice(issuer, { ...(await ref(id)), way: 'sms', person: '', at: null, tracking: '' });
    const [sent] = await reader
      .select()
      .from(outbox)
      .where(eq(outbox.about, `notice:${id}`));
    expect(sent).toMatchObject({ channel: 'sms', template: 'notice.issued' });
    expect((await nowOf(id)).state).toBe('issued');
    const ticket = await openByCode(number, accessCodeOf(number));
    await confirmReceipt(ticket, '何店主');
    const { copies } = await viewNotice(issuer, id);
    expect(copies.map(({ copy, receivedBy }) => [copy, receivedBy])).toEqual([
      ['A', ''],
      ['B', '何店主'],
    ]);
  });

  test('without a number no short message goes', async () => {
    const { id } = await issued({ partyPhone: '' });
    await expect(
      deliverNotice(issuer, { ...(await ref(id)), way: 'sms', person: '', at: null, tracking: '' }),
    ).rejects.toMatchObject({ fields: { way: expect.any(String) } });
  });

  test('a letter is on record before it is signed for', async () => {
    const { id } = await issued();
    await deliverNotice(issuer, { ...(await ref(id)), way: 'post', person: '', at: null, tracking: 'XA1' });
    expect((await nowOf(id)).state).toBe('issued');
    await deliverNotice(issuer, {
      ...(await ref(id)),
      way: 'post',
      person: '门卫',
      at: null,
      tracking: 'XA1',
    });
    expect((await nowOf(id)).state).toBe('received');
  });
});

describe('the party’s own page', () => {
  test('opens by number and code; a wrong code and an unknown number are answered alike, and counted', async () => {
    const { id, number } = await issued();
    const wrong = await openByCode(number, '000000').catch((error: Error) => error.message);
    expect(await openByCode('Z2026-0001-99999', '000000').catch((e: Error) => e.message)).toBe(wrong);
    for (let i = 0; i < 9; i++) await openByCode(number, '000000').catch(() => {});
    await expect(openByCode(number, accessCodeOf(number))).rejects.toMatchObject({ code: 'rate_limited' });
    clockAt('2026-08-15 09:00');
    expect(await openByCode(number, accessCodeOf(number))).toBeTruthy();
    expect((await viewNotice(issuer, id)).copies.find((c) => c.copy === 'B')?.readAt).toEqual(now());
  });

  test('a hundred guesses at once are still ten', async () => {
    const { number } = await issued();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        openByCode(number, '111111').catch((error: { code: string }) => error.code),
      ),
    );
    expect(answers.filter((code) => code === 'invalid')).toHaveLength(10);
  });

  test('shows what is asked and no telephone, and runs out', async () => {
    const { ticket, number } = await signed();
    const seen = await findForParty(ticket);
    expect(seen).toMatchObject({ number, demand: '撤回店内，恢复通行。', issuer: '城市管理局' });
    expect(JSON.stringify(seen)).not.toContain('13800001111');
    expect(JSON.stringify(seen)).not.toContain('工作人员');
    clockAt('2026-08-14 11:00');
    expect(await findForParty(ticket)).toBeNull();
    await expect(answerNotice(ticket, '已经撤回。', [])).rejects.toMatchObject({ code: 'not_found' });
    expect(await findForParty('garbage')).toBeNull();
  });

  test('answers with words and photographs, which nobody else’s ticket opens', async () => {
    const { id, ticket } = await signed();
    await expect(answerNotice(ticket, '已经撤回。', [])).rejects.toMatchObject({
      fields: { photos: expect.any(String) },
    });
    const photo = await picture();
    await answerNotice(ticket, '已经撤回。', [photo]);
    expect(await nowOf(id)).toMatchObject({ state: 'submitted', submittedAt: now(), rounds: 1 });
    const events = await reader.select().from(noticeEvents).where(eq(noticeEvents.noticeId, id));
    expect(events.slice(-2).map(({ event, party }) => `${event} ${party}`)).toEqual([
      'start party',
      'submit party',
    ]);
    expect((await partyPicture(ticket, photo)).id).toBe(photo);
    expect((await noticePicture(inspector, id, photo)).id).toBe(photo);
    const elsewhere = await staff('inspector', { place: OTHER_COMMUNITY });
    await expect(noticePicture(elsewhere, id, photo)).rejects.toMatchObject({ code: 'not_found' });
    const stranger = await signed();
    await expect(noticePicture(inspector, stranger.id, photo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(partyPicture(stranger.ticket, photo)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('does not answer before it confirmed receipt', async () => {
    const { number } = await issued();
    const ticket = await openByCode(number, accessCodeOf(number));
    await expect(answerNotice(ticket, '已经撤回。', [await picture()])).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('what happened to a notice cannot be rewritten', async () => {
    const { id } = await issued();
    await expect(
      write.quiet((tx) => tx.update(noticeEvents).set({ words: 'x' }).where(eq(noticeEvents.noticeId, id))),
    ).rejects.toThrow();
  });
});

describe('sign-off', () => {
  test('not by who issued it, not by who recorded the fix, not by the responsible unit', async () => {
    const { id } = await submitted();
    const pass = { result: 'pass', reason: '' } as const;
    await expect(judgeNotice(issuer, { ...(await ref(id)), ...pass })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('开具'),
    });
    const recorded = await signed({ partyUnitId: String(PROPERTY), partyKind: 'unit' });
    await recordFix(other, { ...(await ref(recorded.id)), words: '现场看到已撤回。' }, [await picture()]);
    await expect(judgeNotice(other, { ...(await ref(recorded.id)), ...pass })).rejects.toMatchObject({
      message: expect.stringContaining('登记'),
    });
    const theirs = await staff('inspector', { unit: PROPERTY });
    await expect(judgeNotice(theirs, { ...(await ref(recorded.id)), ...pass })).rejects.toMatchObject({
      message: expect.stringContaining('责任方'),
    });
    await judgeNotice(inspector, { ...(await ref(recorded.id)), ...pass });
    expect((await nowOf(recorded.id)).signedOffBy).toBe(inspector.id);
    expect((await viewNotice(issuer, id)).choices.judge).toContain('开具');
    expect((await viewNotice(inspector, id)).choices.judge).toBe(true);
    await expect(judgeNotice(district, { ...(await ref(id)), ...pass })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('passed: late or not is frozen, the disorders are visited after 3, 10 and 30 days', async () => {
    const { id, judged } = await signedOff();
    expect(judged.visits).toEqual(['2026-08-17', '2026-08-24', '2026-09-14']);
    expect(await nowOf(id)).toMatchObject({ state: 'signed_off', wasOverdue: false });
    expect((await signedOff({ matter: 'GREEN' })).judged.visits).toEqual([]);
    expect((await signedOff({ matter: 'GREEN', lookBack: true })).judged.visits).toHaveLength(3);
  });

  test('sent in late is told as late', async () => {
    const { id, number } = await signed({ matter: 'HYGIENE' });
    clockAt('2026-08-15 00:00');
    await answerNotice(await openByCode(number, accessCodeOf(number)), '已经扫净。', [await picture()]);
    await judgeNotice(other, { ...(await ref(id)), result: 'pass', reason: '' });
    expect((await nowOf(id)).wasOverdue).toBe(true);
  });

  test('failed: a reason, half the first limit, the next round', async () => {
    const { id, ticket } = await submitted();
    await expect(
      judgeNotice(other, { ...(await ref(id)), result: 'fail', reason: '' }),
    ).rejects.toMatchObject({ code: 'invalid' });
    const judged = await judgeNotice(other, { ...(await ref(id)), result: 'fail', reason: '还占着半米。' });
    expect(judged.dueAt).toEqual(new Date('2026-08-20T00:00:00+08:00'));
    expect(await nowOf(id)).toMatchObject({
      state: 'fixing',
      submittedAt: null,
      firstDueAt: new Date('2026-08-22T00:00:00+08:00'),
    });
    await answerNotice(ticket, '全部撤回。', [await picture()]);
    const { after } = await viewNotice(inspector, id);
    expect(after.map(({ round }) => round)).toEqual([1, 2]);
  });
});

describe('cannot be fixed', () => {
  test('the party asks, an approver agrees: it ends with a reply and a day to look again', async () => {
    const { id, ticket } = await signed();
    await askCannotFix(ticket, '墙体是文物，施工要先报批，至少半年。');
    await expect(askCannotFix(ticket, '墙体是文物，施工要先报批，至少半年。')).rejects.toMatchObject({
      code: 'conflict',
    });
    await decideCannotFix(district, {
      ...(await ref(id)),
      decision: 'agree',
      reply: '情况属实，报批后再办。',
    });
    expect(await nowOf(id)).toMatchObject({
      state: 'cannot_fix',
      cannotFixBy: district.id,
      reviewDay: '2027-08-16',
    });
    expect((await findForParty(ticket))?.reply).toBe('情况属实，报批后再办。');
    await reviewCannotFix(district, { ...(await ref(id)), words: '仍在报批。' });
    expect((await nowOf(id)).state).toBe('cannot_fix');
  });

  test('not by who asked, not without a request; refused, the fixing goes on', async () => {
    const both = await staff('district');
    const asking: Staff = { ...both, grants: [...both.grants, ...issuer.grants] };
    const { id } = await signed();
    await askForParty(asking, { ...(await ref(id)), reason: '管线在地下，要等市政停气。' });
    const decision = { decision: 'refuse', reply: '可以先临时围挡，请继续整改。' } as const;
    await expect(decideCannotFix(asking, { ...(await ref(id)), ...decision })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(decideCannotFix(inspector, { ...(await ref(id)), ...decision })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await decideCannotFix(district, { ...(await ref(id)), ...decision });
    expect(await nowOf(id)).toMatchObject({ state: 'fixing', cannotFixAskedAt: null });
    await expect(decideCannotFix(district, { ...(await ref(id)), ...decision })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('visits after sign-off', () => {
  const visitsOf = (id: NoticeId) =>
    reader.select().from(noticeVisits).where(eq(noticeVisits.noticeId, id)).orderBy(noticeVisits.nth);
  const visit = async (id: NoticeId, visitId: NoticeVisitId, result: 'pass' | 'fail', note = '') => ({
    ...(await ref(id)),
    visit: visitId,
    result,
    note,
  });

  test('stand in today’s list from their day on; a photograph is wanted; the fixer does not go', async () => {
    const { id } = await signedOff();
    const [first] = await visitsOf(id);
    const mine = async () => (await listVisitsToday(inspector)).filter((row) => row.noticeId === id);
    expect(await mine()).toEqual([]);
    await expect(
      recordVisit(inspector, await visit(id, first!.id, 'pass'), [await picture()]),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('2026-08-17') });
    clockAt('2026-08-17 08:00');
    expect(await mine()).toMatchObject([{ id: first!.id, nth: 1, place: '柳岸社区' }]);
    expect((await noticesToday(inspector)).visits).toBeGreaterThan(0);
    await expect(recordVisit(inspector, await visit(id, first!.id, 'pass'), [])).rejects.toMatchObject({
      fields: { photos: expect.any(String) },
    });
    const stale = await visit(id, first!.id, 'pass');
    expect(await recordVisit(inspector, stale, [await picture()])).toBeNull();
    await expect(recordVisit(inspector, stale, [await picture()])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await mine()).toEqual([]);
  });

  test('a visit of another notice is not taken', async () => {
    const [one, two] = [await signedOff(), await signedOff()];
    const [foreign] = await visitsOf(two.id);
    await expect(
      recordVisit(inspector, await visit(one.id, foreign!.id, 'pass'), [await picture()]),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a relapse opens a linked notice at once, and calls off what was still planned', async () => {
    const { id } = await signedOff();
    clockAt('2026-08-17 08:00');
    const [first] = await visitsOf(id);
    const next = await recordVisit(inspector, await visit(id, first!.id, 'fail', '货架又摆出来了。'), [
      await picture(),
    ]);
    expect((await visitsOf(id)).map(({ state }) => state)).toEqual(['failed', 'cancelled', 'cancelled']);
    expect((await nowOf(id)).state).toBe('signed_off');
    expect(await nowOf(next!.id)).toMatchObject({
      state: 'issued',
      relapseOf: id,
      issuedBy: inspector.id,
      issuerUnitId: CITY_MANAGEMENT,
      description: '货架又摆出来了。',
    });
    const seen = await viewNotice(inspector, next!.id);
    expect(seen.relapseOf?.id).toBe(id);
    expect(seen.before).toHaveLength(1);
    expect((await viewNotice(inspector, id)).relapses).toMatchObject([
      { id: next!.id, number: next!.number },
    ]);
  });

  test('a relapse seen by others is linked when the notice is issued', async () => {
    const before = await signedOff();
    const id = await drawNotice(issuer, draft(), [await picture()], { relapseOf: before.id });
    expect((await visitsOf(before.id))[0]?.state).toBe('planned');
    await issueNotice(issuer, await ref(id));
    expect((await visitsOf(before.id)).map(({ state }) => state)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });
});

describe('register and figures', () => {
  const query = (text = '') => readRegisterQuery(new URLSearchParams(text));

  test('filters by pile, state, matter, month, number and words; percent signs are words', async () => {
    const { number } = await issued({ partyName: '百分之百%面馆', matter: 'DRYING' });
    const find = async (text: string) => (await listNotices(issuer, query(text))).total;
    expect(await find(`q=${encodeURIComponent(number.replaceAll('-', ' '))}`)).toBe(1);
    expect(await find('q=%25面馆')).toBe(1);
    expect(await find('q=_面馆')).toBe(0);
    expect(await find('matter=DRYING')).toBe(1);
    expect(await find('month=2025-01')).toBe(0);
    expect(await find(`place=${OTHER_COMMUNITY}`)).toBe(0);
    expect(await find('pile=nonsense')).toBe(await find(''));
    clockAt('2026-08-22 00:00');
    expect(await find('pile=overdue&matter=DRYING')).toBe(1);
  });

  test('the export hides persons and telephones, and is on record', async () => {
    await issued({ partyKind: 'person', partyName: '欧小明', matter: 'BUILD' });
    const table = await exportRegister(issuer, query('matter=BUILD'));
    expect(table.rows).toHaveLength(1);
    expect(JSON.stringify(table)).toContain('欧**');
    expect(JSON.stringify(table)).not.toMatch(/欧小明|13800001111/);
    const [last] = await reader.select().from(audit).where(eq(audit.action, 'rectification.export'));
    expect(last?.detail).toContain('"rows":1');
  });

  test('signed off ÷ due in the period: what cannot be fixed stays in, what is void does not, what is not yet due neither', async () => {
    // A year without figures is answered with the present one.
    expect((await noticeFigures(2025)).year).toBe(2026);
    clockAt('2028-03-06 09:00');
    const base = { matter: 'HYGIENE' };
    await signedOff(base);
    await issued(base);
    const cannot = await signed(base);
    await askCannotFix(cannot.ticket, '墙体是文物，施工要先报批，至少半年。');
    await decideCannotFix(district, { ...(await ref(cannot.id)), decision: 'agree', reply: '情况属实。' });
    const wrong = await issued(base);
    await voidNotice(issuer, { ...(await ref(wrong.id)), reason: '重复开具了' });
    await issued({ matter: 'GREEN' });
    clockAt('2028-03-06 23:59');
    expect((await noticeFigures(2028)).whole.denominator).toBe(0);
    clockAt('2028-03-07 00:00');
    const figures = await noticeFigures(2028);
    expect(figures.whole).toEqual({ numerator: 1, denominator: 3, cannotFix: 1, voided: 1 });
    expect(figures.months[2]).toMatchObject({ month: '2028-03', denominator: 3, hidden: true });
  });
});

describe('by the passing of time', () => {
  test('unsigned for a working day: party and issuer are reminded, once', async () => {
    const { id } = await issued();
    clockAt('2026-08-17 23:59');
    await remindUnsigned(now());
    expect((await nowOf(id)).remindedAt).toBeNull();
    clockAt('2026-08-18 00:00');
    expect(await remindUnsigned(now())).toBeGreaterThan(0);
    expect(await remindUnsigned(now())).toBe(0);
    const told = await reader
      .select()
      .from(outbox)
      .where(eq(outbox.about, `notice:${id}`));
    expect(told.map(({ channel }) => channel).sort()).toEqual(['site', 'sms']);
  });
});

describe('print', () => {
  test('gives number and code to who may issue, nothing of a draft', async () => {
    const { id, number } = await issued();
    expect(await printNotice(issuer, id)).toMatchObject({
      number,
      code: accessCodeOf(number),
      due: '2026年8月21日（周五）24 时前',
      pictures: { A: expect.stringContaining('<svg'), B: expect.stringContaining('<svg') },
    });
    await expect(printNotice(district, id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await printNotice(issuer, await drawNotice(issuer, draft(), []))).toBeNull();
  });
});
