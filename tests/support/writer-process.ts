import { sql } from 'drizzle-orm';
import { system } from '#core/actor.ts';
import { write } from '#core/write.ts';
import { meta } from '#db/schema/core.ts';

/** Run as a process of its own: writes `count` rows, `at once` or one after another, and prints the key of each that was acknowledged. */
const [count = '0', mode = 'stream', prefix = 'row'] = process.argv.slice(2);

async function one(n: number): Promise<void> {
  const key = `${prefix}-${n}`;
  await write(system('test'), 'test.write', async (tx, change) => {
    await tx.insert(meta).values({ key, value: sql`'x'` });
    change.note('meta', key);
  });
  process.stdout.write(`${key}\n`);
}

const numbers = Array.from({ length: Number(count) }, (_, n) => n);
if (mode === 'together') await Promise.all(numbers.map(one));
else for (const n of numbers) await one(n);
