import type { Charset, Warning } from './document.ts';

export interface Decoded {
  text: string;
  charset: Charset;
  warnings: Warning[];
}

// GB18030 holds all of GB2312 and GBK, so the older names are read as the newest.
const KNOWN: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['gb_2312-80', 'gb18030'],
  ['x-gbk', 'gb18030'],
  ['big5', 'big5'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
]);

function byMark(bytes: Uint8Array): Charset | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function named(text: string | null | undefined): Charset | null {
  const name = /charset\s*=\s*["']?\s*([\w:-]+)/iu.exec(text ?? '')?.[1];
  return KNOWN.get(name?.toLowerCase() ?? '') ?? null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Decodes a page: byte order mark, then the answer's header, then the page's own `<meta>`, then by looking at the bytes.
 * A declaration that the bytes contradict is overruled, with a warning.
 */
export function decodePage(bytes: Uint8Array, contentType?: string): Decoded {
  const mark = byMark(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const declared = named(contentType) ?? named(/<meta[^>]*charset[^>]*>/iu.exec(head)?.[0]);
  const plainAscii = bytes.every((byte) => byte < 0x80);
  const valid = plainAscii || isUtf8(bytes);
  const warnings: Warning[] = [];
  let charset = mark ?? declared ?? (valid ? 'utf-8' : 'gb18030');
  // GBK text is practically never valid UTF-8, and a broken decoding can not be mended later.
  const contradicted = (charset === 'utf-8' && !valid) || (charset === 'gb18030' && valid && !plainAscii);
  if (!mark && contradicted) {
    charset = valid ? 'utf-8' : 'gb18030';
    warnings.push({
      code: 'charset_mismatch',
      message: `页面声明的编码与内容不符，已按 ${charset.toUpperCase()} 读取。`,
    });
  }
  const text = new TextDecoder(charset).decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  if (broken > 0)
    warnings.push({
      code: 'broken_characters',
      message: `有 ${broken} 处字符已损坏，无法恢复，请对照原件补正。`,
    });
  // libSQL cuts text at U+0000 on reading, so it must not travel further.
  return { text: text.replaceAll('\u0000', ''), charset, warnings };
}
