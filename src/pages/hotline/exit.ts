import type { APIRoute } from 'astro';
import { RECEIPT_COOKIE } from '#domains/hotline/receipts/service.ts';
import { TRACK_COOKIE } from '#domains/hotline/tracking/ticket.ts';

/** 快速离开: forgets what this browser had open, and goes to the front page. */
export const GET: APIRoute = ({ cookies, redirect }) => {
  for (const name of [RECEIPT_COOKIE, TRACK_COOKIE]) cookies.delete(name, { path: '/', secure: true });
  return redirect('/', 303);
};
