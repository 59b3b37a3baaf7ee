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
  const db = new Database(path, { timeout: 200 });
  db.exec('PRAGMA query_only = 1');
  const statements = readyStatements(db, { mayWrite: false });

  return {
    execute: async (asked: InStatement | string, args?: InArgs) =>
      statements.run(typeof asked === 'string' ? [asked, args] : asked),
    // Several readings of one state.
    async batch(asked) {
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
      statements.clear();
      db.close();
    },
    get closed() {
      return !db.open;
    },
    protocol: 'file',
  };
}
