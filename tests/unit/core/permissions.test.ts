import { describe, expect, test } from 'vitest';
import type { Actor } from '#core/actor.ts';
import {
  can,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  permit,
  ROLE_LABEL,
  scopesOf,
} from '#core/permissions.ts';
import { ROLES, type Role } from '#db/schema/accounts.values.ts';
import type { AccountId, PlaceId } from '#db/schema/ids.ts';

const staff = (...grants: [Role, string][]): Actor => ({
  kind: 'staff',
  id: 1 as AccountId,
  name: '某人',
  unitId: null,
  grants: grants.map(([role, placePath]) => ({ role, placePath, placeId: 1 as PlaceId, categories: null })),
});
const holders = (permission: Permission): Role[] =>
  ROLES.filter((role) => permissionsOf(role).includes(permission));

describe('permissions', () => {
  test('every role has a name and opens the desk', () => {
    for (const role of ROLES) {
      expect(ROLE_LABEL[role]).toBeTruthy();
      expect(permissionsOf(role)).toContain('desk:open');
    }
  });

  test('every permission is held by somebody', () => {
    expect((Object.keys(PERMISSIONS) as Permission[]).filter((p) => holders(p).length === 0)).toEqual([]);
  });

  test.each([
    [
      'units never learn who complained',
      'hotline:read-contact',
      ['handler', 'unitHead', 'inspector', 'auditor'],
    ],
    ['the centre handles nothing itself', 'hotline:handle', ['dispatcher', 'operator']],
    ['an operator does not dispatch', 'hotline:dispatch', ['operator']],
    ['who writes does not publish', 'news:publish', ['editor']],
    ['who publishes does not write', 'news:write', ['approver']],
    ['only who keeps accounts keeps accounts', 'accounts:manage', ['secAdmin', 'auditor']],
    ['only who sets rules sets rules', 'settings:edit', ['sysAdmin', 'auditor']],
    ['only who reads logs reads logs', 'audit:read', ['sysAdmin', 'secAdmin']],
    ['rights cases are one role’s alone', 'hotline:rights', ROLES.filter((role) => role !== 'rights')],
  ] as const)('%s', (_name, permission, roles) => {
    expect(holders(permission).filter((role) => (roles as readonly Role[]).includes(role))).toEqual([]);
  });

  test.each(['sysAdmin', 'secAdmin', 'auditor'] as const)('%s does no business', (role) => {
    expect(permissionsOf(role).filter((p) => /^(hotline|news):/.test(p))).toEqual([]);
  });

  test('a scope covers its place and everything under it, and nothing beside', () => {
    const actor = staff(['community', '/1/2/3/']);
    expect(can(actor, 'hotline:read', '/1/2/3/')).toBe(true);
    expect(can(actor, 'hotline:read', '/1/2/3/44/')).toBe(true);
    expect(can(actor, 'hotline:read', '/1/2/33/')).toBe(false);
    expect(can(actor, 'hotline:read', '/1/2/')).toBe(false);
    expect(scopesOf(actor, 'hotline:read')).toEqual(['/1/2/3/']);
  });

  test('a role’s place does not lend its scope to another role’s permission', () => {
    const actor = staff(['community', '/1/2/3/'], ['street', '/1/9/']);
    expect(can(actor, 'hotline:export', '/1/9/4/')).toBe(true);
    expect(can(actor, 'hotline:export', '/1/2/3/')).toBe(false);
  });

  test('who is not signed in is asked to, who may not is told what he lacks', () => {
    expect(() => permit({ kind: 'anonymous' }, 'news:write')).toThrow(
      expect.objectContaining({ code: 'unauthenticated' }),
    );
    expect(() => permit(staff(['operator', '/1/']), 'news:write')).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringContaining('撰写稿件') }),
    );
  });
});
