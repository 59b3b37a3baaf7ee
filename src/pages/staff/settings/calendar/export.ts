import type { APIRoute } from 'astro';
import { permit } from '#core/permissions.ts';
import { tableFile } from '#core/tables.ts';
import { WORKDAY_COLUMNS } from '#domains/calendar/import/service.ts';
import { listWorkdays } from '#domains/calendar/service.ts';

export const GET: APIRoute = async ({ locals, url }) => {
  permit(await locals.who(), 'settings:edit');
  const rows = (await listWorkdays()).map(({ date, kind, name, source }) => [
    date,
    kind === 'off' ? '休' : '班',
    name,
    source,
  ]);
  const header = WORKDAY_COLUMNS.map(({ label }) => label);
  return tableFile('工作日历', url.searchParams.get('format'), { header, rows });
};
