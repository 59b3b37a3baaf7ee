import { z } from 'zod';
import { checkbox, choice, day, idField, mobile, multiline, text } from '#core/fields.ts';
import type { DutyAssignmentId, PlaceId, UnitId } from '#db/schema/ids.ts';
import { AREA_KINDS, DUTY_ROLES, PLACE_LEVELS, UNIT_KINDS } from '#db/schema/places.values.ts';

const code = text('编码', { max: 32 }).refine(
  (v) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(v),
  '编码只能用字母、数字、点、横线，以字母或数字开头',
);

const degrees = (label: string, least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.normalize('NFKC').trim() : ''),
    z.string().transform((value, ctx): number | null => {
      if (value === '') return null;
      const n = Number(value);
      if (Number.isFinite(n) && n >= least && n <= most) return n;
      ctx.addIssue(`${label}应是 ${least} 到 ${most} 之间的度数`);
      return z.NEVER;
    }),
  );

export const PlaceDetails = z.object({
  name: text('名称', { max: 60 }),
  code,
  lat: degrees('纬度', 3, 54),
  lng: degrees('经度', 73, 136),
  officeAddress: text('办公地址', { max: 200, optional: true }),
  officeHours: text('办公时间', { max: 200, optional: true }),
  officePhone: text('办公电话', { max: 30, optional: true }),
  introduction: multiline('介绍', { max: 1000, optional: true }),
  covenant: multiline('居民公约', { max: 2000, optional: true }),
});
export type PlaceDetails = z.output<typeof PlaceDetails>;

export const NewPlace = z.object({
  level: choice('层级', PLACE_LEVELS),
  name: text('名称', { max: 60 }),
  code,
});
export type NewPlace = z.output<typeof NewPlace>;

export const UnitDetails = z.object({
  code,
  kind: choice('类型', UNIT_KINDS),
  name: text('名称', { max: 60 }),
  shortName: text('简称', { max: 20 }),
  placeId: idField<PlaceId>('所属地域'),
  duties: text('职责', { max: 500, optional: true }),
  phone: text('电话', { max: 30, optional: true }),
});
export type UnitDetails = z.output<typeof UnitDetails>;

export const NewAnswer = z.object({
  matter: text('事项', { max: 60 }),
  unitId: idField<UnitId>('负责单位'),
  note: text('说明', { max: 100, optional: true }),
});
export type NewAnswer = z.output<typeof NewAnswer>;

export const OneAnswer = z.object({ answer: idField<number>('事项') });

export const Sure = z.object({ sure: checkbox('请先勾选确认') });

export const NewDuty = z.object({
  areaKind: choice('责任区类型', AREA_KINDS),
  areaName: text('责任区', { max: 60 }),
  role: choice('职务', DUTY_ROLES),
  person: text('姓名', { max: 30 }),
  phone: mobile('手机号', { optional: true }),
  phonePublic: checkbox(),
  from: day('开始日期'),
  to: day('结束日期', { optional: true }),
});
export type NewDuty = z.output<typeof NewDuty>;

export const EndDuty = z.object({ duty: idField<DutyAssignmentId>('责任人'), to: day('最后一天') });
export const DutyConsent = z.object({ duty: idField<DutyAssignmentId>('责任人'), phonePublic: checkbox() });
