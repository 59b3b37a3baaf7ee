import type { Actor, Resident, Staff } from '#core/actor.ts';
import type { Role } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId, ResidentId, UnitId } from '#db/schema/ids.ts';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();

export { dataDir, remove };

const { setClock, now } = await import('#core/clock.ts');
const { reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { system } = await import('#core/actor.ts');
const { purge } = await import('#core/tags.ts');
const { places, orgUnits } = await import('#db/schema/places.ts');
const { accounts, grants } = await import('#db/schema/accounts.ts');
const { putSetting, setting } = await import('#domains/settings/service.ts');
const { FileComplaint } = await import('#domains/hotline/filing/input.ts');
const { fileComplaint } = await import('#domains/hotline/filing/service.ts');
const { readToken } = await import('#domains/hotline/receipts/token.ts');
const { cases, complaints } = await import('#db/schema/hotline.ts');
const { eq } = await import('drizzle-orm');

export { now, reader, setClock, write };

/** Sets the clock to a Beijing wall time, `2026-03-04 09:00`. */
export const clockAt = (wall: string): void => {
  const at = new Date(`${wall.replace(' ', 'T')}:00+08:00`);
  setClock(() => at);
};

const id = <T extends number>(n: number): T => n as T;
export const CITY = id<PlaceId>(1);
export const DISTRICT = id<PlaceId>(2);
export const STREET = id<PlaceId>(3);
export const COMMUNITY = id<PlaceId>(4);
export const OTHER_COMMUNITY = id<PlaceId>(5);
export const CITY_MANAGEMENT = id<UnitId>(1);
export const WATER = id<UnitId>(2);
export const PROPERTY = id<UnitId>(3);

const PATHS: Record<number, string> = { 1: '/1/', 2: '/1/2/', 3: '/1/2/3/', 4: '/1/2/3/4/', 5: '/1/2/3/5/' };

const LEVELS = ['city', 'district', 'street', 'community', 'community'] as const;
const NAMES = ['云汀市', '东湖区', '柳岸街道', '柳岸社区', '石桥社区'];

/** A small fictional city that is set up: places, units, a telephone. */
export async function foundCity(): Promise<void> {
  clockAt('2026-01-05 09:00');
  await write(system('test'), 'test.found', async (tx, change) => {
    await tx.insert(places).values(
      NAMES.map((name, i) => ({
        id: id<PlaceId>(i + 1),
        level: LEVELS[i]!,
        parentId: i === 0 ? null : id<PlaceId>(Math.min(i, 3)),
        code: `P${i + 1}`,
        name,
        path: PATHS[i + 1]!,
      })),
    );
    await tx.insert(orgUnits).values(
      ['城市管理局', '水务公司', '柳岸物业'].map((name, i) => ({
        id: id<UnitId>(i + 1),
        code: `U${i + 1}`,
        kind: i === 0 ? ('department' as const) : ('utility' as const),
        name,
        shortName: name,
        placeId: CITY,
      })),
    );
    const site = await setting('site');
    await putSetting(
      tx,
      change,
      'site',
      { ...site, name: '文明云汀', hotlineNumber: '0591-12319', hotlineHours: '每天 8:00—20:00' },
      system('test'),
    );
    const retention = await setting('retention');
    await putSetting(tx, change, 'retention', { ...retention, confirmed: true }, system('test'));
  });
  purge(['site']);
  await staff('dispatcher');
  await staff('handler');
}

let accountsMade = 0;

/** A staff member with one role over one place, as a signed-in actor. */
export async function staff(
  role: Role,
  { place = CITY, unit = null as UnitId | null, categories = null as string[] | null } = {},
): Promise<Staff> {
  accountsMade += 1;
  const accountId = id<AccountId>(accountsMade);
  await write(system('test'), 'test.account', async (tx, change) => {
    await tx.insert(accounts).values({
      id: accountId,
      username: `staff${accountId}`,
      name: `工作人员${accountId}`,
      passwordHash: 'x',
      passwordAt: change.at,
      unitId: unit,
      createdAt: change.at,
    });
    await tx.insert(grants).values({ accountId, role, placeId: place, categories, from: change.at });
    change.note('account', accountId);
  });
  return {
    kind: 'staff',
    id: accountId,
    name: `工作人员${accountId}`,
    unitId: unit,
    grants: [{ role, placeId: place, placePath: PATHS[place]!, categories }],
  };
}

export const ANYONE: Actor = { kind: 'anonymous' };

export const resident = (phoneHash: string): Resident => ({
  kind: 'resident',
  id: 1 as ResidentId,
  phoneHash,
});

/** What the form sends, with the given fields changed. */
export const form = (fields: Record<string, unknown> = {}) =>
  FileComplaint.parse({
    body: '柳岸社区东门路灯坏了三天，晚上看不见路。',
    place: String(COMMUNITY),
    shareContact: false,
    callBack: false,
    agree: true,
    ...fields,
  });

let addresses = 0;

/** Files a complaint as a resident would, and gives its numbers. */
export async function file(fields: Record<string, unknown> = {}, actor: Actor = ANYONE) {
  addresses += 1;
  const location = await fileComplaint(actor, form(fields), { address: `10.0.0.${addresses}`, photoIds: [] });
  const sealed = new URL(location, 'http://localhost').searchParams.get('r') ?? '';
  const number = readToken(sealed)?.number ?? '';
  const [row] = await reader
    .select({ complaintId: complaints.id, caseId: cases.id, caseNumber: cases.number })
    .from(complaints)
    .innerJoin(cases, eq(cases.id, complaints.caseId))
    .where(eq(complaints.number, number));
  return { location, sealed, number, ...row! };
}

/** A case as it now stands, for the next step's reference. */
export async function caseNow(number: string) {
  const [row] = await reader.select().from(cases).where(eq(cases.number, number));
  return row!;
}
