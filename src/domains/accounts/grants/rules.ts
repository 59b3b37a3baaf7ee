import { TOTP_ROLES } from '#core/permissions.ts';
import type { Role } from '#db/schema/accounts.values.ts';

/** Roles that one person must not hold together, beside the administrators, who hold nothing else. */
const APART: readonly (readonly [Role, Role])[] = [
  ['editor', 'approver'],
  ['dispatcher', 'handler'],
  ['dispatcher', 'unitHead'],
];

const isAdministrator = (role: Role): boolean => TOTP_ROLES.includes(role);

/** Why a role cannot be added to those an account holds; `null` when it can. */
export function grantProblem(held: readonly Role[], role: Role): string | null {
  const others = held.filter((one) => one !== role);
  if (isAdministrator(role) && others.length > 0)
    return '系统管理员、安全管理员、审计员三员分立，不能和别的角色放在一个账号里';
  if (others.some(isAdministrator)) return '这个账号是管理员或审计员，三员分立，不能再加别的角色';
  const against = APART.find(
    (pair) => pair.includes(role) && others.some((one) => one !== role && pair.includes(one)),
  );
  if (!against) return null;
  return against.includes('editor') ? '写稿和发布必须是两个人' : '派单和承办必须由不同的人担任';
}
