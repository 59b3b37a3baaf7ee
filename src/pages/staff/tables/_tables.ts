import type { Actor } from '#core/actor.ts';
import { beijingDay, beijingTime, now } from '#core/clock.ts';
import { permit, ROLE_LABEL } from '#core/permissions.ts';
import type { SheetColumn, Table, TableValue } from '#core/tables.ts';
import { STAFF_COLUMNS } from '#domains/accounts/import/service.ts';
import { LogQuery } from '#domains/accounts/log/input.ts';
import { exportLog } from '#domains/accounts/log/service.ts';
import { listAllStaff } from '#domains/accounts/staff/service.ts';
import { WORKDAY_COLUMNS } from '#domains/calendar/import/service.ts';
import { listWorkdays } from '#domains/calendar/service.ts';
import { OutboxQuery } from '#domains/notify/input.ts';
import { CHANNEL_LABEL, listOutbox, STATE_LABEL } from '#domains/notify/service.ts';
import { DUTY_COLUMNS, dutyTable } from '#domains/places/duties/sheets/service.ts';
import { PLACE_COLUMNS, placeTable, UNIT_COLUMNS, unitTable } from '#domains/places/sheets/service.ts';

interface Download {
  label: string;
  /** Checks the right itself. */
  table(actor: Actor, query: Readonly<Record<string, string>>): Promise<Table>;
  /** What an empty table for filling in begins with; none where nothing is imported. */
  template?: { columns: readonly SheetColumn[]; sample: readonly TableValue[] };
}

const STAFF_HEADER = [
  ...['用户名', '姓名', '单位', '角色', '地域', '地域编号'],
  ...['事项编号', '状态', '动态码', '最近登录'],
];

/** Every account, a row for each of its roles. */
async function staffTable(actor: Actor): Promise<Table> {
  const rows = (await listAllStaff(actor)).flatMap((one) => {
    const grants = one.grants.length > 0 ? one.grants : [null];
    return grants.map((grant) => [
      one.username,
      one.name,
      one.unit,
      grant ? ROLE_LABEL[grant.role] : '',
      grant?.place ?? '',
      grant?.placeCode ?? '',
      grant?.categories?.join('、') ?? '',
      one.state === 'active' ? '在用' : '已停用',
      one.enrolled ? '已启用' : '',
      one.lastIn ? beijingTime(one.lastIn) : '',
    ]);
  });
  return { header: STAFF_HEADER, rows };
}

async function workdayTable(actor: Actor): Promise<Table> {
  permit(actor, 'settings:edit');
  const entries = await listWorkdays();
  return {
    header: WORKDAY_COLUMNS.map(({ label }) => label),
    rows: entries.map(({ date, kind, name, source }) => [date, kind === 'off' ? '休' : '班', name, source]),
  };
}

const MOST_MESSAGES = 10_000;

async function outboxTable(actor: Actor, query: Readonly<Record<string, string>>): Promise<Table> {
  const { entries } = await listOutbox(actor, OutboxQuery.parse(query), { size: MOST_MESSAGES, page: 1 });
  return {
    header: ['时间', '途径', '收件人', '种类', '内容', '状态', '次数', '发出时间', '未发出的原因'],
    rows: entries.map((one) => [
      beijingTime(one.createdAt),
      CHANNEL_LABEL[one.channel],
      one.to,
      one.label,
      one.words,
      STATE_LABEL[one.state],
      one.tries,
      one.sentAt ? beijingTime(one.sentAt) : '',
      one.failure,
    ]),
  };
}

async function logTable(actor: Actor, query: Readonly<Record<string, string>>): Promise<Table> {
  const rows = await exportLog(actor, LogQuery.parse(query));
  return {
    header: ['序号', '时间', '类别', '编号', '姓名', '角色', '操作', '对象', '对象编号', '内容', '指纹'],
    rows: rows.map((row) => [
      row.id,
      beijingTime(row.at),
      row.actorKind,
      row.actorId,
      row.actorName,
      row.actorRoles,
      row.action,
      row.entity,
      row.entityId,
      row.detail,
      row.hash,
    ]),
  };
}

/** The tables that staff may take with them, and the empty ones that they may fill in. */
export const DOWNLOADS: Readonly<Record<string, Download>> = {
  places: {
    label: '地域',
    table: placeTable,
    template: {
      columns: PLACE_COLUMNS,
      sample: [
        '社区',
        'SQ001',
        '示例社区（请删去这一行）',
        'JD001',
        '',
        '',
        '示例路1号',
        '周一至周五 9:00—17:00',
        '',
      ],
    },
  },
  units: {
    label: '单位',
    table: unitTable,
    template: {
      columns: UNIT_COLUMNS,
      sample: ['U001', '部门', '示例局（请删去这一行）', '示例局', 'C001', '', ''],
    },
  },
  duties: {
    label: '责任人',
    table: (actor) => dutyTable(actor, beijingDay(now())),
    template: {
      columns: DUTY_COLUMNS,
      sample: ['SQ001', '楼', '1号楼', '楼栋长', '示例（请删去这一行）', '', '否', '2026-01-01', ''],
    },
  },
  accounts: {
    label: '账号与角色',
    table: staffTable,
    template: {
      columns: STAFF_COLUMNS,
      sample: ['zhang.min', '示例（请删去这一行）', '', '派单员', 'C001', ''],
    },
  },
  workdays: {
    label: '工作日历',
    table: workdayTable,
    template: { columns: WORKDAY_COLUMNS, sample: ['2027-01-01', '休', '元旦', '示例，请删去这一行'] },
  },
  outbox: { label: '发件箱', table: outboxTable },
  audit: { label: '操作日志', table: logTable },
};
