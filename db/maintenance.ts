import { existsSync } from 'node:fs';
import { EnvError, env } from '#core/env.ts';
import { AppError } from '#core/errors.ts';
import { assertAlone } from './alone.ts';
import { storeTarget } from './client.ts';

const NOT_READY = '数据库还没有准备好，请先运行 npm start 一次，再运行本命令。';

/** Runs a change on the store from a script: alone with it, and only where it is complete and its key fits. */
export async function onStore<T>(run: () => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl, databaseAuthToken } = env();
  const target = storeTarget(dataDir, databaseUrl, databaseAuthToken);
  assertAlone(target);
  // Opening a store that is not there would make an empty one.
  if (target.file && !existsSync(target.file)) throw new EnvError(NOT_READY);
  const { storeState, closeStore } = await import('#core/store.ts');
  try {
    if ((await storeState()) !== 'ready') throw new EnvError(NOT_READY);
    return await run();
  } finally {
    closeStore();
  }
}

/** Runs a script: what a person can put right is said in one sentence, and the exit code tells of it. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof EnvError || error instanceof AppError ? error.message : error);
    process.exitCode = 1;
  }
}
