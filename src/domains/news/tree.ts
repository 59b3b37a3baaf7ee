import { found } from '#core/errors.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { type ColumnRow, listColumns } from './store.ts';

export type Column = ColumnRow;

/** The columns of the site, as every page asks for them. */
export interface ColumnTree {
  /** The columns of the menu, in order. */
  roots: readonly Column[];
  byId: ReadonlyMap<string, Column>;
  childrenOf(id: string): readonly Column[];
  /** A column with all columns beneath it. */
  reachOf(id: string): string[];
  /** From the root column down to the column itself. */
  lineOf(id: string): Column[];
}

function grow(rows: readonly Column[]): ColumnTree {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const children = Map.groupBy(rows, (row) => row.parentId ?? '');
  const childrenOf = (id: string): readonly Column[] => children.get(id) ?? [];
  const reachOf = (id: string): string[] => [id, ...childrenOf(id).flatMap((child) => reachOf(child.id))];
  const lineOf = (id: string): Column[] => {
    const column = byId.get(id);
    if (!column) return [];
    return [...(column.parentId === null ? [] : lineOf(column.parentId)), column];
  };
  return { roots: childrenOf('').filter((column) => !column.hidden), byId, childrenOf, reachOf, lineOf };
}

let tree: Promise<ColumnTree> | null = null;

onPurge((tags) => {
  if (tags.includes('columns')) tree = null;
});

/** The columns, from memory until one of them changes. */
export function columnTree(): Promise<ColumnTree> {
  tree ??= listColumns(reader)
    .then(grow)
    .catch((error: unknown) => {
      tree = null;
      throw error;
    });
  return tree;
}

/** A column by its id; `not_found` where there is none. */
export async function getColumn(id: string): Promise<Column> {
  const { byId } = await columnTree();
  return found(byId.get(id), '没有这个栏目。它可能已经改名或合并，请从首页的栏目列表进入。');
}
