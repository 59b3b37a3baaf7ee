import type { APIRoute } from 'astro';
import { beijingTime } from '#core/clock.ts';
import { ROLE_LABEL } from '#core/permissions.ts';
import { tableFile } from '#core/tables.ts';
import { listAllStaff } from '#domains/accounts/staff/service.ts';

const HEADER = [
  '用户名',
  '姓名',
  '单位',
  '角色',
  '地域',
  '地域编号',
  '事项编号',
  '状态',
  '动态码',
  '最近登录',
];

/** Every account, a row for each of its roles. */
export const GET: APIRoute = async ({ locals, url }) => {
  const staff = await listAllStaff(await locals.who());
  const rows = staff.flatMap((one) => {
    const grants = one.grants.length > 0 ? one.grants : [null];
    return grants.map((grant) => [
      one.username,
      one.name,
      one.unit,
      grant ? ROLE_LABEL[grant.role] : '',
      grant?.place ?? '',
      grant?.placeCode ?? '',
      grant?.categories?.join('、') ?? '',
      one.state === 'active' ? '在用' : '已停用',
      one.enrolled ? '已启用' : '',
      one.lastIn ? beijingTime(one.lastIn) : '',
    ]);
  });
  return tableFile('账号与角色', url.searchParams.get('format'), { header: HEADER, rows });
};
