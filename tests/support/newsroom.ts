import type { Staff } from '#core/actor.ts';
import type { Role } from '#db/schema/accounts.values.ts';

/** The people and columns that tests of the newsroom need. Call it after `freshStore`. */
export async function newsroom() {
  const { system } = await import('#core/actor.ts');
  const { write } = await import('#core/write.ts');
  const { insertAccount } = await import('#domains/accounts/store.ts');
  const { ensureColumns } = await import('#domains/news/publishing/service.ts');
  const { insertPlace } = await import('#domains/places/store.ts');

  return write(system('test'), 'test.newsroom', async (tx, change) => {
    await ensureColumns(tx, change, '云汀');
    const city = await insertPlace(tx, null, {
      level: 'city',
      code: '1',
      name: '云汀市',
      lat: null,
      lng: null,
      position: 0,
    });
    const person = async (username: string, name: string, ...roles: Role[]): Promise<Staff> => {
      const id = await insertAccount(
        tx,
        { username, name, passwordHash: '', mustChange: false, unitId: null },
        change.at,
      );
      const grants = roles.map((role) => ({
        role,
        placeId: city.id,
        placePath: city.path,
        categories: null,
      }));
      return { kind: 'staff', id, name, unitId: null, grants };
    };
    return {
      editor: await person('editor', '季明', 'editor'),
      other: await person('other', '向晚', 'editor'),
      approver: await person('approver', '安澜', 'approver'),
      both: await person('both', '范知夏', 'editor', 'approver'),
      handler: await person('handler', '石开泰', 'handler'),
    };
  });
}
