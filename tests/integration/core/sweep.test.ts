import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();
afterAll(remove);

const { DAY_MS } = await import('#core/clock.ts');
const { reader } = await import('#core/store.ts');
const { sweepCore } = await import('#core/sweep.ts');
const { write } = await import('#core/write.ts');
const { attempts, formAnswers, keptPosts, purges } = await import('#db/schema/core.ts');

test('what has served its time goes, what has not stays', async () => {
  const now = new Date('2026-05-20T02:00:00Z');
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await write.quiet(async (tx) => {
    for (const [id, days] of [
      ['old', 31],
      ['new', 29],
    ] as const)
      await tx.insert(formAnswers).values({ id, at: ago(days), location: '/' });
    for (const [tags, days] of [
      ['old', 2],
      ['new', 0],
    ] as const)
      await tx.insert(purges).values({ at: ago(days), origin: 'x', tags });
    for (const [id, days] of [
      ['old', 2],
      ['new', 0],
    ] as const)
      await tx.insert(keptPosts).values({ id, at: ago(days), path: '/', sealed: 'x' });
    for (const [key, day] of [
      ['old', '2026-05-17'],
      ['new', '2026-05-20'],
    ] as const)
      await tx.insert(attempts).values({ key, day, count: 1 });
  });
  mkdirSync(`${dataDir}/tmp`, { recursive: true });
  for (const name of ['old', 'new']) writeFileSync(`${dataDir}/tmp/${name}`, 'x');
  utimesSync(`${dataDir}/tmp/old`, ago(2), ago(2));
  utimesSync(`${dataDir}/tmp/new`, now, now);

  await sweepCore(now);
  await sweepCore(now);
  expect((await reader.select().from(formAnswers)).map((row) => row.id)).toEqual(['new']);
  expect((await reader.select().from(purges)).map((row) => row.tags)).toEqual(['new']);
  expect((await reader.select().from(keptPosts)).map((row) => row.id)).toEqual(['new']);
  expect((await reader.select().from(attempts)).map((row) => row.key)).toEqual(['new']);
  expect(['old', 'new'].map((name) => existsSync(`${dataDir}/tmp/${name}`))).toEqual([false, true]);
});
