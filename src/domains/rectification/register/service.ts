import type { Actor } from '#core/actor.ts';
import { beijingDay, beijingTime, now } from '#core/clock.ts';
import { can, permit, scopesOf } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import type { Table } from '#core/tables.ts';
import { write } from '#core/write.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import type { NoticeState, ResponsibleKind } from '#db/schema/rectification.values.ts';
import { lastDay } from '#domains/calendar/rules.ts';
import { currentCalendar } from '#domains/calendar/service.ts';
import { MATTER_INFO, RESPONSIBLE_LABEL, STATE_LABEL } from '../labels.ts';
import { clockOf, isOverdue, type NoticeClock } from '../rules.ts';
import { listVisitsToday } from '../visits/service.ts';
import { PILES, type Pile, type RegisterQuery } from './input.ts';
import * as store from './store.ts';

const PER_PAGE = 30;
/** More in one file serves nobody, and would hold up everyone else. */
const MOST_EXPORTED = 20_000;

const reachOf = (actor: Actor): store.Reach => {
  const at = now();
  return { scopes: scopesOf(actor, 'rectify:read'), now: at, today: beijingDay(at) };
};

/** A responsible party's name in lists: a person's family name alone. */
const shownParty = (kind: ResponsibleKind, name: string): string =>
  kind === 'person' && name !== '' ? `${[...name][0] ?? ''}**` : name;

export interface RegisterLine {
  id: NoticeId;
  number: string | null;
  state: NoticeState;
  label: string;
  matter: string;
  place: string;
  point: string;
  party: string;
  issuer: string;
  issuedAt: Date | null;
  clock: NoticeClock | null;
  overdue: boolean;
}

/** A page of the register within the actor's reach. */
export async function listNotices(
  actor: Actor,
  query: RegisterQuery,
): Promise<{ lines: RegisterLine[]; total: number; page: number; pages: number }> {
  permit(actor, 'rectify:read');
  const reach = reachOf(actor);
  const cal = await currentCalendar();
  const total = await store.countRegister(reader, reach, query);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(query.page, pages);
  const rows = await store.listRegister(reader, reach, query, PER_PAGE, (page - 1) * PER_PAGE);
  const lines = rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state,
    label: STATE_LABEL[row.state],
    matter: MATTER_INFO[row.matter].label,
    place: row.place,
    point: row.point,
    party: shownParty(row.partyKind, row.partyName),
    issuer: row.issuer,
    issuedAt: row.issuedAt,
    clock: clockOf(cal, row, reach.now),
    overdue: isOverdue(row, reach.now),
  }));
  return { lines, total, page, pages };
}

const NOTHING: RegisterQuery = {
  pile: null,
  state: null,
  matter: null,
  place: null,
  issuer: null,
  month: null,
  q: '',
  page: 1,
};

const WAITING: readonly {
  pile: Pile;
  permission: 'rectify:issue' | 'rectify:sign-off' | 'rectify:approve';
}[] = [
  { pile: 'unsigned', permission: 'rectify:issue' },
  { pile: 'overdue', permission: 'rectify:issue' },
  { pile: 'check', permission: 'rectify:sign-off' },
  { pile: 'asked', permission: 'rectify:approve' },
  { pile: 'review', permission: 'rectify:approve' },
];

/** What waits for this person, by pile, and how many visits are due today. */
export async function noticesToday(
  actor: Actor,
): Promise<{ piles: { pile: Pile; label: string; count: number }[]; visits: number }> {
  permit(actor, 'rectify:read');
  const reach = reachOf(actor);
  const piles = await Promise.all(
    WAITING.filter(({ permission }) => can(actor, permission)).map(async ({ pile }) => ({
      pile,
      label: PILES[pile],
      count: await store.countRegister(reader, reach, { ...NOTHING, pile }),
    })),
  );
  const visits = can(actor, 'rectify:sign-off') ? (await listVisitsToday(actor)).length : 0;
  return { piles, visits };
}

const HEADER = [
  '编号',
  '状态',
  '事项',
  '社区',
  '点位',
  '责任方类型',
  '责任方',
  '开具单位',
  '开具时间',
  '首次期限',
  '现行期限',
  '期限暂定',
  '签收时间',
  '最近提交时间',
  '提交次数',
  '销号时间',
  '是否超期',
  '无法整改时间',
  '复发自',
] as const;

const time = (at: Date | null): string => (at ? beijingTime(at) : '');
const dueDay = (at: Date | null): string => (at ? lastDay({ at }) : '');

/** The register as a table, persons by their family name alone. Noted in the audit, with the number of rows. */
export async function exportRegister(actor: Actor, query: RegisterQuery): Promise<Table> {
  permit(actor, 'rectify:read');
  const reach = reachOf(actor);
  const rows = await store.listRegister(reader, reach, query, MOST_EXPORTED, 0);
  const before = rows.flatMap((row) => row.relapseOf ?? []);
  const numbers = new Map((await store.listNumbers(reader, before)).map(({ id, number }) => [id, number]));
  await write(actor, 'rectification.export', async (_tx, change) => {
    change.note('notices', query.pile ?? 'all', { to: { rows: rows.length } });
  });
  return {
    header: HEADER,
    rows: rows.map((row) => [
      row.number ?? '',
      STATE_LABEL[row.state],
      MATTER_INFO[row.matter].label,
      row.place,
      row.point,
      RESPONSIBLE_LABEL[row.partyKind],
      shownParty(row.partyKind, row.partyName),
      row.issuer,
      time(row.issuedAt),
      dueDay(row.firstDueAt),
      dueDay(row.dueAt),
      row.dueProvisional ? '暂定' : '',
      time(row.receivedAt),
      time(row.submittedAt),
      row.rounds,
      time(row.signedOffAt),
      (row.wasOverdue ?? isOverdue(row, reach.now)) ? '是' : '否',
      time(row.cannotFixAt),
      row.relapseOf === null ? '' : (numbers.get(row.relapseOf) ?? ''),
    ]),
  };
}
