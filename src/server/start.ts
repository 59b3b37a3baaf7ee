import { randomBytes } from 'node:crypto';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

// First of all: the built pages install a listener of their own, which would swallow what fails outside a request.
function crash(error: unknown): void {
  const id = randomBytes(6).toString('base64url');
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  // A message may hold what a person wrote (a failed query holds its parameters): the place tells enough.
  const at = (stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  process.stderr.write(
    `${JSON.stringify({ level: 60, time: new Date().toISOString(), id, name, at, msg: 'crashed' })}\n`,
  );
  process.exit(1);
}
process.on('unhandledRejection', crash);
process.on('uncaughtException', crash);

enableCompileCache(join(ROOT, 'node_modules', '.cache', 'node-compile'));

// What a person can put right is said in one sentence.
const SENTENCES = ['EnvError', 'BuildError', 'ListenError', 'ProxySettingError', 'StartError'];

try {
  const { start } = await import('./starting.ts');
  await start();
  flushCompileCache();
} catch (error) {
  if (!(error instanceof Error) || !SENTENCES.includes(error.name)) crash(error);
  else {
    console.error(error.message);
    process.exit(1);
  }
}
