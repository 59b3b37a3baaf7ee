import { createClient } from '@libsql/client';

/** Run as a process of its own: holds the store's write lock for some milliseconds, printing `held` and `freed`. */
const [url = '', ms = '1000'] = process.argv.slice(2);
const client = createClient({ url, timeout: 5000 });
const tx = await client.transaction('write');
await tx.execute("INSERT INTO meta (key, value) VALUES ('lock', 'x') ON CONFLICT DO NOTHING");
process.stdout.write('held\n');
await new Promise((resolve) => setTimeout(resolve, Number(ms)));
await tx.commit();
process.stdout.write('freed\n');
client.close();
