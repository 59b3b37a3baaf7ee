import { z } from 'zod';
import { checkbox, choice, idField, list, text } from '#core/fields.ts';
import { ROLES } from '#db/schema/accounts.values.ts';
import { CATEGORIES } from '#db/schema/hotline.values.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';

export const username = text('用户名', { min: 3, max: 30 })
  .transform((value) => value.normalize('NFKC').toLowerCase())
  .refine((v) => /^[a-z][a-z0-9._-]*$/.test(v), '用户名用小写字母开头，只含字母、数字、点、横线');

const name = text('姓名', { max: 30 });
const unitId = idField<UnitId>('单位', { optional: true });

export const RoleScope = z.object({
  role: choice('角色', ROLES),
  placeId: idField<PlaceId>('地域'),
  /** None means all matters. */
  categories: list(choice('事项', CATEGORIES)),
});
export type RoleScope = z.output<typeof RoleScope>;

export const NewStaff = z.object({ username, name, unitId, ...RoleScope.shape });
export type NewStaff = z.output<typeof NewStaff>;

export const StaffDetails = z.object({ name, unitId });
export type StaffDetails = z.output<typeof StaffDetails>;

export const OneGrant = z.object({ grant: idField<number>('角色') });
export const OneSession = z.object({ session: text('登录', { max: 100 }) });

/** What is done with an account as a whole. */
const ACTIONS = ['disable', 'enable', 'password', 'totp', 'sessions'] as const;
export const AccountAction = z.object({ action: choice('操作', ACTIONS), sure: checkbox('请先勾选确认') });

export const StaffQuery = z.object({
  q: z.string().trim().max(30).catch(''),
  role: choice('', ROLES).optional().catch(undefined),
  state: choice('', ['active', 'disabled']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type StaffQuery = z.output<typeof StaffQuery>;
