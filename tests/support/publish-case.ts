import { reader } from '#core/store.ts';
import { findCase } from '#domains/hotline/cases/store.ts';
import { publishCase } from '#domains/hotline/publication/service.ts';
import { acceptCase } from '#domains/hotline/triage/service.ts';

/** Run as a process of its own: takes a case on and publishes it, as staff would at another server on the same store. */
const [number = '', publicTitle = ''] = process.argv.slice(2);
const system = { kind: 'system', job: 'test' } as const;
const version = async (): Promise<number> => (await findCase(reader, number))?.version ?? 0;
const c = await findCase(reader, number);
if (!c) throw new Error(`there is no case ${number}`);
await acceptCase(system, {
  number,
  version: await version(),
  kind: 'complaint',
  category: 'FACILITY',
  urgency: 'ordinary',
  flags: [],
  place: c.placeId,
  aboutUnit: null,
  publicText: '',
  internalText: '',
});
await publishCase(system, { number, version: await version(), publicTitle });
