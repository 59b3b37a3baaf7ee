import type { APIRoute } from 'astro';
import { acceptForm } from '#core/answer.ts';
import { SESSION_COOKIE } from '#domains/accounts/sessions.ts';
import { signOut, signOutEverywhere } from '#domains/accounts/sign-in/leave/service.ts';

/** Ends this browser's session, or with `everywhere` all of the resident's. */
export const POST: APIRoute = async (context) => {
  acceptForm(context);
  const actor = await context.locals.who();
  const sent = new URLSearchParams(await context.request.text());
  if (sent.has('everywhere')) await signOutEverywhere(actor);
  const cookie = await signOut(actor, context.cookies.get(SESSION_COOKIE)?.value);
  return new Response(null, {
    status: 303,
    headers: { Location: '/account/sign-in?ok=out', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
};
