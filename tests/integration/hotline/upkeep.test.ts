import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Staff } from '#core/actor.ts';
import {
  CITY_MANAGEMENT,
  COMMUNITY,
  caseNow,
  clockAt,
  file,
  foundCity,
  now,
  reader,
  remove,
  setClock,
  staff,
  write,
} from './city.ts';

const { and, eq } = await import('drizzle-orm');
const { DatabaseSync } = await import('node:sqlite');
const { caseEvents } = await import('#db/schema/hotline.ts');
const { outbox } = await import('#db/schema/notify.ts');
const { system } = await import('#core/actor.ts');
const { acceptCase, askInfo } = await import('#domains/hotline/triage/service.ts');
const { dispatchCase, signCase } = await import('#domains/hotline/dispatch/service.ts');
const { answerCase, approveAnswer } = await import('#domains/hotline/answers/service.ts');
const { closeLapsed, endUnsupplied, signOffFixed } = await import('#domains/hotline/upkeep/service.ts');
const { disputeAnswer } = await import('#domains/hotline/tracking/steps.ts');
const { yearFigures, promiseFigures } = await import('#domains/hotline/statistics/service.ts');
const { putWorkday, currentCalendar, setWorkday, removeWorkday } = await import(
  '#domains/calendar/service.ts'
);
const { dataDir } = await import('./city.ts');

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

const ref = async (number: string) => ({ number, version: (await caseNow(number)).version });
const words = { publicText: '', internalText: '' };

async function answered(outcome: 'fixed' | 'explained' = 'fixed') {
  const filed = await file();
  const { caseNumber } = filed;
  await acceptCase(dispatcher, {
    ...(await ref(caseNumber)),
    ...words,
    kind: 'complaint',
    category: 'FACILITY',
    urgency: 'ordinary',
    flags: [],
    place: COMMUNITY,
    aboutUnit: null,
  });
  await dispatchCase(dispatcher, {
    ...(await ref(caseNumber)),
    ...words,
    unit: CITY_MANAGEMENT,
    helpers: [],
  });
  await signCase(handler, await ref(caseNumber));
  await answerCase(handler, {
    ...(await ref(caseNumber)),
    answer: '已更换灯头，恢复照明。',
    outcome,
    action: '',
  });
  await approveAnswer(dispatcher, { ...(await ref(caseNumber)), internalText: '' });
  return filed;
}

describe('what time alone does', () => {
  test('an answer that nobody speaks to closes its case after seven days, not before', async () => {
    const filed = await answered();
    clockAt('2026-03-11 23:59');
    await closeLapsed(now());
    expect((await caseNow(filed.caseNumber)).state).toBe('follow_up');
    clockAt('2026-03-12 00:00');
    expect(await closeLapsed(now())).toBeGreaterThan(0);
    expect(await closeLapsed(now())).toBe(0);
    expect(await caseNow(filed.caseNumber)).toMatchObject({ state: 'closed', outcome: 'fixed' });
  });

  test('after a dispute the seven days count from the second answer', async () => {
    const filed = await answered();
    clockAt('2026-03-10 09:00');
    await disputeAnswer({ kind: 'anonymous' }, filed.complaintId, '又灭了');
    const { caseNumber } = filed;
    await answerCase(handler, {
      ...(await ref(caseNumber)),
      answer: '已更换整灯，恢复照明。',
      outcome: 'fixed',
      action: '',
    });
    await approveAnswer(dispatcher, { ...(await ref(caseNumber)), internalText: '' });
    clockAt('2026-03-13 09:00');
    await closeLapsed(now());
    expect((await caseNow(caseNumber)).state).toBe('follow_up');
  });

  test('what is not supplied is reminded of once, and ended after ten working days', async () => {
    const filed = await file({ phone: '13800003333' });
    await askInfo(dispatcher, {
      ...(await ref(filed.caseNumber)),
      publicText: '请说明地点',
      internalText: '',
    });
    const reminders = () =>
      reader
        .select()
        .from(caseEvents)
        .where(and(eq(caseEvents.caseId, filed.caseId), eq(caseEvents.event, 'remind')));
    clockAt('2026-03-11 23:00');
    await endUnsupplied(now());
    expect(await reminders()).toHaveLength(0);
    clockAt('2026-03-12 01:00');
    await endUnsupplied(now());
    await endUnsupplied(now());
    expect(await reminders()).toHaveLength(1);
    const sent = (await reader.select().from(outbox)).filter((row) => row.about === `case:${filed.caseId}`);
    expect(sent.map((row) => row.template)).toEqual(['case.needsInfo', 'case.needsInfo']);
    clockAt('2026-03-18 23:59');
    await endUnsupplied(now());
    expect((await caseNow(filed.caseNumber)).state).toBe('needs_info');
    clockAt('2026-03-19 00:00');
    expect((await endUnsupplied(now())).ended).toBeGreaterThan(0);
    expect((await caseNow(filed.caseNumber)).state).toBe('terminated');
  });

  test('what was put right is signed off the day after, what was only explained is not', async () => {
    const fixed = await answered();
    const explained = await answered('explained');
    clockAt('2026-03-12 00:00');
    await closeLapsed(now());
    await signOffFixed(now());
    expect((await caseNow(fixed.caseNumber)).state).toBe('closed');
    clockAt('2026-03-13 02:00');
    await signOffFixed(now());
    expect((await caseNow(fixed.caseNumber)).state).toBe('signed_off');
    expect((await caseNow(explained.caseNumber)).state).toBe('closed');
  });
});

describe('statistics', () => {
  test('equal a plain recount in SQL', async () => {
    clockAt('2026-02-03 23:30');
    await file();
    clockAt('2026-01-31 23:59');
    await file();
    await file({ category: 'RIGHTS' });
    const figures = await yearFigures({ year: 2026, channel: null });
    const store = new DatabaseSync(`${dataDir}/linsheng.db`, { readOnly: true });
    const rows = store
      .prepare(
        `select strftime('%Y-%m', f.filed_at / 1000 + 28800, 'unixepoch') month, count(*) received, count(c.first_answered_at) answered
         from complaints f join cases c on c.id = f.case_id where c.category <> 'RIGHTS' group by 1`,
      )
      .all() as { month: string; received: number; answered: number }[];
    store.close();
    expect(figures.months).toHaveLength(12);
    for (const month of figures.months) {
      const row = rows.find((each) => each.month === month.month);
      expect([month.received, month.answered]).toEqual([row?.received ?? 0, row?.answered ?? 0]);
    }
    expect(figures.received).toBe(rows.reduce((sum, row) => sum + row.received, 0));
    expect(figures.rights).toBe('少于 5');
    expect((await yearFigures({ year: 2026, channel: 'phone' })).received).toBe(0);
    expect((await yearFigures({ year: 1999, channel: null })).year).toBe(2026);
  });

  test('the promise counts the last ninety days', async () => {
    clockAt('2026-03-05 09:00');
    expect(await promiseFigures()).toMatchObject({ onTime: '100.0%', medianDays: 0 });
    clockAt('2026-12-05 09:00');
    expect(await promiseFigures()).toMatchObject({ received: 0, answered: 0, medianDays: null, onTime: '—' });
  });
});

describe('the calendar', () => {
  test('an entry of staff counts at once, and is gone when taken back', async () => {
    expect((await currentCalendar()).isWorkday('2026-03-06')).toBe(true);
    const admin = await staff('secAdmin');
    await setWorkday(admin, { date: '2026-03-06', kind: 'off', name: '台风停工', source: '市政府通知' });
    expect((await currentCalendar()).isWorkday('2026-03-06')).toBe(false);
    const filed = await file();
    expect((await caseNow(filed.caseNumber)).dueAt).toEqual(new Date('2026-03-12T16:00:00Z'));
    await removeWorkday(admin, '2026-03-06');
    expect((await currentCalendar()).isWorkday('2026-03-06')).toBe(true);
    await expect(removeWorkday(admin, '2026-03-06')).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      setWorkday(dispatcher, { date: '2026-03-06', kind: 'off', name: 'x', source: '' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a year is announced once its spring and autumn rests are entered; until then its dates are provisional', async () => {
    clockAt('2026-12-28 09:00');
    expect((await caseNow((await file()).caseNumber)).dueProvisional).toBe(true);
    await write(system('test'), 'test.calendar', async (tx, change) => {
      for (const [date, name] of [
        ['2027-01-01', '元旦'],
        ['2027-10-01', '国庆节'],
      ] as const) {
        await putWorkday(tx, change, { date, kind: 'off', name, source: '国办通知' });
      }
    });
    const c = await caseNow((await file()).caseNumber);
    expect(c.dueProvisional).toBe(false);
    expect(c.dueAt).toEqual(new Date('2027-01-05T16:00:00Z'));
  });
});
