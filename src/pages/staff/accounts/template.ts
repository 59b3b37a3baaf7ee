import type { APIRoute } from 'astro';
import { permit } from '#core/permissions.ts';
import { tableFile } from '#core/tables.ts';
import { STAFF_COLUMNS } from '#domains/accounts/import/service.ts';

export const GET: APIRoute = async ({ locals, url }) => {
  permit(await locals.who(), 'accounts:manage');
  const header = STAFF_COLUMNS.map(({ label }) => label);
  const rows = [['zhang.min', '张敏（示例，请删去这一行）', '', '派单员', '', '']];
  return tableFile('账号模板', url.searchParams.get('format'), { header, rows });
};
