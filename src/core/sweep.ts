import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lt } from 'drizzle-orm';
import { attempts, formAnswers, keptPosts, purges } from '#db/schema/core.ts';
import { beijingDay, DAY_MS } from './clock.ts';
import { env } from './env.ts';
import { write } from './write.ts';

// A form's id is good for a day; whoever comes back to an old tab within the month is still led to his receipt.
const ANSWERS_MS = 30 * DAY_MS;

async function sweepTemporary(before: Date): Promise<void> {
  const folder = join(env().dataDir, 'tmp');
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}

/** Drops what has served its time: answers of old forms, purges that every process has seen, kept forms, counted tries, left-over uploads. */
export async function sweepCore(at: Date): Promise<void> {
  const dayAgo = new Date(at.getTime() - DAY_MS);
  await write.quiet(async (tx) => {
    await tx.delete(formAnswers).where(lt(formAnswers.at, new Date(at.getTime() - ANSWERS_MS)));
    await tx.delete(purges).where(lt(purges.at, dayAgo));
    await tx.delete(keptPosts).where(lt(keptPosts.at, dayAgo));
    await tx.delete(attempts).where(lt(attempts.day, beijingDay(new Date(at.getTime() - 2 * DAY_MS))));
  });
  await sweepTemporary(dayAgo);
}
