import type { SignInResult } from '#db/schema/accounts.values.ts';
import type { Tone } from './data-table.ts';

/** How each end of a try to sign in is shown. */
export const SIGN_IN_RESULT: Readonly<Record<SignInResult, { text: string; tone: Tone }>> = {
  ok: { text: '成功', tone: 'good' },
  wrong: { text: '密码不对', tone: 'bad' },
  needsCode: { text: '密码对，未完成', tone: 'warn' },
  wrongCode: { text: '动态码不对', tone: 'bad' },
  throttled: { text: '次数过多被拦', tone: 'bad' },
  disabled: { text: '账号已停用', tone: 'bad' },
  signedOut: { text: '退出', tone: 'plain' },
};
