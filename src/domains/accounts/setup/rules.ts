import type { Role } from '#db/schema/accounts.values.ts';

/** What a city has entered so far. */
export interface Progress {
  demo: boolean;
  name: string;
  hotlineNumber: string;
  retentionConfirmed: boolean;
  region: string;
  organiser: string;
  privacyDraft: boolean;
  email: string;
  communities: number;
  units: number;
  /** Roles that somebody holds today. */
  roles: ReadonlySet<Role>;
  mail: boolean;
  sms: boolean;
}

export interface SetupItem {
  key: string;
  label: string;
  done: boolean;
  /** Without it the complaint form stays closed. */
  required: boolean;
  href: string;
  hint: string;
}

/** Everything a new city has to enter, what is done and what is lacking, in the order in which to do it. */
export function setupItems(p: Progress): SetupItem[] {
  const required = (key: string, label: string, done: boolean, href: string, hint: string): SetupItem => ({
    key,
    label,
    done,
    required: true,
    href,
    hint,
  });
  const useful = (...item: Parameters<typeof required>): SetupItem => ({
    ...required(...item),
    required: false,
  });
  const answers = p.roles.has('handler') || p.roles.has('unitHead');
  return [
    required('name', '网站名称', p.name !== '', '/staff/settings/site', '全站页头、标题和页脚都用它'),
    required(
      'hotline',
      '热线电话',
      p.hotlineNumber !== '',
      '/staff/settings/site',
      '不会打字、情况紧急的人靠它',
    ),
    required(
      'retention',
      '个人信息保存期限',
      p.retentionConfirmed,
      '/staff/settings/retention',
      '由本单位核定后打勾',
    ),
    required('places', '地域', p.communities > 0, '/staff/places/import', '市、区、街道、社区，可用表格导入'),
    required('units', '承办单位', p.units > 0, '/staff/units/import', '诉求要派给谁，可用表格导入'),
    required(
      'staff',
      '工作人员',
      p.roles.has('dispatcher') && answers,
      '/staff/accounts/import',
      '至少要有派单员和承办员，可用表格导入',
    ),
    useful(
      'region',
      '所在城市和主办单位',
      p.region !== '' && p.organiser !== '',
      '/staff/settings/site',
      '显示在页头和页脚',
    ),
    useful(
      'privacy',
      '个人信息处理说明',
      !p.privacyDraft,
      '/staff/settings/privacy',
      '程序自带的是草稿，核对后保存',
    ),
    useful('sms', '短信', p.sms, '/staff/outbox', '由运维设置 SMS_URL；没有时短信留在发件箱'),
    useful(
      'mail',
      '邮件',
      p.mail && p.email !== '',
      '/staff/outbox',
      '由运维设置 SMTP_URL，并在站点信息里填电子邮箱',
    ),
    useful(
      'news',
      '编辑和审核发布人',
      p.roles.has('editor') && p.roles.has('approver'),
      '/staff/accounts/',
      '写稿和发布必须是两个人',
    ),
    useful('auditor', '审计员', p.roles.has('auditor'), '/staff/accounts/', '日志由专人查看，不能兼任'),
  ];
}

/** Whether complaints may be taken in: a demonstration always, a city once everything required is there. */
export function isOpen(p: Progress): boolean {
  return p.demo || setupItems(p).every(({ required, done }) => done || !required);
}
