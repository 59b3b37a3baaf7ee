import type { Client, InArgs, InStatement } from '@libsql/client';
import Database from 'libsql';
import { readyStatements } from './ready-statements.ts';

const unsupported = (what: string) => (): never => {
  throw new Error(`the reader does not ${what}`);
};

/**
 * Reads a store's file through statements that are prepared once. The libSQL client prepares every statement
 * anew, which costs ten times what the reading does. A write through it fails.
 */
export function openFileReader(path: string): Client {
  // Opened at the first reading: opening makes the file, and a program may end without having looked.
  const connect = () => {
    const db = new Database(path, { timeout: 200 });
    db.exec('PRAGMA query_only = 1');
    return { db, statements: readyStatements(db, { mayWrite: false }) };
  };
  let opened: ReturnType<typeof connect> | null = null;
  const connection = () => {
    opened ??= connect();
    return opened;
  };

  return {
    execute: async (asked: InStatement | string, args?: InArgs) =>
      connection().statements.run(typeof asked === 'string' ? [asked, args] : asked),
    // Several readings of one state.
    async batch(asked) {
      const { db, statements } = connection();
      db.exec('BEGIN');
      try {
        return asked.map((each) => statements.run(each));
      } finally {
        db.exec('COMMIT');
      }
    },
    migrate: unsupported('migrate'),
    transaction: unsupported('begin a transaction'),
    executeMultiple: unsupported('run scripts'),
    sync: unsupported('sync'),
    reconnect: unsupported('reconnect'),
    close: () => {
      opened?.statements.clear();
      opened?.db.close();
    },
    get closed() {
      return opened !== null && !opened.db.open;
    },
    protocol: 'file',
  };
}
