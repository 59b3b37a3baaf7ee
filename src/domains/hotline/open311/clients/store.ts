import { eq } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import { meta } from '#db/schema/core.ts';

/** The fingerprints of the API keys that are in use, separated by spaces in one row. */
export async function listKeys(db: Db): Promise<string[]> {
  const [row] = await db.select({ value: meta.value }).from(meta).where(eq(meta.key, 'open311:key'));
  return (row?.value ?? '').split(' ').filter((key) => key !== '');
}
