import type { Role } from '#db/schema/accounts.values.ts';
import type { Actor, Staff } from './actor.ts';
import { AppError } from './errors.ts';

/** Every permission, with what it lets its holder do. */
export const PERMISSIONS = {
  'desk:open': '打开工作台',
  'hotline:file': '代群众登记诉求',
  'hotline:read': '查看工单（不含诉求人信息）',
  'hotline:read-contact': '查看诉求人联系方式（留痕）',
  'hotline:accept': '受理、不予受理、转办',
  'hotline:dispatch': '派单、裁定退单、并案、终止',
  'hotline:approve': '审核答复',
  'hotline:publish': '审核公开内容',
  'hotline:handle': '签收、退单、答复',
  'hotline:follow-up': '回访',
  'hotline:inspect': '复查销号',
  'hotline:rights': '办理妇女儿童维权诉求',
  'hotline:export': '导出工单',
  'rectify:read': '查看整改通知单',
  'rectify:issue': '开具整改通知单',
  'rectify:sign-off': '复查销号、回头看',
  'rectify:approve': '审批无法整改',
  'news:write': '撰写稿件',
  'news:publish': '审核发布、撤下稿件',
  'places:edit': '维护地域、单位与责任人',
  'accounts:manage': '管理账号与角色',
  'settings:edit': '修改站点信息、规则与时限',
  'outbox:read': '查看待发消息',
  'audit:read': '查看操作日志',
} as const;
export type Permission = keyof typeof PERMISSIONS;

export const ROLE_LABEL: Readonly<Record<Role, string>> = {
  dutyHolder: '责任人',
  operator: '话务员',
  dispatcher: '派单员',
  handler: '承办员',
  unitHead: '单位负责人',
  rights: '维权专员',
  inspector: '检查员',
  assessor: '考核员',
  discipline: '纪检监督员',
  editor: '编辑',
  approver: '审核发布人',
  community: '社区工作人员',
  street: '街道工作人员',
  district: '区级工作人员',
  councilMember: '理事',
  secretary: '理事会秘书长',
  president: '理事长',
  treasurer: '理事会财务',
  sysAdmin: '系统管理员',
  secAdmin: '安全管理员',
  auditor: '审计员',
};

/** Administrators sign in with a second factor; nobody else must. */
export const TOTP_ROLES: readonly Role[] = ['sysAdmin', 'secAdmin', 'auditor'];

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  dutyHolder: ['desk:open'],
  // An operator files and calls back, but never dispatches what he himself took down.
  operator: [
    'desk:open',
    'hotline:file',
    'hotline:read',
    'hotline:read-contact',
    'hotline:follow-up',
    'outbox:read',
  ],
  // The centre decides and publishes, but handles nothing itself.
  dispatcher: [
    'desk:open',
    'hotline:read',
    'hotline:read-contact',
    'hotline:accept',
    'hotline:dispatch',
    'hotline:approve',
    'hotline:publish',
    'hotline:export',
    'rectify:read',
  ],
  // Units never hold `read-contact`: the identity firewall of 信访工作条例 art. 30.
  handler: ['desk:open', 'hotline:read', 'hotline:handle', 'rectify:read', 'rectify:issue'],
  unitHead: [
    'desk:open',
    'hotline:read',
    'hotline:handle',
    'hotline:export',
    'rectify:read',
    'rectify:issue',
  ],
  rights: ['desk:open', 'hotline:rights'],
  // An inspector issues and signs off, but never signs off what he issued: the notice itself says who may not.
  inspector: [
    'desk:open',
    'hotline:read',
    'hotline:inspect',
    'rectify:read',
    'rectify:issue',
    'rectify:sign-off',
  ],
  assessor: ['desk:open', 'hotline:read', 'rectify:read'],
  discipline: ['desk:open', 'hotline:read', 'rectify:read'],
  editor: ['desk:open', 'news:write'],
  // Publishing is another person's act than writing: an approver cannot write.
  approver: ['desk:open', 'news:publish'],
  community: ['desk:open', 'hotline:read', 'rectify:read'],
  // That something cannot be fixed is decided one level up, by those who neither issue nor inspect.
  street: ['desk:open', 'hotline:read', 'hotline:export', 'rectify:read', 'rectify:approve'],
  district: ['desk:open', 'hotline:read', 'hotline:export', 'places:edit', 'rectify:read', 'rectify:approve'],
  councilMember: ['desk:open'],
  secretary: ['desk:open'],
  president: ['desk:open'],
  treasurer: ['desk:open'],
  // Three administrators held apart: accounts and registers, rules, logs; none does business.
  sysAdmin: ['desk:open', 'accounts:manage', 'places:edit', 'outbox:read'],
  secAdmin: ['desk:open', 'settings:edit'],
  auditor: ['desk:open', 'audit:read'],
};

/** The permissions a role carries. */
export const permissionsOf = (role: Role): readonly Permission[] => BY_ROLE[role];

const grantsWith = (actor: Staff, permission: Permission) =>
  actor.grants.filter((grant) => BY_ROLE[grant.role].includes(permission));

/**
 * Whether the actor may, at `placePath` (a place and everything under a granted one). Without a place:
 * whether he may anywhere at all, for menus; what then touches a row asks again with the row's place.
 */
export function can(actor: Actor, permission: Permission, placePath?: string): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'staff') return false;
  const grants = grantsWith(actor, permission);
  if (placePath === undefined) return grants.length > 0;
  return grants.some((grant) => placePath.startsWith(grant.placePath));
}

/** Throws `unauthenticated` when nobody is signed in, `forbidden` when the one who is may not. */
export function permit(actor: Actor, permission: Permission, placePath?: string): void {
  if (can(actor, permission, placePath)) return;
  if (actor.kind !== 'staff') throw new AppError('unauthenticated', '请先登录工作台，再继续操作。');
  throw new AppError(
    'forbidden',
    `您的账号没有“${PERMISSIONS[permission]}”的权限。如工作需要，请联系系统管理员。`,
  );
}

/** The place paths over which the actor holds a permission; `null` means everywhere (jobs). */
export function scopesOf(actor: Actor, permission: Permission): readonly string[] | null {
  if (actor.kind === 'system') return null;
  if (actor.kind !== 'staff') return [];
  return grantsWith(actor, permission).map((grant) => grant.placePath);
}

/** Hands back the staff member, or throws `unauthenticated`. */
export function asStaff(actor: Actor): Staff {
  if (actor.kind === 'staff') return actor;
  throw new AppError('unauthenticated', '请先登录工作台，再继续操作。');
}
