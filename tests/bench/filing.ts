import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { openWriter, storeTarget } from '#db/client.ts';
import { hiddenFields, Visitor } from '../support/visitor.ts';

const FILINGS = 300;
const INSERTS = 1000;

const perSecond = (count: number, began: bigint): number =>
  count / (Number(process.hrtime.bigint() - began) / 1e9);

/** How often the disk confirms a small write, one after another. */
export function syncsPerSecond(dataDir: string): number {
  const path = `${dataDir}/sync-probe`;
  const file = openSync(path, 'w');
  const began = process.hrtime.bigint();
  for (let n = 0; n < INSERTS; n++) {
    writeSync(file, 'x'.repeat(100));
    fdatasyncSync(file);
  }
  const rate = perSecond(INSERTS, began);
  closeSync(file);
  rmSync(path);
  return rate;
}

/** Transactions of one INSERT and a commit, one at a time, on the server's own file while it idles. */
export async function insertsPerSecond(dataDir: string): Promise<number> {
  const client = openWriter(storeTarget(dataDir, undefined, undefined), 5000);
  await client.execute('PRAGMA synchronous = FULL');
  const began = process.hrtime.bigint();
  for (let n = 0; n < INSERTS; n++) {
    const tx = await client.transaction('write');
    await tx.execute({
      sql: 'INSERT INTO meta (key, value) VALUES (?, ?)',
      args: [`bench-${n}`, 'x'.repeat(400)],
    });
    await tx.commit();
  }
  const rate = perSecond(INSERTS, began);
  client.close();
  return rate;
}

const address = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** Complaints filed through HTTP, one at a time, each by a resident of its own; the forms are fetched before. */
export async function filingsPerSecond(base: string): Promise<number> {
  const residents: { visitor: Visitor; fields: Record<string, string> }[] = [];
  for (let n = 0; n < FILINGS + 30; n++) {
    const visitor = new Visitor(base, address(n + 1));
    const { text } = await visitor.get('/hotline/new');
    const fields = {
      ...hiddenFields(text, 'name="body"'),
      body: `第 ${n} 盏路灯不亮，晚上看不清台阶，请派人来看看。`,
      address: `解放路 ${n} 号门口`,
      agree: 'on',
    };
    residents.push({ visitor, fields });
  }
  let began = 0n;
  for (const [n, { visitor, fields }] of residents.entries()) {
    if (n === 30) began = process.hrtime.bigint();
    const { status } = await visitor.post('/hotline/new', fields);
    if (status !== 303) throw new Error(`filing ${n} was answered ${status}`);
  }
  return perSecond(FILINGS, began);
}
