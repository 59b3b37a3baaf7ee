import type { AreaKind, DutyRole, PlaceLevel, UnitKind } from '#db/schema/places.values.ts';

export const LEVEL_LABEL: Readonly<Record<PlaceLevel, string>> = {
  city: '市',
  district: '区县',
  street: '街道（镇）',
  community: '社区（村）',
  grid: '网格',
  building: '楼栋',
};

export const UNIT_LABEL: Readonly<Record<UnitKind, string>> = {
  office: '办公室',
  department: '部门',
  street: '街道',
  community: '社区',
  property: '物业',
  utility: '水电气热',
  partner: '共建单位',
};

export const AREA_LABEL: Readonly<Record<AreaKind, string>> = {
  patch: '片区',
  road: '路段',
  building: '楼栋',
};

export const DUTY_LABEL: Readonly<Record<DutyRole, string>> = {
  lead: '包片责任人',
  cadre: '包片干部',
  gridWorker: '网格员',
  head: '楼栋长',
  publicist: '宣传员',
  security: '治保员',
  mediator: '调解员',
  hygiene: '卫生员',
  familyPlanning: '计生员',
};
