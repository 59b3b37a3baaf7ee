import { defineMiddleware } from 'astro:middleware';
import type { APIContext, MiddlewareNext } from 'astro';
import { type Actor, ANONYMOUS } from '#core/actor.ts';
import { AppError, HTTP_STATUS } from '#core/errors.ts';
import { keepPost, takePost } from '#core/kept-posts.ts';
import { log } from '#core/log.ts';
import { readSent } from '#core/multipart.ts';
import { withoutParameters } from '#core/store.ts';
import { type EndedSession, type LiveSession, read, SESSION_COOKIE } from '#domains/accounts/sessions.ts';

const KEPT_COOKIE = '__Host-kept';
const KEPT_SECONDS = 3600;

type Found = LiveSession | EndedSession | null;

const sessions = new WeakMap<APIContext['locals'], Promise<Found>>();

/** The session behind the request, looked up once. Looking makes the answer private. */
function session(context: APIContext): Promise<Found> {
  const { locals, cookies } = context;
  locals.answer.private = true;
  let found = sessions.get(locals);
  if (!found) {
    const token = cookies.get(SESSION_COOKIE)?.value;
    found = token ? read(token) : Promise.resolve(null);
    sessions.set(locals, found);
  }
  return found;
}

async function who(context: APIContext): Promise<Actor> {
  const found = await session(context);
  return found?.state === 'live' ? found.actor : ANONYMOUS;
}

const KEPT_BYTES = 1_000_000;

/**
 * A page may throw before it reads its form; only an untouched copy can then still be kept. Without a length,
 * or with pictures in it, no copy is held in memory.
 */
function mayBeKept({ request, cookies }: APIContext): boolean {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  return request.method === 'POST' && cookies.has(SESSION_COOKIE) && length <= KEPT_BYTES;
}

const here = (url: URL): string => url.pathname + url.search;

const signInPath = (url: URL): string => {
  const door = url.pathname.startsWith('/account') ? '/account/sign-in' : '/staff/sign-in';
  return `${door}?back=${encodeURIComponent(here(url))}`;
};

/** Leads to sign-in. What was being sent is kept for the same browser, to be carried out afterwards. */
async function toSignIn(context: APIContext, sent: Request | null): Promise<Response> {
  const headers = new Headers({ Location: signInPath(context.url), 'Cache-Control': 'no-store' });
  if (sent) {
    const { fields, files } = await readSent(sent, { fileBytes: 1, files: 20 });
    const found = await session(context);
    const owner = found ? `${found.owner.kind}:${found.owner.id}` : null;
    const id = await keepPost({
      path: here(context.url),
      owner,
      fields: fields.toString(),
      hadFiles: files.length > 0,
    });
    if (id) {
      headers.append(
        'Set-Cookie',
        `${KEPT_COOKIE}=${id}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; Secure; SameSite=Lax`,
      );
    }
  }
  return new Response(null, { status: 303, headers });
}

/** The sending that was kept for this page and this browser, as it would have arrived; once, and for its sender alone. */
async function keptRequest(context: APIContext): Promise<Request | null> {
  const id = context.request.method === 'GET' ? context.cookies.get(KEPT_COOKIE)?.value : undefined;
  if (!id) return null;
  const found = await session(context);
  if (found?.state !== 'live') return null;
  const post = await takePost(id, here(context.url));
  if (!post) return null;
  context.cookies.delete(KEPT_COOKIE, { path: '/', secure: true });
  if (post.owner !== null && post.owner !== `${found.owner.kind}:${found.owner.id}`) return null;
  return new Request(context.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: post.fields,
  });
}

const TITLES: Readonly<Record<AppError['code'], string>> = {
  invalid: '提交的内容有误',
  unauthenticated: '请先登录',
  forbidden: '没有权限',
  not_found: '没有找到',
  conflict: '内容已有变化',
  too_large: '内容太大',
  rate_limited: '操作太频繁',
  unavailable: '暂时不能办理',
};

/** Shows what went wrong on the site's own page. Only an `AppError` speaks to people; anything else becomes a number. */
async function showProblem(context: APIContext, next: MiddlewareNext, error: unknown): Promise<Response> {
  const { locals, url } = context;
  const known = error instanceof AppError ? error : null;
  if (!known) {
    log.error(
      { requestId: locals.requestId, route: context.routePattern, err: withoutParameters(error) },
      'a request failed',
    );
  }
  locals.answer.private = true;
  locals.problem = {
    title: known ? TITLES[known.code] : '系统繁忙',
    message: known
      ? known.message
      : '这一页没能打开，您刚才提交的内容可能还没有保存。请过一会儿再试；急事请直接打电话。',
    next: [{ label: '回到首页', href: '/' }],
    reference: known ? undefined : locals.requestId,
  };
  const page = await next(new Request(new URL('/500', url)));
  const headers = new Headers(page.headers);
  headers.set('Cache-Control', 'no-store');
  if (known?.retryAfter !== undefined) headers.set('Retry-After', String(known.retryAfter));
  return new Response(page.body, { status: known ? HTTP_STATUS[known.code] : 500, headers });
}

export const onRequest = defineMiddleware(async (context, next) => {
  const { locals, request } = context;
  locals.who = () => who(context);
  const copy = mayBeKept(context) ? request.clone() : null;
  try {
    const kept = await keptRequest(context);
    return await (kept ? next(kept) : next());
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return toSignIn(context, copy);
    return showProblem(context, next, error);
  }
});
