import type { Actor } from '#core/actor.ts';
import { beijingTime, now } from '#core/clock.ts';
import { permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import type { Table } from '#core/tables.ts';
import { write } from '#core/write.ts';
import type { Category } from '#db/schema/hotline.values.ts';
import { reachOf } from '../../cases/access.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import { deskLabel } from '../../categories.ts';
import { KIND_LABEL, OUTCOME_LABEL, STAFF_LABEL, URGENCY_LABEL } from '../../labels.ts';
import { maskPublicText } from '../../privacy/rules.ts';
import { untilWords } from '../file/rules.ts';
import type { QueueQuery } from '../input.ts';
import { type BasketKey, basketsFor } from '../rules.ts';
import { pileOf, placeNamer, titlesOf } from '../service.ts';
import { listPile, type QueueRow } from '../store.ts';

/** More in one file serves nobody, and would hold up everyone else. */
const MOST_EXPORTED = 20_000;

const HEADER = [
  '工单号',
  '事项',
  '状态',
  '类型',
  '类别',
  '紧急程度',
  '社区',
  '承办单位',
  '提交时间',
  '受理时间',
  '办理期限',
  '期限暂定',
  '首次答复时间',
  '是否超期',
  '办结时间',
  '办理结果',
  '派单次数',
  '退单次数',
  '重办次数',
  '延期次数',
] as const;

const time = (at: Date | null): string => (at ? beijingTime(at) : '');
const late = (value: boolean | null): string => (value === null ? '' : value ? '是' : '否');

/**
 * A list as a table, without anything that tells who complained: titles are masked as for the public, and matters of
 * women's and children's rights are in no list. Noted in the audit, with the number of rows.
 */
export async function exportQueue(actor: Actor, basket: BasketKey, query: QueueQuery): Promise<Table> {
  permit(actor, 'hotline:export');
  const own = basketsFor(actor).includes(basket) ? basket : 'all';
  const reach = { ...reachOf(actor), rightsPaths: [] };
  const pile = await pileOf(actor, reach, own, query);
  const rows = await listPile(reader, reach, pile, MOST_EXPORTED, 0);
  await write(actor, 'hotline.export', async (_tx, change) => {
    change.note('cases', own, { to: { rows: rows.length } });
  });
  return { header: HEADER, rows: await cellsOf(rows) };
}

async function cellsOf(rows: readonly QueueRow[]): Promise<(string | number)[][]> {
  const [titles, nameOf, { info }] = [await titlesOf(rows), await placeNamer(), await catalogueAt(now())];
  return rows.map((row) => [
    row.number,
    maskPublicText(titles.get(row.id) ?? ''),
    STAFF_LABEL[row.state],
    KIND_LABEL[row.kind],
    deskLabel(row.category as Category, info),
    URGENCY_LABEL[row.urgency],
    nameOf(row.placePath),
    row.unit ?? '',
    time(row.filedAt),
    time(row.acceptedAt),
    row.dueAt ? untilWords(row.dueAt) : '',
    row.dueProvisional ? '暂定' : '',
    time(row.firstAnsweredAt),
    late(row.wasOverdue),
    time(row.closedAt),
    row.outcome ? OUTCOME_LABEL[row.outcome] : '',
    row.dispatches,
    row.returns,
    row.redos,
    row.extensions,
  ]);
}
