export const SHORTEST = 12;
const LONGEST = 128;

/** The usual rule, or the one that some assessors of 等保 insist on: three of four classes, changed every so many days. */
export type PasswordPolicy = 'standard' | 'dengbao';

/** Of the passwords most often used anywhere, those long enough to pass; compared without case. */
const COMMON: ReadonlySet<string> = new Set(
  `1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv zaq12wsxcde3 asdfghjkl123 zxcvbnm12345 qwertyuiop12
  qwertyuiop123 qwerty123456 qwerty12345678 password1234 password12345 password123456 passw0rd1234 p@ssw0rd1234
  admin1234567 admin12345678 admin123456789 administrator administrator1 iloveyou1234 woaini1314520 woaini520520
  woaini123456 woaizhongguo a123456789012 abc123456789 abcd12345678 aa1234567890 asd123456789 zxc123456789
  qwe123456789 5201314520131 52013145201314 13145201314520 changeme1234 welcome12345 letmein12345 unknown12345
  linsheng1234 linsheng123456 wenming123456 wenmingban123`.split(/\s+/),
);

/** Runs that hands type without thinking: keyboard rows, digits, the alphabet, both ways. */
const RUNS: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
].flatMap((run) => [run, [...run].reverse().join('')]);

/** Whether the whole is one short piece repeated. */
const repeats = (text: string): boolean => /^(.{1,6}?)\1+.{0,5}$/su.test(text);

/** What is left once every keyboard run of four or more is taken out. */
function withoutRuns(text: string): string {
  let rest = text;
  for (const run of RUNS) {
    for (let length = run.length; length >= 4; length -= 1) {
      for (let at = 0; at + length <= run.length; at += 1)
        rest = rest.replaceAll(run.slice(at, at + length), '');
    }
  }
  return rest;
}

/** What somebody who knows the holder or the site would try first. */
function withoutNames(text: string, names: readonly string[]): string {
  let rest = text;
  for (const name of names) if (name.length >= 3) rest = rest.replaceAll(name.toLowerCase(), '');
  return rest;
}

const classes = (password: string): number =>
  [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(password)).length;

/**
 * Why a password will not do, as the sentence beside its field; `null` when it will. `names` are the user name, the
 * holder's and the site's: a password made of little else is refused, as are common ones and mere runs of keys.
 */
export function passwordProblem(
  password: string,
  names: readonly string[],
  policy: PasswordPolicy = 'standard',
): string | null {
  const length = [...password].length;
  if (length < SHORTEST) return `密码至少 ${SHORTEST} 个字符，现在有 ${length} 个；可以用一句好记的话`;
  if (length > LONGEST) return `密码最多 ${LONGEST} 个字符`;
  const plain = password.toLowerCase();
  const easy = '这个密码太容易被猜到，请换一个，例如几个不相干的词连起来';
  if (COMMON.has(plain) || repeats(plain)) return easy;
  if (withoutRuns(plain).length < 6) return easy;
  if (withoutNames(plain, names).length < 6) return '密码里除了用户名、姓名或网站名几乎没有别的，请换一个';
  if (policy === 'dengbao' && classes(password) < 3) {
    return '按本站的规则，密码要包含大写字母、小写字母、数字、符号中的三种';
  }
  return null;
}

/** Whether a password must be changed for its age: only where the assessor's policy says so. */
export function isExpired(passwordAt: Date, now: Date, policy: PasswordPolicy, days: number): boolean {
  return policy === 'dengbao' && now.getTime() - passwordAt.getTime() > days * 86_400_000;
}
