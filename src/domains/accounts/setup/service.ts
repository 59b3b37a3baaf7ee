import { now } from '#core/clock.ts';
import { env } from '#core/env.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { listCommunities, listUnits } from '#domains/places/service.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';
import { listRolesHeld } from '../store.ts';
import { isOpen, type Progress, type SetupItem, setupItems } from './rules.ts';

export type { SetupItem } from './rules.ts';

async function progress(): Promise<Progress> {
  const site = await siteSettings();
  const { smtpUrl, smsUrl } = env();
  return {
    demo: site.demo,
    name: site.name,
    hotlineNumber: site.hotlineNumber,
    region: site.region,
    organiser: site.organiser,
    email: site.email,
    retentionConfirmed: (await setting('retention')).confirmed,
    privacyDraft: await setting('privacy').then(({ body, draft }) => body === '' || draft === true),
    communities: (await listCommunities()).length,
    units: (await listUnits()).length,
    roles: new Set(await listRolesHeld(reader, now())),
    mail: smtpUrl !== undefined,
    sms: smsUrl !== undefined,
  };
}

/** What the city has entered and what it lacks, and whether complaints may be taken in. */
export async function setupState(): Promise<{ open: boolean; items: SetupItem[] }> {
  const reached = await progress();
  return { open: isOpen(reached), items: setupItems(reached) };
}

// Once a city is open it stays so until something of what opened it changes.
let open = false;
onPurge((tags) => {
  if (tags.some((tag) => tag === 'site' || tag === 'places' || tag === 'accounts')) open = false;
});

/** Whether complaints may be taken in; cheap enough to ask with every form. */
export async function isCityOpen(): Promise<boolean> {
  open ||= isOpen(await progress());
  return open;
}
