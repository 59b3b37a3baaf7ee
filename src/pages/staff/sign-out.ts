import type { APIRoute } from 'astro';
import { acceptForm } from '#core/answer.ts';
import { SESSION_COOKIE } from '#domains/accounts/sessions.ts';
import { signOut } from '#domains/accounts/sign-in/leave/service.ts';

/** Ends this browser's session. */
export const POST: APIRoute = async (context) => {
  acceptForm(context);
  const cookie = await signOut(await context.locals.who(), context.cookies.get(SESSION_COOKIE)?.value);
  return new Response(null, {
    status: 303,
    headers: { Location: '/staff/sign-in?ok=out', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
};
