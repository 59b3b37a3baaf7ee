import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import { listColumns } from '../store.ts';
import type { LegacyDocument, Origin } from './document.ts';
import { type ParseOptions, parseLegacy } from './parse.ts';
import * as store from './store.ts';

export interface LegacyFile {
  /** Path within what was imported. */
  name: string;
  bytes: Uint8Array;
}

export interface ImportedDraft {
  file: string;
  title: string;
  columnName: string;
  /** Imported before: left as it is. */
  known: boolean;
  warnings: LegacyDocument['warnings'];
  suggestions: number;
}

/** Where a draft goes when no column of the old breadcrumb exists here: its editor moves it. */
const FALLBACK = 'headlines';

function originOf(draft: LegacyDocument, file: string): Origin {
  const { charset, selectorSet, verdict, warnings, suggestions, missingPictures } = draft;
  return {
    file,
    url: draft.originalUrl,
    publishedHint: draft.publishedAt?.toISOString() ?? null,
    charset,
    selectorSet,
    verdict,
    warnings,
    suggestions,
    missingPictures,
  };
}

function rowOf(draft: LegacyDocument, file: string, columnId: string): store.NewDraft {
  return {
    columnId,
    kicker: draft.kicker ?? '',
    title: draft.title,
    subtitle: draft.subtitle ?? '',
    source: draft.source ?? '',
    author: draft.author ?? '',
    editor: draft.editor ?? '',
    bodyHtml: draft.bodyHtml,
    originHash: draft.rawHash,
    origin: originOf(draft, file),
  };
}

/**
 * Makes drafts of the articles in one file of an old site, for a person to look through; nothing is published. What was
 * imported before, by the bytes of the file, is left as it is.
 */
export async function importLegacyFile(
  actor: Actor,
  { name, bytes }: LegacyFile,
  options: ParseOptions = {},
): Promise<ImportedDraft[]> {
  permit(actor, 'news:write');
  const columns = await listColumns(reader);
  const idOf = new Map(columns.map((column) => [column.name, column.id]));
  const nameOf = new Map(columns.map((column) => [column.id, column.name]));
  if (!nameOf.has(FALLBACK))
    throw new AppError('conflict', '还没有栏目，草稿没有去处。请先运行 npm start 完成初始设置，再导入。');
  const drafts = (await parseLegacy(bytes, name, options)).map((draft) => ({
    draft,
    columnId: draft.columnGuess.map((column) => idOf.get(column)).find((id) => id !== undefined) ?? FALLBACK,
  }));
  const known = await store.findImported(
    reader,
    drafts.map(({ draft }) => draft.rawHash),
  );
  const fresh = drafts.filter(({ draft }) => !known.has(draft.rawHash));
  if (fresh.length > 0) {
    await write(actor, 'news.import', async (tx, change) => {
      const rows = fresh.map(({ draft, columnId }) => rowOf(draft, name, columnId));
      for (const id of await store.insertDrafts(tx, rows, change.at)) {
        change.note('article', id, { to: { state: 'draft' } });
      }
    });
  }
  return drafts.map(({ draft, columnId }) => ({
    file: name,
    title: draft.title,
    columnName: nameOf.get(columnId) ?? columnId,
    known: known.has(draft.rawHash),
    warnings: draft.warnings,
    suggestions: draft.suggestions.length,
  }));
}
