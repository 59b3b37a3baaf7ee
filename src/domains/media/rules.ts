import type { MediaPurpose } from '#db/schema/media.values.ts';

/** The widths to which a picture is cut when it arrives; a smaller picture is never blown up. */
export const PICTURE_WIDTHS = [480, 960, 1600] as const;
export type PictureWidth = (typeof PICTURE_WIDTHS)[number];
export const LARGEST: PictureWidth = 1600;

export const MEGABYTE = 1024 * 1024;
/** More would hold up every other conversion, and a phone's own pictures stay below it. */
export const MAX_PIXELS = 40_000_000;

export const asPictureWidth = (text: string): PictureWidth | null =>
  PICTURE_WIDTHS.find((width) => String(width) === text) ?? null;

/** The width under which a picture as wide as `natural` lies in the store when `asked` is wanted. */
export function storedWidth(natural: number, asked: PictureWidth): PictureWidth {
  const widest = PICTURE_WIDTHS.find((width) => width >= natural) ?? LARGEST;
  return asked < widest ? asked : widest;
}

/** The widths to make of a picture as wide as `natural`. */
export const widthsOf = (natural: number): readonly PictureWidth[] =>
  PICTURE_WIDTHS.filter((width) => storedWidth(natural, width) === width);

/** What may be attached: how it is recognised, under which type it is handed out, what people call it. */
export const ATTACHMENTS = {
  pdf: { mime: 'application/pdf', label: 'PDF' },
  doc: { mime: 'application/msword', label: 'Word' },
  docx: { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', label: 'Word' },
  xls: { mime: 'application/vnd.ms-excel', label: 'Excel' },
  xlsx: { mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', label: 'Excel' },
  ofd: { mime: 'application/ofd', label: 'OFD' },
  txt: { mime: 'text/plain; charset=utf-8', label: '文本' },
  csv: { mime: 'text/csv; charset=utf-8', label: 'CSV 表格' },
  zip: { mime: 'application/zip', label: '压缩包' },
} as const;
export type AttachmentType = keyof typeof ATTACHMENTS;

export const isAttachmentType = (text: string): text is AttachmentType => Object.hasOwn(ATTACHMENTS, text);

/** The ending of a file name, lower case, without the dot; empty where there is none. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** What people call the kind of an attachment, by its name. */
export function attachmentLabel(name: string): string {
  const ending = endingOf(name);
  return isAttachmentType(ending) ? ATTACHMENTS[ending].label : '文件';
}

/** A size as people say it: 「312 KB」「1.4 MB」. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < MEGABYTE) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / MEGABYTE).toFixed(1).replace(/\.0$/, '')} MB`;
}

// Control characters and those that turn the reading direction can make one name look like another.
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** The sender's name of a file, fit to be shown: no folders, nothing invisible, 80 characters at most, the ending kept. */
export function shownName(sent: string): string {
  const name = (sent.split(/[\\/]/).at(-1) ?? '').replace(HIDDEN, '').trim() || '未命名';
  const ending = endingOf(name);
  const stem = ending ? name.slice(0, -ending.length - 1) : name;
  const letters = [...stem];
  const short = letters.length > 72 ? `${letters.slice(0, 71).join('')}…` : stem;
  return ending ? `${short}.${ending}` : short;
}

/** Pictures of these purposes belong to the newsroom; all others to a case, which decides for itself who sees them. */
export const OF_NEWSROOM: readonly MediaPurpose[] = ['article', 'honor', 'demo'];
