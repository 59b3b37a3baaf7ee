import { z } from 'zod';
import type { Actor } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { text } from '#core/fields.ts';
import { type CheckedRow, parseRows, refuseWrong } from '#core/imports.ts';
import { permit, ROLE_LABEL } from '#core/permissions.ts';
import { type Db, reader } from '#core/store.ts';
import type { SheetColumn, SheetRow } from '#core/tables.ts';
import { write } from '#core/write.ts';
import { ROLES, type Role } from '#db/schema/accounts.values.ts';
import { CATEGORIES } from '#db/schema/hotline.values.ts';
import type { AccountId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { listAllPlaces, listUnits } from '#domains/places/service.ts';
import { grantProblem } from '../grants/rules.ts';
import { hashPassword, initialPassword } from '../passwords/service.ts';
import { username } from '../staff/input.ts';
import { addGrant } from '../staff/service.ts';
import { listGrantsOf, listTaken } from '../staff/store.ts';
import { insertAccount } from '../store.ts';

/** A row gives one role; who has several stands in several rows. */
export const STAFF_COLUMNS: readonly SheetColumn[] = [
  { key: 'username', label: '用户名', required: true },
  { key: 'name', label: '姓名', required: true },
  { key: 'unit', label: '单位编号' },
  { key: 'role', label: '角色', required: true },
  { key: 'place', label: '地域编号', required: true },
  { key: 'categories', label: '事项编号' },
];

const MOST_NEW = 500;

const roleNamed = (label: string): Role | undefined =>
  ROLES.find((role) => ROLE_LABEL[role] === label || role === label);

const Row = z.object({
  username,
  name: text('姓名', { max: 30 }),
  unit: z.string(),
  role: z.string().transform((value, ctx): Role => {
    const role = roleNamed(value);
    if (role) return role;
    ctx.addIssue(`没有“${value}”这个角色`);
    return z.NEVER;
  }),
  place: z.string().min(1, '请填写地域编号'),
  categories: z.string().transform((value, ctx) => {
    const codes = value.split(/[、,，;；\s]+/).filter(Boolean);
    const odd = codes.find((code) => !CATEGORIES.some((one) => one === code));
    if (odd) ctx.addIssue(`没有编号为“${odd}”的事项`);
    return CATEGORIES.filter((code) => codes.includes(code));
  }),
});
type Row = z.output<typeof Row>;

interface Plan extends Row {
  account: AccountId | null;
  unitId: UnitId | null;
  placeId: PlaceId;
  action: 'add' | 'change' | 'same';
}

const scopeOf = (role: Role, placeId: PlaceId, categories: readonly string[] | null): string =>
  [role, placeId, ...(categories ?? [])].join(' ');

/** Reads the table against what is stored: what would be done for each row, or what is wrong with it. */
async function plan(rows: readonly SheetRow[], db: Db): Promise<(CheckedRow & { plan: Plan | null })[]> {
  const places = new Map((await listAllPlaces(db)).map(({ code, id }) => [code, id]));
  const units = new Map((await listUnits(db)).map(({ code, id }) => [code, id]));
  const parsed = parseRows(Row, rows);
  const names = [...new Set(parsed.flatMap(({ data }) => data?.username ?? []))];
  const taken = await listTaken(db, names);
  const stored = await listGrantsOf(db, [...taken.values()], now());
  const held = new Map<string, Role[]>();
  const scopes = new Set<string>();
  for (const [name, id] of taken) {
    const grants = stored.filter(({ accountId }) => accountId === id);
    held.set(
      name,
      grants.map(({ role }) => role),
    );
    for (const { role, placeId, categories } of grants)
      scopes.add(`${name} ${scopeOf(role, placeId, categories)}`);
  }
  const seen = new Map<string, Row>();
  return parsed.map(({ line, data, problems }) => {
    const wrong = (...more: string[]) => ({
      line,
      action: 'wrong' as const,
      problems: [...problems, ...more],
      plan: null,
    });
    if (!data) return wrong();
    const placeId = places.get(data.place);
    if (placeId === undefined) return wrong(`没有编号为“${data.place}”的地域`);
    const unitId = data.unit === '' ? null : units.get(data.unit);
    if (unitId === undefined) return wrong(`没有编号为“${data.unit}”的单位`);
    const before = seen.get(data.username);
    if (before && (before.name !== data.name || before.unit !== data.unit)) {
      return wrong('同一个用户名在表里有两个姓名或单位');
    }
    const scope = `${data.username} ${scopeOf(data.role, placeId, data.categories)}`;
    const roles = held.get(data.username) ?? [];
    const account = taken.get(data.username) ?? null;
    if (scopes.has(scope)) {
      return {
        line,
        action: 'same',
        problems: [],
        plan: { ...data, account, unitId, placeId, action: 'same' },
      };
    }
    const against = grantProblem(roles, data.role);
    if (against) return wrong(against);
    seen.set(data.username, data);
    scopes.add(scope);
    held.set(data.username, [...roles, data.role]);
    const action = account === null && !before ? 'add' : 'change';
    return { line, action, problems: [], plan: { ...data, account, unitId, placeId, action } };
  });
}

/** What would become of each row. */
export async function checkStaff(rows: readonly SheetRow[]): Promise<CheckedRow[]> {
  return (await plan(rows, reader)).map(({ line, action, problems }) => ({ line, action, problems }));
}

export interface Issued {
  username: string;
  name: string;
  password: string;
}

/** Makes the accounts and gives the roles of a table, all or none. Gives the new accounts' first passwords, to be handed over once. */
export async function importStaff(actor: Actor, rows: readonly SheetRow[]): Promise<Issued[]> {
  permit(actor, 'accounts:manage');
  const fresh = (await plan(rows, reader)).flatMap(({ plan: one }) => (one?.action === 'add' ? one : []));
  if (fresh.length > MOST_NEW) {
    throw new AppError('invalid', `一次最多新建 ${MOST_NEW} 个账号，请分成几个文件。`);
  }
  const issued = fresh.map(({ username: user, name }) => ({
    username: user,
    name,
    password: initialPassword(),
  }));
  const hashes = new Map<string, string>();
  for (const { username: user, password } of issued) hashes.set(user, await hashPassword(password));
  await write(actor, 'account.import', async (tx, change) => {
    const planned = await plan(rows, tx);
    refuseWrong(planned);
    const ids = new Map<string, AccountId>();
    const roles = new Map<string, Role[]>();
    for (const { plan: one } of planned) {
      if (!one || one.action === 'same') continue;
      let id = one.account ?? ids.get(one.username);
      if (id === undefined) {
        const passwordHash = found(hashes.get(one.username), '账号在预览之后有变化，请重新上传。');
        const row = {
          username: one.username,
          name: one.name,
          unitId: one.unitId,
          passwordHash,
          mustChange: true,
        };
        id = await insertAccount(tx, row, change.at);
        ids.set(one.username, id);
        change.note('account', id, { fields: ['username', 'name'], to: { unitId: one.unitId } });
      }
      const before =
        roles.get(one.username) ?? (await listGrantsOf(tx, [id], change.at)).map(({ role }) => role);
      await addGrant(actor, tx, change, id, before, one);
      roles.set(one.username, [...before, one.role]);
    }
    change.note('account', 'import', { to: { rows: rows.length, accounts: ids.size } });
  });
  return issued;
}
