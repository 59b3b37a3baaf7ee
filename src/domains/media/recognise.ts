import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { type AttachmentType, endingOf } from './rules.ts';

export type PictureFinding = 'picture' | 'heic' | 'other';

/** What a file that was sent as a picture is, by its content alone. */
export async function recognisePicture(path: string): Promise<PictureFinding> {
  const type = await fileTypeFromFile(path);
  if (type?.mime === 'image/jpeg' || type?.mime === 'image/png' || type?.mime === 'image/webp')
    return 'picture';
  return type?.mime.startsWith('image/hei') ? 'heic' : 'other';
}

const BY_CONTENT: Readonly<Record<string, AttachmentType>> = {
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  ofd: 'ofd',
  zip: 'zip',
};
const OLD_OFFICE: readonly string[] = ['doc', 'xls'];
const TEXTS: readonly string[] = ['txt', 'csv'];
const MARKUP = /^\s*(?:<[!?a-z]|\{\\rtf)/i;
const PROBE_BYTES = 256 * 1024;

async function head(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const decodes = (bytes: Buffer, encoding: string): boolean => {
  try {
    // `stream` forgives the character that the probe's end cut in two.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

/** Whether the bytes are plain text, in UTF-8 or the older Chinese encodings, and no page or program in disguise. */
function isPlainText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  if (!decodes(bytes, 'utf-8') && !decodes(bytes, 'gb18030')) return false;
  return !MARKUP.test(
    bytes
      .subarray(0, 512)
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  );
}

/**
 * What kind of attachment a file is: by its content, which must agree with the ending of its name.
 * `null` when it is none of those that may be attached.
 */
export async function recogniseAttachment(path: string, name: string): Promise<AttachmentType | null> {
  const ending = endingOf(name);
  const type = await fileTypeFromFile(path);
  if (type?.ext === 'cfb') return OLD_OFFICE.includes(ending) ? (ending as 'doc' | 'xls') : null;
  if (type?.ext === 'zip' && ending === 'ofd') {
    return (await head(path)).includes('OFD.xml') ? 'ofd' : null;
  }
  if (type) {
    const known = BY_CONTENT[type.ext];
    return known === ending ? known : null;
  }
  return TEXTS.includes(ending) && isPlainText(await head(path)) ? (ending as 'txt' | 'csv') : null;
}
