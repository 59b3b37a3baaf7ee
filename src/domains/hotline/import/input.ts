import { z } from 'zod';

/** Longer texts are no message of a person, and would make every list slow. */
const LONGEST = 20_000;

const written = (what: string, max: number) =>
  z
    .string(`缺少${what}`)
    .transform((value) => value.replace(/\r\n?/gu, '\n').trim())
    .refine((value) => value !== '', `${what}是空的`)
    .refine((value) => value.length <= max, `${what}超过 ${max} 字`)
    // libSQL cuts text at U+0000 on reading, and a lone surrogate comes back as another character.
    .refine((value) => !value.includes('\u0000'), `${what}含空字符`)
    .refine((value) => value.isWellFormed(), `${what}含损坏的字符`);

const instant = (what: string) =>
  z.iso
    .datetime({ offset: true, error: `${what}不是带时区的时间`, abort: true })
    .transform((value) => new Date(value));

/** One line of the file: a message that was answered elsewhere. */
export const ImportedMessage = z
  .object(
    {
      id: written('编号', 100),
      user: z.string().optional().default('').pipe(z.string().max(200, '网名超过 200 字')),
      title: written('标题', 500),
      body: written('正文', LONGEST),
      filed_at: instant('提交时间'),
      reply: written('答复', LONGEST),
      replied_at: instant('答复时间'),
    },
    '不是一条记录',
  )
  .refine((row) => row.replied_at >= row.filed_at, '答复时间早于提交时间');
export type ImportedMessage = z.output<typeof ImportedMessage>;

/** Reads one line. The reason is a Chinese phrase without anything that the line holds. */
export function readLine(line: string): { message: ImportedMessage } | { reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { reason: '不是有效的 JSON' };
  }
  const parsed = ImportedMessage.safeParse(json);
  if (parsed.success) return { message: parsed.data };
  return { reason: [...new Set(parsed.error.issues.map((issue) => issue.message))].join('，') };
}
