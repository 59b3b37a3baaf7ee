import type { APIRoute } from 'astro';
import { acceptForm } from '#core/answer.ts';
import { SESSION_COOKIE } from '#domains/accounts/sessions.ts';
import { signOut, signOutEverywhere } from '#domains/accounts/sign-in/leave/service.ts';

/** Ends every session of the one who asks, this browser's included. */
export const POST: APIRoute = async (context) => {
  acceptForm(context);
  const actor = await context.locals.who();
  await signOutEverywhere(actor);
  const cookie = await signOut(actor, context.cookies.get(SESSION_COOKIE)?.value);
  return new Response(null, {
    status: 303,
    headers: { Location: '/staff/sign-in?ok=everywhere', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
};
