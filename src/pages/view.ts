import type { APIRoute } from 'astro';
import { acceptForm } from '#core/answer.ts';
import { localPath } from '../layouts/local-path.ts';

const VIEWS = ['elder', 'contrast'];
const YEAR = 365 * 24 * 3600;

/** Keeps the chosen view in a cookie that the front door reads, and leads back to where the person was. */
export const POST: APIRoute = async ({ request, cookies, locals }) => {
  acceptForm({ locals });
  const sent = new URLSearchParams(await request.text());
  const view = sent.get('view') ?? '';
  if (VIEWS.includes(view)) {
    cookies.set('view', view, { path: '/', maxAge: YEAR, sameSite: 'lax', httpOnly: true });
  } else {
    cookies.delete('view', { path: '/' });
  }
  return new Response(null, {
    status: 303,
    headers: { Location: localPath(sent.get('back')), 'Cache-Control': 'no-store' },
  });
};
