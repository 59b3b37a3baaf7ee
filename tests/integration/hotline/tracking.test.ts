import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import {
  ANYONE,
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
} from './city.ts';

const { eq } = await import('drizzle-orm');
const { unseal } = await import('#core/secrets.ts');
const { complaints, caseEvents } = await import('#db/schema/hotline.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { sendCode } = await import('#domains/accounts/codes/service.ts');
const { queryCodeOf } = await import('#domains/hotline/filing/codes.ts');
const { OpenByCode } = await import('#domains/hotline/tracking/input.ts');
const { complaintOf, findTracked, openByCode, openByPhone } = await import(
  '#domains/hotline/tracking/service.ts'
);
const { confirmAnswer, disputeAnswer, remindUnit, supply, withdrawComplaint } = await import(
  '#domains/hotline/tracking/steps.ts'
);
const { acceptCase } = await import('#domains/hotline/triage/service.ts');
const { dispatchCase, signCase } = await import('#domains/hotline/dispatch/service.ts');
const { answerCase, approveAnswer } = await import('#domains/hotline/answers/service.ts');

let dispatcher: Staff;
let handler: Staff;

beforeAll(async () => {
  await foundCity();
  dispatcher = await staff('dispatcher');
  handler = await staff('handler', { unit: CITY_MANAGEMENT });
});
beforeEach(() => clockAt('2026-03-04 09:00'));
afterAll(() => {
  setClock(null);
  remove();
});

const wrongCode = (number: string): string =>
  String((Number(queryCodeOf(number)) + 1) % 1_000_000).padStart(6, '0');
const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });

async function handled(fields = {}) {
  const filed = await file(fields);
  const { caseNumber } = filed;
  await acceptCase(dispatcher, {
    ...(await ref(caseNumber)),
    kind: 'complaint',
    category: 'FACILITY',
    urgency: 'ordinary',
    flags: [],
    place: COMMUNITY,
    aboutUnit: null,
    publicText: '',
    internalText: '',
  });
  const given = { unit: CITY_MANAGEMENT, helpers: [], publicText: '', internalText: '请核对诉求人地址' };
  await dispatchCase(dispatcher, { ...(await ref(caseNumber)), ...given });
  await signCase(handler, await ref(caseNumber));
  return filed;
}

async function answered(fields = {}) {
  const filed = await handled(fields);
  const { caseNumber } = filed;
  const words = { answer: '已更换灯头，恢复照明。感谢反映。', outcome: 'fixed', action: '' } as const;
  await answerCase(handler, { ...(await ref(caseNumber)), ...words });
  await approveAnswer(dispatcher, { ...(await ref(caseNumber)), internalText: '' });
  return filed;
}

describe('opening', () => {
  test('number and code open the complaint for half an hour', async () => {
    const filed = await file();
    const ticket = await openByCode(filed.number, queryCodeOf(filed.number));
    expect((await findTracked(ticket))?.number).toBe(filed.number);
    clockAt('2026-03-04 09:30');
    expect(await findTracked(ticket)).toBeNull();
    expect(() => complaintOf(ticket)).toThrow('超时');
  });

  test('an unknown number and a wrong code are answered alike', async () => {
    const filed = await file();
    const said = async (number: string, code: string) =>
      openByCode(number, code).then(
        () => 'opened',
        (error: { code: string; message: string; fields: object }) => [
          error.code,
          error.message,
          error.fields,
        ],
      );
    expect(await said(filed.number, wrongCode(filed.number))).toEqual(
      await said('20260304-999999', '123456'),
    );
    const unknown = '20260304-999998';
    for (let i = 0; i < 10; i++) await said(unknown, '123456');
    for (let i = 0; i < 10; i++) await said(filed.number, wrongCode(filed.number));
    expect(await said(filed.number, wrongCode(filed.number))).toEqual(await said(unknown, '123456'));
    expect(await said(unknown, '123456')).toEqual(expect.arrayContaining(['rate_limited']));
  });

  test('after ten wrong codes the right one opens nothing that day; the next day it does', async () => {
    const filed = await file();
    const guesses = Array.from({ length: 40 }, () => openByCode(filed.number, wrongCode(filed.number)));
    const codes = (await Promise.allSettled(guesses)).map(
      (result) => result.status === 'rejected' && (result.reason as { code: string }).code,
    );
    expect(codes.filter((code) => code === 'invalid')).toHaveLength(10);
    await expect(openByCode(filed.number, queryCodeOf(filed.number))).rejects.toMatchObject({
      code: 'rate_limited',
    });
    clockAt('2026-03-05 00:00');
    await expect(openByCode(filed.number, queryCodeOf(filed.number))).resolves.toBeTruthy();
  });

  test('a right code costs no try', async () => {
    const filed = await file();
    for (let i = 0; i < 12; i++) await openByCode(filed.number, queryCodeOf(filed.number));
  });

  test('a phone code lists what was filed under the phone, but never a matter of rights', async () => {
    const phone = '13800002222';
    const filed = await file({ phone });
    await file({ phone, category: 'RIGHTS' });
    await sendCode(phone, 'findCases', '10.3.0.1');
    const sent = (await reader.select().from(outbox)).at(-1)!;
    const { code } = JSON.parse(unseal(sent.paramsSealed)) as { code: string };
    const rows = await openByPhone(phone, code);
    expect(rows.map((row) => row.number)).toEqual([filed.number]);
    expect((await findTracked(rows[0]?.ticket ?? ''))?.number).toBe(filed.number);
    await expect(openByPhone(phone, code)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('numbers are read as people copy them', () => {
    const read = (number: string, code: string) => OpenByCode.safeParse({ number, code }).data;
    expect(read(' ２０２６０３０４－０１２３４５ ', '012 345')).toEqual({
      number: '20260304-012345',
      code: '012345',
    });
    expect(read('20260304012345', '012345')?.number).toBe('20260304-012345');
    expect(OpenByCode.safeParse({ number: 'A2026-00001', code: '1' }).error?.issues).toHaveLength(2);
  });
});

describe('what the filer sees and does', () => {
  const tracked = async (number: string) =>
    (await findTracked(await openByCode(number, queryCodeOf(number))))!;

  test('every step, its unit and time, and nothing that staff noted among themselves', async () => {
    const filed = await handled();
    const seen = await tracked(filed.number);
    expect(seen.label).toBe('办理中');
    expect(seen.unit).toBe('城市管理局');
    expect(seen.hops.map((hop) => hop.event)).toEqual(['file', 'accept', 'dispatch', 'sign']);
    expect(JSON.stringify(seen)).not.toMatch(/请核对诉求人地址|工作人员/);
    expect(seen.clock).toMatchObject({ state: 'running', unit: 'workday', count: 5 });
    expect(seen.answer).toBeNull();
  });

  test('the answer, only once the centre has approved it', async () => {
    const filed = await handled();
    await answerCase(handler, {
      ...(await ref(filed.caseNumber)),
      answer: '尚未审核的答复草稿文字',
      outcome: 'fixed',
      action: '',
    });
    expect(JSON.stringify(await tracked(filed.number))).not.toContain('尚未审核');
    await approveAnswer(dispatcher, { ...(await ref(filed.caseNumber)), internalText: '' });
    const seen = await tracked(filed.number);
    expect(seen.answer).toMatchObject({ text: '尚未审核的答复草稿文字', unit: '城市管理局' });
    expect(seen.choices).toMatchObject({ judge: true, withdraw: false });
    expect(seen.clock?.state).toBe('met');
  });

  test('words added of one’s own accord move nothing; they are the filer’s to see and no other’s', async () => {
    const filed = await handled();
    await supply(ANYONE, filed.complaintId, '补充：是东门左边第一盏灯', []);
    expect((await caseNow(filed.caseNumber)).state).toBe('handling');
    expect((await tracked(filed.number)).hops.at(-1)?.text).toBe('补充：是东门左边第一盏灯');
    const [event] = await reader
      .select()
      .from(caseEvents)
      .where(eq(caseEvents.complaintId, filed.complaintId));
    expect(event?.publicText).toBe('');
  });

  test('nothing can be added that says nothing, or after the end', async () => {
    const filed = await answered();
    await expect(supply(ANYONE, filed.complaintId, '', [])).rejects.toMatchObject({ code: 'invalid' });
    await confirmAnswer(ANYONE, filed.complaintId);
    await expect(supply(ANYONE, filed.complaintId, '还有', [])).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a withdrawn complaint ends its case and takes no further step', async () => {
    const filed = await handled();
    await withdrawComplaint(ANYONE, filed.complaintId);
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'withdrawn', publication: 'hidden' });
    expect((await tracked(filed.number)).label).toBe('已撤回');
    await expect(withdrawComplaint(ANYONE, filed.complaintId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(supply(ANYONE, filed.complaintId, '还有', [])).rejects.toMatchObject({ code: 'conflict' });
  });

  test('after the answer it can be withdrawn no more, and the complaint stays as it was', async () => {
    const filed = await answered();
    await expect(withdrawComplaint(ANYONE, filed.complaintId)).rejects.toMatchObject({ code: 'conflict' });
    const [row] = await reader.select().from(complaints).where(eq(complaints.id, filed.complaintId));
    expect(row?.withdrawnAt).toBeNull();
  });

  test('who says it is settled closes the case', async () => {
    const filed = await answered();
    await confirmAnswer(ANYONE, filed.complaintId);
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'closed', outcome: 'fixed' });
  });

  test('who says it is not sends it back to the unit with a shorter clock', async () => {
    const filed = await answered();
    await disputeAnswer(ANYONE, filed.complaintId, '灯又灭了');
    const c = await caseNow(filed.caseNumber);
    expect(c).toMatchObject({ state: 'redo', leadUnitId: CITY_MANAGEMENT, redos: 1 });
    expect(c.dueAt).toEqual(new Date('2026-03-09T16:00:00Z'));
  });

  test('pressing is for what is overdue, once a working day', async () => {
    const filed = await handled();
    await expect(remindUnit(ANYONE, filed.complaintId)).rejects.toMatchObject({ code: 'conflict' });
    clockAt('2026-03-12 00:00');
    expect((await tracked(filed.number)).choices.remind).toBe(true);
    await remindUnit(ANYONE, filed.complaintId);
    expect((await tracked(filed.number)).choices.remind).toBe(false);
    await expect(remindUnit(ANYONE, filed.complaintId)).rejects.toMatchObject({ code: 'conflict' });
    clockAt('2026-03-13 08:00');
    await remindUnit(ANYONE, filed.complaintId);
  });

  test('twenty confirmations at once close the case once', async () => {
    const filed = await answered();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => confirmAnswer(ANYONE, filed.complaintId)),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});
