import type { APIRoute } from 'astro';
import { permit } from '#core/permissions.ts';
import { tableFile } from '#core/tables.ts';
import { WORKDAY_COLUMNS } from '#domains/calendar/import/service.ts';

export const GET: APIRoute = async ({ locals, url }) => {
  permit(await locals.who(), 'settings:edit');
  const header = WORKDAY_COLUMNS.map(({ label }) => label);
  const rows = [['2027-01-01', '休', '元旦', '示例，请删去这一行']];
  return tableFile('工作日历模板', url.searchParams.get('format'), { header, rows });
};
