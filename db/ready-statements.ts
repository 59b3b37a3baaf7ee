import type { InArgs, InStatement, ResultSet, Row, Value } from '@libsql/client';
import type Database from 'libsql';

/** Statements kept ready. The program has a few hundred; what is built with lists of ids varies by their length. */
const READY = 500;

/** A row by name and by position, as the libSQL client gives it: names are enumerable, positions are not. */
class NamedRow {
  readonly #values: readonly Value[];

  constructor(names: readonly (string | null)[], values: readonly Value[]) {
    this.#values = values;
    const named = this as unknown as Record<string, Value>;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (name) named[name] = values[i] as Value;
    }
  }
  static value(row: NamedRow, position: number): Value | undefined {
    return row.#values[position];
  }
  static length(row: NamedRow): number {
    return row.#values.length;
  }
}

const MOST_COLUMNS = 200;
Object.defineProperty(NamedRow.prototype, 'length', {
  get(this: NamedRow) {
    return NamedRow.length(this);
  },
});
for (let i = 0; i < MOST_COLUMNS; i++) {
  Object.defineProperty(NamedRow.prototype, i, {
    get(this: NamedRow) {
      return NamedRow.value(this, i);
    },
  });
}

interface Ready {
  statement: Database.Statement;
  /** Whether it gives rows: a query, or a change that returns some. */
  reads: boolean;
  columns: string[];
  /** `null` for what is reached by position alone, such as the `1` of `SELECT 1`. */
  names: (string | null)[];
}

const toArgument = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.getTime() : (value ?? null);
};

/** A statement as the libSQL client takes it, in any of its forms. */
export type Asked = InStatement | [string, InArgs?];

export interface ReadyStatements {
  run(asked: Asked): ResultSet;
  clear(): void;
}

/** Runs statements on a connection of their own kind, each prepared once and then used again. */
export function readyStatements(db: Database.Database, { mayWrite }: { mayWrite: boolean }): ReadyStatements {
  const ready = new Map<string, Ready>();

  function prepare(sql: string): Ready {
    const known = ready.get(sql);
    if (known) {
      ready.delete(sql);
      ready.set(sql, known);
      return known;
    }
    const statement = db.prepare(sql);
    const reads = statement.reader;
    if (!reads && !mayWrite) throw new Error('the reader cannot write');
    if (reads) statement.raw(true);
    const columns = reads ? statement.columns().map(({ name }) => name) : [];
    const names = columns.map((name) => (/^(\d+|length)$/.test(name) ? null : name));
    const made = { statement, reads, columns, names };
    ready.set(sql, made);
    if (ready.size > READY) ready.delete(ready.keys().next().value ?? '');
    return made;
  }

  return {
    run(asked) {
      const [sql, args = []] =
        typeof asked === 'string' ? [asked] : Array.isArray(asked) ? asked : [asked.sql, asked.args];
      if (!Array.isArray(args)) throw new Error('statements of the store take arguments by position');
      const { statement, reads, columns, names } = prepare(sql);
      const values = args.map(toArgument);
      const found = reads ? (statement.all(values) as Value[][]) : [];
      const changes = reads ? 0 : statement.run(values).changes;
      return {
        columns,
        columnTypes: [],
        rows: found.map((row) => new NamedRow(names, row) as unknown as Row),
        rowsAffected: changes,
        lastInsertRowid: undefined,
        toJSON: () => found,
      };
    },
    clear: () => ready.clear(),
  };
}
