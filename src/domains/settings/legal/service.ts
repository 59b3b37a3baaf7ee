import type { SettingKey } from '../input.ts';
import { currentRow, setting } from '../service.ts';
import { legalMarkup } from './rules.ts';

export type LegalKey = Extract<SettingKey, 'promise' | 'about' | 'privacy' | 'accessibility'>;
export const LEGAL_KEYS: readonly LegalKey[] = ['privacy', 'accessibility', 'about', 'promise'];

export interface LegalText {
  /** HTML, still to be sanitised. */
  markup: string;
  /** Since when it holds; `null` where none has been set. */
  since: Date | null;
  /** Came with the program and was approved by nobody yet. */
  draft: boolean;
}

/** A text of the site: privacy, accessibility, about, the hotline's promise. */
export async function legalText(key: LegalKey): Promise<LegalText> {
  const { body, draft } = await setting(key);
  const row = await currentRow(key);
  return { markup: legalMarkup(body), since: row?.validFrom ?? null, draft: draft === true };
}
