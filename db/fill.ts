import { system } from '#core/actor.ts';
import { beijingDay, now } from '#core/clock.ts';
import { EnvError, env } from '#core/env.ts';
import { keyMark, keyProbe } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import { ensureColumns } from '#domains/news/publishing/service.ts';
import { seedDrafts } from '#domains/settings/legal/service.ts';
import { findMeta, putMeta } from '#domains/settings/store.ts';
import { seedCity } from './seed.ts';

/** Fills a store that is empty: what every city begins with, and the demonstration city where that is asked for. */
export async function fillEmptyStore(): Promise<void> {
  if ((await findMeta(reader, 'filled')) !== null) return;
  if ((await findMeta(reader, 'key-mark')) !== null) {
    throw new EnvError(
      `上次装入数据时中断，数据文件夹 ${env().dataDir} 里的数据库不完整，请把它移走或另选空的 DATA_DIR 后再启动。`,
    );
  }
  await write(system('fill'), 'store.fill', async (tx, change) => {
    await putMeta(tx, 'key-mark', keyMark());
    await putMeta(tx, 'key-probe', keyProbe());
    await seedCity(tx, change);
    if (env().demo) return;
    await seedDrafts(tx, change, system('fill'));
    await ensureColumns(tx, change, '城市');
    await putMeta(tx, 'filled', 'city');
  });
  if (!env().demo) return;
  const { loadDemonstration } = await import('./demo/load.ts');
  await loadDemonstration(beijingDay(now()));
}
