import { now } from '#core/clock.ts';
import { found } from '#core/errors.ts';
import { siteSettings } from '#domains/settings/service.ts';
import { catalogueAt } from '../../catalogue/service.ts';
import type { Document } from '../documents/rules.ts';
import { attributeEntry, attributesOf, categoryOf, serviceEntries } from './rules.ts';

/** When what these calls promise last changed; to be moved forward with it. */
const CHANGESET = '2026-11-22T00:00:00Z';

/** Where the calls are, in which formats, and whom to ask for a key. */
export async function discovery(): Promise<Document> {
  const { origin, demo, name, email, phone } = await siteSettings();
  const help = `${origin}/open311/`;
  const contact = [name, email, phone, help].filter((part) => part !== '').join(' · ');
  return {
    root: 'discovery',
    body: {
      changeset: CHANGESET,
      contact,
      key_service: help,
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: `${origin}/open311`,
          changeset: CHANGESET,
          type: demo ? 'test' : 'production',
          formats: ['text/xml', 'application/json'],
        },
      ],
    },
  };
}

/** The categories that can be filed under. */
export async function listServices(): Promise<Document> {
  return { root: 'services', body: serviceEntries(await catalogueAt(now())) };
}

/** The questions of one category; none where its entry says `metadata: false`. Throws `not_found` for an unknown code. */
export async function getService(code: string): Promise<Document> {
  const category = found(categoryOf(code), `没有代码为 ${code.slice(0, 40)} 的类别，请先取 services。`);
  const attributes = attributesOf(category, await catalogueAt(now()));
  return {
    root: 'service_definition',
    body: {
      service_code: category,
      attributes: attributes.map((attribute, i) => attributeEntry(attribute, i + 1)),
    },
  };
}
