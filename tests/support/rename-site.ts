import { write } from '#core/write.ts';
import { putSetting, siteSettings } from '#domains/settings/service.ts';

/** Run as a process of its own: gives the site another name, as a second server on the same store would. */
const [name = ''] = process.argv.slice(2);
const { demo: _demo, origin: _origin, domain: _domain, ...identity } = await siteSettings();
const system = { kind: 'system', job: 'test' } as const;
await write(system, 'settings.change', (tx, change) =>
  putSetting(tx, change, 'site', { ...identity, name }, system),
);
