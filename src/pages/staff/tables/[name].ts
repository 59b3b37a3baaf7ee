import type { APIRoute } from 'astro';
import { AppError } from '#core/errors.ts';
import { asStaff } from '#core/permissions.ts';
import { tableFile } from '#core/tables.ts';
import { DOWNLOADS } from './_tables.ts';

/** A table as a download; with `empty`, the one to fill in. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const actor = asStaff(await locals.who());
  const name = params.name ?? '';
  const download = Object.hasOwn(DOWNLOADS, name) ? DOWNLOADS[name] : undefined;
  if (!download) throw new AppError('not_found', '没有这张表格。');
  const format = url.searchParams.get('format');
  if (!url.searchParams.has('empty')) {
    const table = await download.table(actor, Object.fromEntries(url.searchParams));
    return tableFile(download.label, format, table);
  }
  if (!download.template) throw new AppError('not_found', '这张表格不能导入，没有模板。');
  const { columns, sample } = download.template;
  return tableFile(`${download.label}模板`, format, {
    header: columns.map(({ label }) => label),
    rows: [sample],
  });
};
