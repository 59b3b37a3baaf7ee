import { randomInt } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from 'otpauth';
import type { Staff } from '#core/actor.ts';
import { env } from '#core/env.ts';
import { randomToken } from '#core/ids.ts';
import { TOTP_ROLES } from '#core/permissions.ts';
import { fingerprint, seal } from '#core/secrets.ts';
import type { Tx } from '#core/store.ts';
import type { Change } from '#core/write.ts';
import { ROLES, type Role } from '#db/schema/accounts.values.ts';
import { hashPassword } from '#domains/accounts/passwords/service.ts';
import { insertAccount, insertGrant } from '#domains/accounts/store.ts';
import { putMeta } from '#domains/settings/store.ts';
import { CITY, places } from './content/places.ts';
import type { Ground } from './places.ts';

/** Where each role works in the demonstration, and for which unit; the whole city where nothing else is said. */
const SEATS: Readonly<Partial<Record<Role, { place?: string; unit?: string }>>> = {
  dutyHolder: { place: 'huaiyin' },
  handler: { unit: 'municipal' },
  unitHead: { unit: 'municipal' },
  community: { place: 'huaiyin', unit: 'c-huaiyin' },
  councilMember: { place: 'huaiyin' },
  secretary: { place: 'huaiyin' },
  president: { place: 'huaiyin' },
  treasurer: { place: 'huaiyin' },
};

const NAMES: Readonly<Record<Role, string>> = {
  dutyHolder: '周桂芬',
  operator: '简宁',
  dispatcher: '路遥知',
  handler: '桑大川',
  unitHead: '封守信',
  rights: '容静',
  inspector: '査正',
  assessor: '衡秋实',
  discipline: '廉清',
  editor: '文一苇',
  approver: '审伯言',
  community: '程立群',
  street: '巷怀安',
  district: '区明远',
  councilMember: '公孙敏',
  secretary: '舒望',
  president: '理庭芳',
  treasurer: '账清平',
  sysAdmin: '司维',
  secAdmin: '安若山',
  auditor: '季察',
};

interface DemoAccount {
  username: string;
  password: string;
  role: Role;
  place: string;
  unit: string | null;
  totpSecret: string | null;
}

// Without letters and digits that are taken for one another when read out.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

const password = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-');

export interface Prepared {
  account: DemoAccount;
  seat: { place: string; unit: string | undefined };
  hash: string;
}

/** Draws passwords and hashes them: slow, so it comes before the transaction. */
export function prepareAccounts(): Promise<Prepared[]> {
  return Promise.all(
    ROLES.map(async (role) => {
      const seat = { place: SEATS[role]?.place ?? CITY, unit: SEATS[role]?.unit };
      const secret = password();
      const totpSecret = TOTP_ROLES.includes(role) ? new Secret({ size: 20 }).base32 : null;
      const account = { username: role, password: secret, role, place: '', unit: null, totpSecret };
      return { account, seat, hash: await hashPassword(secret) };
    }),
  );
}

/** Enters one account for each staff role, and writes them to `DATA_DIR/demo-accounts.json`, which only its owner may read. */
export async function loadAccounts(
  tx: Tx,
  change: Change,
  ground: Ground,
  prepared: readonly Prepared[],
): Promise<ReadonlyMap<Role, Staff>> {
  const written: DemoAccount[] = [];
  const staff = new Map<Role, Staff>();
  for (const { account, seat, hash } of prepared) {
    const place = ground.place(seat.place);
    const unit = seat.unit ? ground.unit(seat.unit) : null;
    const row = {
      username: account.username,
      name: NAMES[account.role],
      passwordHash: hash,
      mustChange: false,
      totpSealed: account.totpSecret ? seal(account.totpSecret) : null,
      unitId: unit?.id ?? null,
    };
    const id = await insertAccount(tx, row, change.at);
    await insertGrant(tx, { accountId: id, role: account.role, placeId: place.id, from: change.at });
    change.note('account', id, { to: { role: account.role } });
    staff.set(account.role, {
      kind: 'staff',
      id,
      name: NAMES[account.role],
      unitId: unit?.id ?? null,
      grants: [{ role: account.role, placeId: place.id, placePath: place.path, categories: null }],
    });
    written.push({ ...account, place: place.name, unit: unit?.name ?? null });
  }
  const open311Key = randomToken(24);
  await putMeta(tx, 'open311:key', fingerprint(open311Key));
  const sample = places.find((place) => place.level === 'community');
  const file = join(env().dataDir, 'demo-accounts.json');
  const content = {
    accounts: written,
    open311Key,
    samplePoint: { lat: sample?.lat ?? 0, long: sample?.lng ?? 0 },
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return staff;
}
