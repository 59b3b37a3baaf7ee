import type { Client, InArgs, InStatement, ResultSet, Row, Value } from '@libsql/client';
import Database from 'libsql';

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
  columns: string[];
  /** `null` for what is reached by position alone, such as the `1` of `SELECT 1`. */
  names: (string | null)[];
}

const toArgument = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.getTime() : (value ?? null);
};

const unsupported = (what: string) => (): never => {
  throw new Error(`the reader does not ${what}`);
};

/**
 * Reads a store's file through statements that are prepared once. The libSQL client prepares every statement
 * anew, which costs ten times what the reading does. A write through it fails.
 */
export function openFileReader(path: string): Client {
  const db = new Database(path, { timeout: 200 });
  db.exec('PRAGMA query_only = 1');
  const ready = new Map<string, Ready>();

  function prepare(sql: string): Ready {
    const known = ready.get(sql);
    if (known) {
      ready.delete(sql);
      ready.set(sql, known);
      return known;
    }
    const statement = db.prepare(sql);
    if (!statement.reader) throw new Error('the reader cannot write');
    statement.raw(true);
    const columns = statement.columns().map(({ name }) => name);
    const names = columns.map((name) => (/^(\d+|length)$/.test(name) ? null : name));
    const made = { statement, columns, names };
    ready.set(sql, made);
    if (ready.size > READY) ready.delete(ready.keys().next().value ?? '');
    return made;
  }

  function read(asked: InStatement): ResultSet {
    const { sql, args = [] } = typeof asked === 'string' ? { sql: asked } : asked;
    if (!Array.isArray(args)) throw new Error('the reader takes arguments by position');
    const { statement, columns, names } = prepare(sql);
    const found = statement.all(args.map(toArgument)) as Value[][];
    return {
      columns,
      columnTypes: [],
      rows: found.map((values) => new NamedRow(names, values) as unknown as Row),
      rowsAffected: 0,
      lastInsertRowid: undefined,
      toJSON: () => found,
    };
  }

  /** Several readings of one state. */
  function readTogether(statements: (InStatement | [string, InArgs?])[]): ResultSet[] {
    db.exec('BEGIN');
    try {
      return statements.map((each) =>
        read(Array.isArray(each) ? { sql: each[0], args: each[1] ?? [] } : each),
      );
    } finally {
      db.exec('COMMIT');
    }
  }

  return {
    execute: async (asked: InStatement | string, args?: InArgs) =>
      read(typeof asked === 'string' ? { sql: asked, args: args ?? [] } : asked),
    batch: async (statements) => readTogether(statements),
    migrate: unsupported('migrate'),
    transaction: unsupported('begin a transaction'),
    executeMultiple: unsupported('run scripts'),
    sync: unsupported('sync'),
    reconnect: unsupported('reconnect'),
    close: () => {
      ready.clear();
      db.close();
    },
    get closed() {
      return !db.open;
    },
    protocol: 'file',
  };
}
