/** What the line under a title tells: source, time, author, editor. */
export interface Stamp {
  source: string | null;
  author: string | null;
  editor: string | null;
  at: Date | null;
  /** Whether the page gave hours and minutes, not only a day. */
  timed: boolean;
}

const DATE =
  /(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?(?:[\sT]*(\d{1,2})\s*[:：时点]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?)?/u;

/** The first date of a text as a Beijing instant, or null for none and for impossible ones. */
export function readDate(text: string): { at: Date; timed: boolean } | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00'] = match;
  const two = (part: string): string => part.padStart(2, '0');
  const calendar = `${year}-${two(month)}-${two(day)}`;
  const at = new Date(`${calendar}T${two(hour ?? '00')}:${two(minute)}:${two(second)}+08:00`);
  // `new Date` rolls 31 February over into March; the day must come back as it was written.
  const valid =
    !Number.isNaN(at.getTime()) && new Date(`${calendar}T00:00:00Z`).toISOString().startsWith(calendar);
  return valid ? { at, timed: hour !== undefined } : null;
}

const STOP = String.raw`(?=\s|[|｜【\[(（]|$|发[布表]|时间|日期|来源|作者|编辑|责任|浏览|阅读|点击|字[体号])`;

function labelled(text: string, labels: string): string | null {
  const match = new RegExp(String.raw`(?:${labels})\s*[:：]\s*([^\s:：][^|｜【\n]*?)${STOP}`, 'u').exec(text);
  const value = match?.[1]?.trim();
  return value && !/^\d{4}[-年/.]/u.test(value) ? value : null;
}

/** Reads a source, a time and names out of one or more lines under a title. */
export function readStamp(text: string): Stamp {
  const flat = text.replace(/[\s\u00a0\u3000]+/gu, ' ');
  const date = readDate(flat);
  const bracketed = /[[【]\s*([^\]】\d]{2,30}?)\s*[\]】]/u.exec(flat)?.[1];
  const isButton =
    bracketed !== undefined && /^(?:打印|关闭|收藏|字[体号].*|[大中小 ]+|责任编辑.*)/u.test(bracketed);
  return {
    source:
      labelled(flat, '稿件来源|信息来源|文章来源|来源|来稿单位|供稿') ??
      (isButton ? null : (bracketed ?? null)),
    author: labelled(flat, '作者|撰稿|记者'),
    editor: labelled(flat, '责任编辑|责编|编辑'),
    at: date?.at ?? null,
    timed: date?.timed ?? false,
  };
}

/** Whether a short line is such a stamp and not a sentence that happens to hold a date. */
export function isStamp(line: string): boolean {
  if (line.length > 160 || /[。；!！?？]/u.test(line)) return false;
  const named =
    /(?:来源|时间|日期|作者|发布|责任编辑|浏览|点击|阅读)[^\n]{0,6}?[:：]|字[体号]|^\s*[[【][^\]】]{2,30}[\]】]/u.test(
      line,
    );
  return named && (readDate(line) !== null || /来源\s*[:：]|作者\s*[:：]/u.test(line));
}
