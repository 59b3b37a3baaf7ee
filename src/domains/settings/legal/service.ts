import sanitizeHtml from 'sanitize-html';
import type { SettingKey } from '../input.ts';
import { currentRow, setting } from '../service.ts';
import { legalMarkup } from './rules.ts';

export type LegalKey = Extract<SettingKey, 'promise' | 'about' | 'privacy' | 'accessibility'>;
export const LEGAL_KEYS: readonly LegalKey[] = ['privacy', 'accessibility', 'about', 'promise'];

export interface LegalPage {
  /** Safe to be shown as it is. */
  html: string;
  /** Since when it holds; `null` where none has been set. */
  since: Date | null;
  /** Came with the program and was approved by nobody yet. */
  draft: boolean;
}

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'p', 'ul', 'ol', 'li', 'strong', 'em', 'br', 'blockquote', 'a'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'caption'],
  ],
  allowedAttributes: { a: ['href'], th: ['scope', 'colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['https', 'http', 'tel', 'mailto'],
};

/** A text of the site (privacy, accessibility, about, the hotline's promise) as its public page shows it. */
export async function legalPage(key: LegalKey): Promise<LegalPage> {
  const { body, draft } = await setting(key);
  const row = await currentRow(key);
  return {
    html: sanitizeHtml(legalMarkup(body), ALLOWED),
    since: row?.validFrom ?? null,
    draft: draft === true,
  };
}
