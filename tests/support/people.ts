import type { Role } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';

// Called after `freshStore`: what opens the store is imported here only then.

export const PASSWORD = '槐树下说事第二个周四晚上';

/** The city, one district, street and community; gives their ids. */
export async function plantCity(): Promise<{ city: PlaceId; community: PlaceId }> {
  const { write } = await import('#core/write.ts');
  const { places } = await import('#db/schema/places.ts');
  const rows = [
    ['city', null, '云汀市', '/1/'],
    ['district', 1, '汀南区', '/1/2/'],
    ['street', 2, '南门口街道', '/1/2/3/'],
    ['community', 3, '槐荫社区', '/1/2/3/4/'],
  ] as const;
  await write.quiet(async (tx) => {
    for (const [i, [level, parent, name, path]] of rows.entries()) {
      await tx.insert(places).values({
        id: (i + 1) as PlaceId,
        level,
        parentId: parent as PlaceId | null,
        name,
        path,
        code: `P${i + 1}`,
      });
    }
  });
  return { city: 1 as PlaceId, community: 4 as PlaceId };
}

let hash: Promise<string> | null = null;

/** An account with the password `PASSWORD` and roles over the city. */
export async function plantAccount(
  username: string,
  roles: readonly Role[],
  {
    totp,
    mustChange = false,
    place = 1 as PlaceId,
  }: { totp?: string; mustChange?: boolean; place?: PlaceId } = {},
): Promise<AccountId> {
  const { write } = await import('#core/write.ts');
  const { now } = await import('#core/clock.ts');
  const { seal } = await import('#core/secrets.ts');
  const { grants } = await import('#db/schema/accounts.ts');
  const { insertAccount } = await import('#domains/accounts/store.ts');
  const { hashPassword } = await import('#domains/accounts/passwords/service.ts');
  hash ??= hashPassword(PASSWORD);
  const passwordHash = await hash;
  return write.quiet(async (tx) => {
    const row = { username, name: `姓名${username}`, passwordHash, mustChange, unitId: null };
    const id = await insertAccount(tx, totp ? { ...row, totpSealed: seal(totp) } : row, now());
    for (const role of roles)
      await tx.insert(grants).values({ accountId: id, role, placeId: place, from: now() });
    return id;
  });
}
