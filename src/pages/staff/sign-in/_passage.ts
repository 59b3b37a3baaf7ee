import type { AstroGlobal } from 'astro';
import { DEVICE_COOKIE, type Door, type Passage } from '#domains/accounts/sign-in/service.ts';
import { localPath } from '../../../layouts/local-path.ts';

type Page = Pick<AstroGlobal, 'request' | 'locals' | 'cookies' | 'response' | 'url'>;

/** Through which door this request comes. */
export function doorOf({ request, locals, cookies }: Page): Door {
  return {
    address: locals.address,
    agent: request.headers.get('user-agent') ?? '',
    device: cookies.get(DEVICE_COOKIE)?.value,
  };
}

/** Where the person wanted to go, when sign-in came between. */
export function wanted(url: URL): string {
  const back = localPath(url.searchParams.get('back'));
  return back.startsWith('/staff/') && !back.startsWith('/staff/sign-') ? back : '/staff/';
}

/** Hands over the cookies of a passage, and says where it leads. */
export function lead(page: Page, passage: Passage): string {
  for (const cookie of passage.cookies) page.response.headers.append('Set-Cookie', cookie);
  const back = wanted(page.url);
  return passage.to === 'in' ? back : `/staff/sign-in/${passage.to}?back=${encodeURIComponent(back)}`;
}
