import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import {
  CITY_MANAGEMENT,
  COMMUNITY,
  caseNow,
  clockAt,
  file,
  foundCity,
  OTHER_COMMUNITY,
  PROPERTY,
  reader,
  remove,
  setClock,
  staff,
  WATER,
} from './city.ts';

const { and, eq } = await import('drizzle-orm');
const { audit, purges } = await import('#db/schema/core.ts');
const { caseEvents } = await import('#db/schema/hotline.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { acceptCase, askInfo, refuseCase, referCase, takeUpAgain, terminateCase } = await import(
  '#domains/hotline/triage/service.ts'
);
const { dispatchCase, reassignCase, returnCase, rule, signCase } = await import(
  '#domains/hotline/dispatch/service.ts'
);
const { answerCase, approveAnswer, sendBack } = await import('#domains/hotline/answers/service.ts');
const { followUp, recordContact } = await import('#domains/hotline/followup/service.ts');
const { supply } = await import('#domains/hotline/tracking/steps.ts');

let dispatcher: Staff;
let operator: Staff;
let handler: Staff;
let waterworks: Staff;
let rightsOfficer: Staff;

beforeAll(async () => {
  await foundCity();
  dispatcher = await staff('dispatcher');
  operator = await staff('operator');
  handler = await staff('handler', { unit: CITY_MANAGEMENT });
  waterworks = await staff('handler', { unit: WATER });
  rightsOfficer = await staff('rights');
});
beforeEach(() => clockAt('2026-03-04 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });

const accepting = {
  kind: 'complaint',
  category: 'FACILITY',
  urgency: 'ordinary',
  flags: [],
  place: COMMUNITY,
  aboutUnit: null,
  publicText: '',
  internalText: '',
} as const;

const accept = async (number: string, change: Partial<Parameters<typeof acceptCase>[1]> = {}) =>
  acceptCase(dispatcher, { ...(await ref(number)), ...accepting, flags: [], ...change });
const given = { unit: CITY_MANAGEMENT, helpers: [], publicText: '', internalText: '' };
const dispatch = async (number: string, change = {}) =>
  dispatchCase(dispatcher, { ...(await ref(number)), ...given, ...change });
const sign = async (number: string, actor = handler) => signCase(actor, await ref(number));
const answer = async (number: string, text = '已更换灯头，恢复照明，感谢您的反映。') =>
  answerCase(handler, { ...(await ref(number)), answer: text, outcome: 'fixed', action: '现场更换' });
const approve = async (number: string) =>
  approveAnswer(dispatcher, { ...(await ref(number)), internalText: '' });

/** A case in the hands of its unit. */
async function handled(fields = {}) {
  const filed = await file(fields);
  await accept(filed.caseNumber);
  await dispatch(filed.caseNumber);
  await sign(filed.caseNumber);
  return filed;
}

async function answered(fields = {}) {
  const filed = await handled(fields);
  await answer(filed.caseNumber);
  await approve(filed.caseNumber);
  return filed;
}

const events = (caseId: number) =>
  reader
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId as never))
    .orderBy(caseEvents.id);

test('a case goes from filing to its end through three pairs of hands, every hop in its log', async () => {
  const filed = await answered();
  clockAt('2026-03-05 10:00');
  await followUp(operator, {
    ...(await ref(filed.caseNumber)),
    result: 'settled',
    outcome: null,
    words: '诉求人说灯亮了',
  });
  expect(await caseNow(filed.caseNumber)).toMatchObject({
    state: 'closed',
    outcome: 'fixed',
    wasOverdue: false,
  });
  const log = await events(filed.caseId);
  expect(log.map((entry) => [entry.event, entry.party])).toEqual([
    ['file', 'complainant'],
    ['accept', 'dispatcher'],
    ['dispatch', 'dispatcher'],
    ['sign', 'handler'],
    ['answer', 'handler'],
    ['approve', 'dispatcher'],
    ['followOk', 'operator'],
  ]);
  expect(log.at(1)).toMatchObject({ accountId: dispatcher.id, fromState: 'filed', toState: 'accepted' });
  expect(log.at(2)?.unitId).toBe(CITY_MANAGEMENT);
});

test('what people wrote is in no audit entry, what changed is', async () => {
  const filed = await answered();
  const rows = await reader
    .select()
    .from(audit)
    .where(and(eq(audit.entity, 'case'), eq(audit.entityId, String(filed.caseId))));
  expect(rows.map((row) => row.action)).toEqual([
    'hotline.file',
    'hotline.accept',
    'hotline.dispatch',
    'hotline.sign',
    'hotline.answer',
    'hotline.approve',
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/灯头|路灯|现场更换/);
  expect(JSON.parse(rows[2]?.detail ?? '')).toMatchObject({
    from: { state: 'accepted', leadUnitId: null },
    to: { state: 'dispatched', leadUnitId: CITY_MANAGEMENT },
  });
});

describe('the clock', () => {
  test('counts from filing, by the category and circumstances found on accepting', async () => {
    const filed = await file({ category: 'OTHER' });
    clockAt('2026-03-06 15:00');
    const c = await accept(filed.caseNumber, { category: 'LITTER', flags: ['road'] });
    expect(c.dueAt).toEqual(new Date('2026-03-04T05:00:00Z'));
    expect(c.limit).toEqual({ n: 4, unit: 'hour' });
  });

  test('stands still while the filer is asked, and moves on by the working days lost', async () => {
    const filed = await file();
    await accept(filed.caseNumber);
    expect((await caseNow(filed.caseNumber)).dueAt).toEqual(new Date('2026-03-11T16:00:00Z'));
    await askInfo(dispatcher, {
      ...(await ref(filed.caseNumber)),
      publicText: '请说明是哪一盏灯',
      internalText: '',
    });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'needs_info', pausedFrom: 'accepted' });
    clockAt('2026-03-06 09:00');
    await supply({ kind: 'anonymous' }, filed.complaintId, '东门左边第一盏', []);
    const c = await caseNow(filed.caseNumber);
    expect(c).toMatchObject({ state: 'accepted', pausedAt: null });
    // 03-05 and 03-06 began while it stood still.
    expect(c.dueAt).toEqual(new Date('2026-03-13T16:00:00Z'));
  });

  test('a pause before acceptance counts as well', async () => {
    const filed = await file();
    await askInfo(dispatcher, {
      ...(await ref(filed.caseNumber)),
      publicText: '请说明地点',
      internalText: '',
    });
    clockAt('2026-03-05 09:00');
    await supply({ kind: 'anonymous' }, filed.complaintId, '东门', []);
    const c = await accept(filed.caseNumber);
    expect(c.firstDueAt).toEqual(new Date('2026-03-11T16:00:00Z'));
    expect(c.dueAt).toEqual(new Date('2026-03-12T16:00:00Z'));
  });

  test('late is who answered late, however long the centre took to approve', async () => {
    const filed = await handled();
    clockAt('2026-03-11 23:59');
    await answer(filed.caseNumber);
    clockAt('2026-03-16 09:00');
    await approve(filed.caseNumber);
    expect(await caseNow(filed.caseNumber)).toMatchObject({ wasOverdue: false });
    const late = await handled();
    clockAt('2026-03-24 00:00');
    await answer(late.caseNumber);
    await approve(late.caseNumber);
    expect(await caseNow(late.caseNumber)).toMatchObject({ wasOverdue: true });
  });

  test('a case taken up again gets a shorter one, from the day of the dispute', async () => {
    const filed = await answered();
    clockAt('2026-03-09 09:00');
    await followUp(operator, {
      ...(await ref(filed.caseNumber)),
      result: 'unsettled',
      outcome: null,
      words: '灯又灭了',
    });
    const c = await caseNow(filed.caseNumber);
    expect(c).toMatchObject({ state: 'redo', redos: 1, answeredAt: null });
    expect(c.dueAt).toEqual(new Date('2026-03-12T16:00:00Z'));
    expect(c.firstAnsweredAt).toEqual(new Date('2026-03-04T01:00:00Z'));
  });
});

describe('two people on one case', () => {
  test('two dispatchers give it away at once: one succeeds, the other is told to refresh', async () => {
    const filed = await file();
    await accept(filed.caseNumber);
    const seen = await ref(filed.caseNumber);
    const results = await Promise.allSettled([
      dispatchCase(dispatcher, { ...seen, ...given }),
      dispatchCase(dispatcher, { ...seen, ...given, unit: WATER }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'conflict', message: expect.stringContaining('刷新') } });
    expect((await events(filed.caseId)).filter((entry) => entry.event === 'dispatch')).toHaveLength(1);
  });

  test('a screen drawn before the last change is stale, even where the move would be allowed', async () => {
    const filed = await handled();
    const seen = await ref(filed.caseNumber);
    await recordContact(handler, { ...seen, channel: 'relay', words: '已约定上门' });
    await expect(
      answerCase(handler, { ...seen, answer: '已更换灯头，恢复照明。', outcome: 'fixed', action: '' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a step that the state does not allow changes nothing', async () => {
    const filed = await file();
    await expect(dispatch(filed.caseNumber)).rejects.toMatchObject({ code: 'conflict' });
    expect(await events(filed.caseId)).toHaveLength(1);
  });
});

describe('who may', () => {
  test('nobody accepts without being signed in', async () => {
    const filed = await file();
    await expect(
      acceptCase({ kind: 'anonymous' }, { ...(await ref(filed.caseNumber)), ...accepting, flags: [] }),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('an operator does not dispatch', async () => {
    const filed = await file();
    await accept(filed.caseNumber);
    await expect(
      dispatchCase(operator, { ...(await ref(filed.caseNumber)), ...given }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('for a dispatcher of another community the case does not exist', async () => {
    const filed = await file();
    const elsewhere = await staff('dispatcher', { place: OTHER_COMMUNITY });
    await expect(
      acceptCase(elsewhere, { ...(await ref(filed.caseNumber)), ...accepting, flags: [] }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('for a dispatcher of other categories neither', async () => {
    const filed = await file({ category: 'DRAIN' });
    const roads = await staff('dispatcher', { categories: ['FACILITY'] });
    await expect(
      acceptCase(roads, { ...(await ref(filed.caseNumber)), ...accepting, flags: [] }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('another unit’s case does not exist for a unit', async () => {
    const filed = await file();
    await accept(filed.caseNumber);
    await dispatch(filed.caseNumber);
    await expect(sign(filed.caseNumber, waterworks)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the unit complained of never gets the case, as lead or as help', async () => {
    const filed = await file();
    await accept(filed.caseNumber, { aboutUnit: PROPERTY });
    await expect(dispatch(filed.caseNumber, { unit: PROPERTY })).rejects.toMatchObject({
      code: 'invalid',
      fields: { unit: expect.stringContaining('被反映') },
    });
    await expect(dispatch(filed.caseNumber, { helpers: [PROPERTY] })).rejects.toMatchObject({
      fields: { helpers: expect.stringContaining('被反映') },
    });
  });

  test('rights cases are handled whole by their officer, and exist for nobody else', async () => {
    const filed = await file({ category: 'RIGHTS' });
    const at = await ref(filed.caseNumber);
    await expect(acceptCase(dispatcher, { ...at, ...accepting, flags: [] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await acceptCase(rightsOfficer, { ...at, ...accepting, kind: 'help', category: 'RIGHTS', flags: [] });
    const open = await file();
    await expect(
      acceptCase(rightsOfficer, { ...(await ref(open.caseNumber)), ...accepting, flags: [] }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('what staff find to be a matter of rights vanishes from everyone else’s desk', async () => {
    const filed = await file();
    await accept(filed.caseNumber, { category: 'RIGHTS', kind: 'help' });
    await expect(dispatch(filed.caseNumber)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('refusing, referring, ending', () => {
  const refusing = {
    code: 'notGov',
    publicText: '请向柳岸物业反映，电话 0591-88880000',
    internalText: '',
  } as const;

  test('a refusal keeps its ground; one review may take it up again, no second', async () => {
    const filed = await file();
    await refuseCase(dispatcher, { ...(await ref(filed.caseNumber)), ...refusing });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'refused', refusalCode: 'notGov' });
    const again = async () =>
      takeUpAgain(dispatcher, {
        ...(await ref(filed.caseNumber)),
        publicText: '经复核属实',
        internalText: '',
      });
    await again();
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'filed', refusalCode: null });
    await refuseCase(dispatcher, { ...(await ref(filed.caseNumber)), ...refusing });
    await expect(again()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a referred case names its receiver, under the same number', async () => {
    const filed = await file();
    await referCase(dispatcher, {
      ...(await ref(filed.caseNumber)),
      receiver: '市税务局',
      contact: '12366',
      publicText: '已转税务部门。',
      internalText: '',
    });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'referred', referredTo: '市税务局' });
    expect((await events(filed.caseId)).at(-1)?.publicText).toContain('12366');
  });

  test('a case is ended with its reason and evidence', async () => {
    const filed = await handled();
    await terminateCase(dispatcher, {
      ...(await ref(filed.caseNumber)),
      publicText: '诉求没有法律依据，已当面解释',
      internalText: '谈话记录 3 页',
    });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'terminated' });
  });
});

describe('giving back', () => {
  const returning = { ground: '不是本单位管养的路段', evidence: '管养移交清单', suggested: WATER };

  test('a return is counted and public, and ruled upon with a reason', async () => {
    const filed = await handled();
    await returnCase(handler, { ...(await ref(filed.caseNumber)), ...returning });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'returned', returns: 1 });
    await rule(dispatcher, {
      ...(await ref(filed.caseNumber)),
      unit: WATER,
      helpers: [CITY_MANAGEMENT],
      publicText: '',
      internalText: '查明由水务管养',
    });
    expect(await caseNow(filed.caseNumber)).toMatchObject({
      state: 'dispatched',
      leadUnitId: WATER,
      dispatches: 2,
    });
  });

  test('not after its time, and not a third time', async () => {
    const late = await handled();
    clockAt('2026-03-06 00:00');
    await expect(
      returnCase(handler, { ...(await ref(late.caseNumber)), ...returning }),
    ).rejects.toMatchObject({ code: 'conflict' });
    clockAt('2026-03-04 09:00');
    const filed = await handled();
    for (let i = 0; i < 2; i++) {
      await returnCase(handler, { ...(await ref(filed.caseNumber)), ...returning });
      await rule(dispatcher, { ...(await ref(filed.caseNumber)), ...given, internalText: '仍由城管办理' });
    }
    await expect(
      returnCase(handler, { ...(await ref(filed.caseNumber)), ...returning }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('会商') });
  });

  test('the centre’s own mistake is a change of unit, not a return', async () => {
    const filed = await handled();
    await reassignCase(dispatcher, {
      ...(await ref(filed.caseNumber)),
      unit: WATER,
      helpers: [],
      publicText: '',
      internalText: '派错单位',
    });
    expect(await caseNow(filed.caseNumber)).toMatchObject({
      state: 'dispatched',
      leadUnitId: WATER,
      returns: 0,
      dispatches: 2,
    });
  });
});

describe('answers', () => {
  test('one sent back goes where it came from, in a redo as well', async () => {
    const filed = await handled();
    await answer(filed.caseNumber);
    await sendBack(dispatcher, { ...(await ref(filed.caseNumber)), reason: '请附处理后照片' });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'handling', answeredAt: null });
    await answer(filed.caseNumber);
    await approve(filed.caseNumber);
    await followUp(operator, {
      ...(await ref(filed.caseNumber)),
      result: 'unsettled',
      outcome: null,
      words: '没修好',
    });
    await answer(filed.caseNumber);
    await sendBack(dispatcher, { ...(await ref(filed.caseNumber)), reason: '请说明原因' });
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'redo' });
  });

  test('three calls that nobody takes close the case as not reached, its outcome kept', async () => {
    const filed = await answered();
    const call = async () =>
      followUp(operator, { ...(await ref(filed.caseNumber)), result: 'missed', outcome: null, words: '' });
    await call();
    await call();
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'follow_up' });
    await call();
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'closed', outcome: 'fixed' });
    expect((await events(filed.caseId)).at(-1)?.data).toMatchObject({ unreached: 1, missed: 3 });
  });
});

describe('messages', () => {
  const messages = async (caseId: number) =>
    (await reader.select().from(outbox))
      .filter((row) => row.about === `case:${caseId}`)
      .map((row) => row.template);

  test('the filer is told each step by number alone', async () => {
    const filed = await answered({ phone: '13800001111', name: '王小明' });
    expect(await messages(filed.caseId)).toEqual(['case.accepted', 'case.dispatched', 'case.answered']);
  });

  test('nobody is told anything about a matter of rights', async () => {
    const filed = await file({ category: 'RIGHTS', phone: '13800001112' });
    await acceptCase(rightsOfficer, {
      ...(await ref(filed.caseNumber)),
      ...accepting,
      kind: 'help',
      category: 'RIGHTS',
      flags: [],
    });
    expect(await messages(filed.caseId)).toEqual([]);
  });

  test('every template that a step names exists, with the parameters it is given', async () => {
    const { templateOf, parametersOf } = await import('#domains/notify/rules.ts');
    const sent = await reader.select().from(outbox);
    const { unseal } = await import('#core/secrets.ts');
    expect(sent.length).toBeGreaterThan(0);
    for (const row of sent) {
      const template = templateOf(row.template);
      expect(template, row.template).not.toBeNull();
      const given = Object.keys(JSON.parse(unseal(row.paramsSealed)) as object);
      expect(given).toEqual(expect.arrayContaining(parametersOf(template?.text ?? '')));
    }
  });
});

test('a step of a case that is not public purges no page', async () => {
  const before = (await reader.select({ id: purges.id }).from(purges)).length;
  await handled();
  expect((await reader.select({ id: purges.id }).from(purges)).length).toBe(before);
});
