import type { Client, InArgs, InStatement, Transaction } from '@libsql/client';
import Database from 'libsql';
import { readyStatements } from './ready-statements.ts';

const unsupported = (what: string) => (): never => {
  throw new Error(`the writer does not ${what}`);
};

/**
 * The one connection that changes a store's file while the server runs, through statements that are prepared once. It
 * writes in transactions alone: outside of one, a statement is refused instead of being committed by itself. `reconnect` throws the
 * connection away with all its statements, as is needed after `SQLITE_BUSY`.
 */
export function openFileWriter(path: string, timeout: number): Client {
  const connect = () => {
    const db = new Database(path, { timeout });
    return { db, statements: readyStatements(db, { mayWrite: true }) };
  };
  // Opened at the first change: opening makes the file, and a program may end without having made one.
  let opened: ReturnType<typeof connect> | null = null;
  const connection = () => {
    opened ??= connect();
    return opened;
  };

  /** Ends the transaction that a connection is in; nothing when there is none, or it was thrown away meanwhile. */
  function rollback(of: Database.Database): void {
    if (of.open && of.inTransaction) of.exec('ROLLBACK');
  }

  // A closed connection lives on until its statements are collected, and would keep its lock as long.
  function disconnect(): void {
    if (!opened) return;
    const { db, statements } = opened;
    rollback(db);
    statements.clear();
    if (db.open) db.close();
  }

  async function execute(asked: InStatement | string, args?: InArgs) {
    const { db, statements } = connection();
    if (!db.inTransaction) throw new Error('a change outside of a transaction');
    return statements.run(typeof asked === 'string' ? [asked, args] : asked);
  }

  return {
    execute,
    async transaction(): Promise<Transaction> {
      const { db } = connection();
      if (db.inTransaction) throw new Error('a transaction is open already');
      const own = db;
      own.exec('BEGIN IMMEDIATE');
      return {
        execute,
        batch: unsupported('run batches'),
        executeMultiple: unsupported('run scripts'),
        async commit() {
          try {
            own.exec('COMMIT');
          } catch (error) {
            rollback(own);
            throw error;
          }
        },
        rollback: async () => rollback(own),
        close: () => rollback(own),
        get closed() {
          return !own.open || !own.inTransaction;
        },
      };
    },
    batch: unsupported('run batches'),
    migrate: unsupported('migrate'),
    executeMultiple: unsupported('run scripts'),
    sync: unsupported('sync'),
    async reconnect() {
      disconnect();
      opened = connect();
    },
    close: disconnect,
    get closed() {
      return opened !== null && !opened.db.open;
    },
    protocol: 'file',
  };
}
