import { afterAll, expect, test } from 'vitest';
import { freshStore } from '../../support/store.ts';

const { remove } = freshStore();
afterAll(remove);

const { readsOf, recordReads } = await import('#core/reads.ts');

test('readings add up over minutes and days, known robots apart', async () => {
  const path = '/news/20260520/7';
  await recordReads([{ path, day: '2026-05-20', people: 3, bots: 9 }]);
  await recordReads([
    { path, day: '2026-05-20', people: 2, bots: 1 },
    { path, day: '2026-05-21', people: 4, bots: 0 },
    { path: '/news/20260520/8', day: '2026-05-21', people: 50, bots: 0 },
  ]);
  expect(await readsOf(path)).toBe(9);
  expect(await readsOf('/news/20260520/9')).toBe(0);
});
