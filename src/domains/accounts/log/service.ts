import type { Actor } from '#core/actor.ts';
import { verifyChain } from '#core/audit.ts';
import { addDays, startOfBeijingDay } from '#core/clock.ts';
import { permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { LogQuery, SignInQuery } from './input.ts';
import * as store from './store.ts';

export type { SignInRow } from './store.ts';

export const LOG_PAGE = 100;
const MOST_EXPORTED = 50_000;

/** From the first moment of one Beijing day to the end of another. */
const span = (from: string, to: string) => ({
  from: from ? startOfBeijingDay(from) : null,
  before: to ? startOfBeijingDay(addDays(to, 1)) : null,
});

const filterOf = ({ action, entity, id, actor, from, to }: LogQuery): store.LogFilter => ({
  action,
  entity,
  id,
  actor,
  ...span(from, to),
});

/** A page of the log, the newest first, with how many entries there are in all and what they are about. */
export async function readLog(
  actor: Actor,
  query: LogQuery,
): Promise<{ rows: store.LogRow[]; total: number; entities: string[] }> {
  permit(actor, 'audit:read');
  const filter = filterOf(query);
  return {
    rows: await store.listLog(reader, filter, LOG_PAGE, (query.page - 1) * LOG_PAGE),
    total: await store.countLog(reader, filter),
    entities: await store.listEntities(reader),
  };
}

/** The entries for a table, 50,000 at most; that they were taken is itself in the log. */
export async function exportLog(actor: Actor, query: LogQuery): Promise<store.LogRow[]> {
  permit(actor, 'audit:read');
  const rows = await store.listLog(reader, filterOf(query), MOST_EXPORTED, 0);
  await write(actor, 'audit.export', async (_tx, change) =>
    change.note('audit', 'export', { to: { rows: rows.length } }),
  );
  return rows;
}

/** Walks the whole chain; that it was checked, and with what result, is itself in the log. */
export async function checkLog(
  actor: Actor,
): Promise<{ rows: number; head: string; brokenAt: number | null }> {
  permit(actor, 'audit:read');
  const result = await verifyChain(reader);
  await write(actor, 'audit.verify', async (_tx, change) =>
    change.note('audit', 'chain', { to: { rows: result.rows, brokenAt: result.brokenAt } }),
  );
  return result;
}

/** A page of the tries to sign in, the newest first, with how many there are in all. */
export async function readSignIns(
  actor: Actor,
  { result, account, from, to, page }: SignInQuery,
): Promise<{ rows: store.SignInRow[]; total: number }> {
  permit(actor, 'audit:read');
  const filter = { result, account, ...span(from, to) };
  return {
    rows: await store.listSignIns(reader, filter, LOG_PAGE, (page - 1) * LOG_PAGE),
    total: await store.countSignIns(reader, filter),
  };
}
