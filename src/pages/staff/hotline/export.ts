import type { APIRoute } from 'astro';
import { tableFile } from '#core/tables.ts';
import { exportQueue } from '#domains/hotline/queue/export/service.ts';
import { readQueueQuery } from '#domains/hotline/queue/input.ts';

/** The list that the address describes, as a table. */
export const GET: APIRoute = async ({ locals, url }) => {
  const query = readQueueQuery(url.searchParams);
  const table = await exportQueue(await locals.who(), query.basket ?? 'all', query);
  return tableFile('工单', url.searchParams.get('format'), table);
};
