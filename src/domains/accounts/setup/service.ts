import { system } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { env } from '#core/env.ts';
import { ROLE_LABEL } from '#core/permissions.ts';
import { reader } from '#core/store.ts';
import { onPurge } from '#core/tags.ts';
import { write } from '#core/write.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import { ensureCity, listCommunities, listUnits } from '#domains/places/service.ts';
import { setting, siteSettings } from '#domains/settings/service.ts';
import { hashPassword, initialPassword } from '../passwords/service.ts';
import { insertAccount, insertGrant, listRolesHeld } from '../store.ts';
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

export interface Administrator {
  role: Role;
  username: string;
  password: string;
}

const ADMINISTRATORS = ['sysAdmin', 'secAdmin'] as const;

/**
 * Makes the two administrators that a new city begins with, of those that nobody is yet. Gives their first passwords, to
 * be handed over once; empty when both are there.
 */
export async function createAdministrators(): Promise<Administrator[]> {
  const held = await listRolesHeld(reader, now());
  const missing = ADMINISTRATORS.filter((role) => !held.includes(role));
  if (missing.length === 0) return [];
  const made = await Promise.all(
    missing.map(async (role) => {
      const password = initialPassword();
      return { role, username: role.toLowerCase(), password, passwordHash: await hashPassword(password) };
    }),
  );
  await write(system('admin-create'), 'account.create', async (tx, change) => {
    const placeId = await ensureCity(tx, change);
    for (const { role, username, passwordHash } of made) {
      const row = { username, name: ROLE_LABEL[role], unitId: null, passwordHash, mustChange: true };
      const accountId = await insertAccount(tx, row, change.at);
      await insertGrant(tx, { accountId, role, placeId, from: change.at });
      change.note('account', accountId, { to: { role } });
    }
    change.touch('accounts');
  });
  return made.map(({ role, username, password }) => ({ role, username, password }));
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
