import type { APIRoute } from 'astro';
import { tableFile } from '#core/tables.ts';
import { readRegisterQuery } from '#domains/rectification/register/input.ts';
import { exportRegister } from '#domains/rectification/register/service.ts';

/** The register as a file, narrowed as the page is. */
export const GET: APIRoute = async ({ locals, url }) => {
  const table = await exportRegister(await locals.who(), readRegisterQuery(url.searchParams));
  return tableFile('整改台账', url.searchParams.get('format'), table);
};
