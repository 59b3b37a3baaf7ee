import type { APIRoute } from 'astro';
import { keepPrivate } from '#core/answer.ts';
import { partyPicture } from '#domains/rectification/party/service.ts';
import { NOTICE_COOKIE } from '#domains/rectification/party/ticket.ts';
import { pictureAnswer } from '../_answer.ts';

/** Hands out a photograph of the notice that this browser has opened, and of no other. */
export const GET: APIRoute = (context) => {
  const { cookies, params, request } = context;
  keepPrivate(context);
  const ticket = cookies.get(NOTICE_COOKIE)?.value ?? '';
  return pictureAnswer(request, params.size, () => partyPicture(ticket, params.id ?? ''));
};
