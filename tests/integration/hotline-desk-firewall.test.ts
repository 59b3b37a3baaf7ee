import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
} from './hotline/city.ts';

const { AppError } = await import('#core/errors.ts');
const { audit } = await import('#db/schema/core.ts');
const { listBaskets, listQueue } = await import('#domains/hotline/queue/service.ts');
const { readQueueQuery } = await import('#domains/hotline/queue/input.ts');
const { getCaseForStaff } = await import('#domains/hotline/queue/file/service.ts');
const { revealContact } = await import('#domains/hotline/queue/reveal/service.ts');
const { exportQueue } = await import('#domains/hotline/queue/export/service.ts');
const { acceptCase } = await import('#domains/hotline/triage/service.ts');
const { dispatchCase, signCase } = await import('#domains/hotline/dispatch/service.ts');
const { answerCase } = await import('#domains/hotline/answers/service.ts');
const { recordContact } = await import('#domains/hotline/followup/service.ts');

const NAME = '祁连雪';
const PHONE = '13900001234';
const WORDS = `我叫${NAME}，电话${PHONE}。3号楼2单元楼道的灯坏了，车牌云A12345的车还堵着门。`;

let dispatcher: Staff;
let operator: Staff;
let handler: Staff;
let otherHandler: Staff;
let helper: Staff;
let community: Staff;
let rights: Staff;
let unitHead: Staff;

beforeAll(async () => {
  await foundCity();
  clockAt('2026-03-04 09:00');
  dispatcher = await staff('dispatcher');
  operator = await staff('operator');
  handler = await staff('handler', { unit: CITY_MANAGEMENT });
  otherHandler = await staff('handler', { unit: WATER });
  helper = await staff('handler', { unit: PROPERTY });
  community = await staff('community', { place: COMMUNITY });
  rights = await staff('rights');
  unitHead = await staff('unitHead', { unit: CITY_MANAGEMENT });
});
afterAll(() => {
  setClock(null);
  remove();
});

const query = (text = '') => readQueueQuery(new URLSearchParams(text));
const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });

const accept = async (number: string, how: Record<string, unknown> = {}) =>
  acceptCase(dispatcher, {
    ...(await ref(number)),
    kind: 'complaint',
    category: 'FACILITY',
    urgency: 'ordinary',
    flags: [],
    place: COMMUNITY,
    aboutUnit: null,
    publicText: '',
    internalText: '',
    ...how,
  });

const give = async (number: string, unit = CITY_MANAGEMENT, helpers = [PROPERTY]) =>
  dispatchCase(dispatcher, {
    ...(await ref(number)),
    unit,
    helpers,
    publicText: '',
    internalText: '请先断电再检修',
  });

/** A case with the unit, filed by somebody who named himself in his words. */
async function given(fields: Record<string, unknown> = {}): Promise<string> {
  const { caseNumber } = await file({ body: WORDS, name: NAME, phone: PHONE, ...fields });
  await accept(caseNumber);
  await give(caseNumber);
  return caseNumber;
}

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : `not refused: ${String(error)}`;
};

/** Every key of a record, at every depth. */
function keysOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...keysOf(each),
  ]);
}

// A staff member's name, a unit's and a place's are nobody's secret.
const TELLING =
  /^(phone|.*sealed|.*hash|filer|filedBy.*|resident.*|channel|secrecy|secret|shareContact|callBack|hasName|hasPhone|phoneVerifiedAt|complaintId|consent.*|suggestion)$/i;

describe('the unit that handles a case', () => {
  test('reads what and where, and nothing that tells who', async () => {
    const number = await given({ secrecy: 'secret' });
    for (const actor of [handler, helper, unitHead]) {
      const seen = await getCaseForStaff(actor, number);
      expect(seen.seat).toBe('unit');
      const text = JSON.stringify(seen);
      expect(text).not.toContain(NAME);
      expect(text).not.toContain(PHONE);
      expect(keysOf(seen).filter((key) => TELLING.test(key))).toEqual([]);
      // The place and the car have to be found.
      expect(seen.complaints[0]?.body).toContain('3号楼2单元');
      expect(seen.complaints[0]?.body).toContain('云A12345');
    }
  });

  test('has complaint numbers, which open a case together with a code, nowhere', async () => {
    const filed = await file({ body: WORDS, name: NAME, phone: PHONE });
    await accept(filed.caseNumber);
    await give(filed.caseNumber);
    expect(JSON.stringify(await getCaseForStaff(handler, filed.caseNumber))).not.toContain(filed.number);
    const byNumber = await listQueue(handler, 'all', query(`q=${filed.number}`));
    expect(byNumber.lines).toEqual([]);
    const ofCentre = await listQueue(dispatcher, 'all', query(`q=${filed.number}`));
    expect(ofCentre.lines.map((line) => line.number)).toEqual([filed.caseNumber]);
  });

  test('finds nobody in a list or by a search: what is masked for a reader is not found by him', async () => {
    const number = await given({ title: `${NAME}家楼道的灯` });
    const { lines } = await listQueue(handler, 'sign', query());
    const line = lines.find((each) => each.number === number);
    expect(line?.title).toContain('楼道的灯');
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));
    for (const sought of [NAME, PHONE, PHONE.slice(0, 7)]) {
      expect((await listQueue(handler, 'all', query(`q=${sought}`))).lines, sought).toEqual([]);
    }
    expect((await listQueue(handler, 'all', query('q=楼道的灯'))).lines.length).toBeGreaterThan(0);
  });

  test('reads its own words as it wrote them: a name that was tried does not betray itself by being hidden', async () => {
    const number = await given();
    await signCase(handler, await ref(number));
    const tried = `已联系${NAME}、郝运来、钱万里`;
    await recordContact(handler, { ...(await ref(number)), channel: 'relay', words: tried });
    await answerCase(handler, {
      ...(await ref(number)),
      answer: `${tried}，灯已修好。`,
      outcome: 'fixed',
      action: '',
    });
    const seen = await getCaseForStaff(handler, number);
    expect(seen.case.answerText).toContain(tried);
    expect(seen.log.find((entry) => entry.event === 'contact')?.internalText).toBe(tried);
    // Those who oversee cannot write, and read it masked; the one who approves is told.
    expect(JSON.stringify(await getCaseForStaff(community, number))).not.toContain(NAME);
    const centre = await getCaseForStaff(dispatcher, number);
    expect(centre.seat === 'centre' && centre.givenAway).toEqual(['姓名']);
  });

  test('does not read notes that the hotline keeps of the filer, but those meant for it', async () => {
    const number = await given();
    await recordContact(operator, { ...(await ref(number)), channel: 'phone', words: '诉求人说白天都在家' });
    const entries = (await getCaseForStaff(handler, number)).log;
    expect(entries.find((entry) => entry.event === 'contact')?.internalText).toBe('');
    expect(entries.find((entry) => entry.event === 'dispatch')?.internalText).toBe('请先断电再检修');
  });
});

describe('contact data', () => {
  test('stands masked before the centre, and whole only for a reason that is noted', async () => {
    const number = await given();
    const seen = await getCaseForStaff(dispatcher, number);
    if (seen.seat !== 'centre') throw new Error('the dispatcher sits at the centre');
    expect(seen.complaints[0]).toMatchObject({ name: '祁**', phone: '139****1234' });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${NAME}|${PHONE}`));

    const complaint = seen.complaints[0]!.id;
    const before = (await reader.select().from(audit)).length;
    const shown = await revealContact(dispatcher, { number, complaint, reason: '核对位置' });
    expect(shown).toMatchObject({ name: NAME, phone: PHONE, words: { body: WORDS } });
    const rows = (await reader.select().from(audit)).slice(before);
    expect(rows.map((row) => [row.action, row.actorId])).toEqual([['hotline.reveal', String(dispatcher.id)]]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${NAME}|${PHONE}|核对位置`));
    const last = (await getCaseForStaff(operator, number)).log.at(-1);
    expect(last).toMatchObject({ notes: ['查看了诉求人的联系方式'], internalText: '核对位置' });
  });

  test('is refused to units and overseers; a unit may call where the filer agreed to that', async () => {
    const number = await given();
    const complaint = (await file({ body: WORDS, phone: PHONE })).complaintId;
    const own = (await getCaseForStaff(dispatcher, number)) as { complaints: { id: typeof complaint }[] };
    const sent = { number, complaint: own.complaints[0]!.id, reason: '想联系' };
    expect(await refusal(revealContact(handler, sent))).toBe('forbidden');
    expect(await refusal(revealContact(community, sent))).toBe('forbidden');
    expect(await refusal(revealContact(otherHandler, sent))).toBe('not_found');
    // A complaint of another case is none of this one.
    expect(await refusal(revealContact(dispatcher, { ...sent, complaint }))).toBe('not_found');

    const agreed = await given({ shareContact: true });
    const seen = await getCaseForStaff(handler, agreed);
    if (seen.seat !== 'unit') throw new Error('the handler is no centre');
    const shown = await revealContact(handler, {
      number: agreed,
      complaint: seen.mayCall[0]!,
      reason: '约上门',
    });
    expect(shown).toEqual({ name: NAME, phone: PHONE, words: null });

    const secret = await given({ shareContact: true, secrecy: 'secret' });
    const hidden = await getCaseForStaff(handler, secret);
    expect(hidden.seat === 'unit' && hidden.mayCall).toEqual([]);
  });
});

describe('what lies outside somebody’s reach does not exist for him', () => {
  test('other units, other communities, roles without the hotline', async () => {
    const number = await given();
    const elsewhere = await staff('community', { place: OTHER_COMMUNITY });
    const editor = await staff('editor');
    expect(await refusal(getCaseForStaff(otherHandler, number))).toBe('not_found');
    expect(await refusal(getCaseForStaff(elsewhere, number))).toBe('not_found');
    expect(await refusal(getCaseForStaff(handler, 'A2026-99999'))).toBe('not_found');
    expect(await refusal(getCaseForStaff(editor, number))).toBe('forbidden');
    expect(await refusal(getCaseForStaff({ kind: 'anonymous' }, number))).toBe('unauthenticated');
    expect((await getCaseForStaff(community, number)).steps).toEqual([]);
    for (const actor of [otherHandler, elsewhere]) {
      const { lines } = await listQueue(actor, 'all', query());
      expect(lines.map((line) => line.number)).not.toContain(number);
    }
  });

  test('a report in confidence or a complaint about a unit is kept from that unit, also where its place would show it', async () => {
    const ownOffice = await staff('community', { place: COMMUNITY, unit: PROPERTY });
    const { caseNumber } = await file({ body: '物业收费不公示，多次反映没人管。' });
    expect((await getCaseForStaff(ownOffice, caseNumber)).seat).toBe('unit');
    await accept(caseNumber, { kind: 'tipoff', category: 'PROPERTY', aboutUnit: PROPERTY });
    expect(await refusal(getCaseForStaff(ownOffice, caseNumber))).toBe('not_found');
    const { lines } = await listQueue(ownOffice, 'open', query());
    expect(lines.map((line) => line.number)).not.toContain(caseNumber);
    expect((await getCaseForStaff(community, caseNumber)).case.kind).toBe('tipoff');
    expect(await refusal(give(caseNumber, PROPERTY, []))).toBe('invalid');
    expect(await refusal(give(caseNumber, CITY_MANAGEMENT, [PROPERTY]))).toBe('invalid');
  });

  test('matters of rights are seen by their officers alone, and stand in no export', async () => {
    const { caseNumber } = await file({ category: 'RIGHTS', body: '需要帮助，请尽快联系。', phone: PHONE });
    for (const actor of [dispatcher, operator, community]) {
      expect(await refusal(getCaseForStaff(actor, caseNumber))).toBe('not_found');
      const { lines } = await listQueue(actor, 'all', query());
      expect(lines.map((line) => line.number)).not.toContain(caseNumber);
    }
    const seen = await getCaseForStaff(rights, caseNumber);
    expect(seen.seat).toBe('centre');
    expect(seen.steps).toContain('accept');
    expect((await listQueue(rights, 'intake', query())).lines.map((line) => line.number)).toEqual([
      caseNumber,
    ]);
    expect(JSON.stringify(await exportQueue(dispatcher, 'all', query()))).not.toContain(caseNumber);
    expect(await refusal(exportQueue(rights, 'all', query()))).toBe('forbidden');
  });
});

test('an export holds no personal data and is noted', async () => {
  await given({ title: `${NAME}家3号楼501室漏水，电话${PHONE}` });
  const before = (await reader.select().from(audit)).length;
  const table = await exportQueue(unitHead, 'all', query());
  expect(table.rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(table)).not.toMatch(new RegExp(`${NAME}|${PHONE}|501室`));
  const rows = (await reader.select().from(audit)).slice(before);
  expect(rows.map((row) => row.action)).toEqual(['hotline.export']);
  expect(await refusal(exportQueue(handler, 'all', query()))).toBe('forbidden');
});

test('each desk has the baskets of its own work', async () => {
  const keys = async (actor: Staff) =>
    (await listBaskets(actor)).filter(({ work }) => work).map(({ key }) => key);
  expect(await keys(dispatcher)).toEqual(['intake', 'review', 'dispatch', 'returned', 'answered', 'publish']);
  expect(await keys(operator)).toEqual(['callback', 'followup']);
  expect(await keys(handler)).toEqual(['sign', 'handling', 'redo']);
  expect(await keys(community)).toEqual([]);
  expect(await keys(rights)).not.toContain('publish');
});
