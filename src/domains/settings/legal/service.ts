import type { Actor } from '#core/actor.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import type { SettingKey } from '../input.ts';
import { currentRow, putSetting, setting } from '../service.ts';
import { DRAFTS } from './drafts.ts';
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

/** Gives a new city its first texts, all of them drafts. */
export async function seedDrafts(tx: Tx, change: Change, by: Actor): Promise<void> {
  for (const key of LEGAL_KEYS) await putSetting(tx, change, key, { body: DRAFTS[key], draft: true }, by);
}
