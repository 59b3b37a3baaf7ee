import { z } from 'zod';
import { email, multiline, text } from '#core/fields.ts';

const line = (label: string, max = 100) => text(label, { max, optional: true });

/** What describes the site. Every item may be empty; what is empty is left out of the pages, never filled with a placeholder. */
export const SiteIdentity = z.object({
  name: line('网站名称', 40),
  slogan: line('一句话介绍', 60),
  description: line('网站描述', 200),
  region: line('所在城市', 40),
  organiser: line('主办单位', 60),
  undertaker: line('承办单位', 60),
  techSupport: line('技术支持', 60),
  hotlineNumber: line('热线电话', 30),
  hotlineHours: line('热线时间', 80),
  address: line('办公地址', 120),
  officeHours: line('办公时间', 120),
  phone: line('联系电话', 30),
  email: email('电子邮箱', { optional: true }),
  copyright: line('版权说明', 200),
  idCode: line('网站标识码', 10).refine(
    (v) => v === '' || /^(\d{10}|bm\d{8})$/.test(v),
    '网站标识码是 10 位数字，或 bm 加 8 位数字',
  ),
  icp: line('ICP备案号', 40),
  police: line('公安备案号', 40).refine((v) => v === '' || /\d{14}/.test(v), '公安备案号里应有 14 位数字'),
  conacId: line('党政机关网站标识编号', 32).refine(
    (v) => v === '' || /^[0-9A-Fa-f]{32}$/.test(v),
    '党政机关网站标识编号是 32 位字母和数字',
  ),
});
export type SiteIdentity = z.output<typeof SiteIdentity>;

export const LegalText = z.object({ body: multiline('正文', { max: 20_000, optional: true }) });

const count = (label: string, min: number, max: number) =>
  z.coerce
    .number<unknown>(`${label}应为整数`)
    .int()
    .min(min, `${label}不能小于 ${min}`)
    .max(max, `${label}不能大于 ${max}`);

export const HotlineThresholds = z.object({
  quotaPerDay: count('每个手机号每天件数', 1, 1000),
  quotaPer30Days: count('每个手机号 30 天件数', 1, 10_000),
  floodPer10Minutes: count('每个地址 10 分钟件数', 1, 100_000),
  wrongCodesPerDay: count('每个编号每天查询码错误次数', 3, 100),
  receiptMinutes: count('回执可再次查看的分钟数', 5, 120),
  acceptWorkdays: count('受理时限（工作日）', 1, 15),
  signWorkdays: count('签收时限（工作日）', 1, 15),
  supplyWorkdays: count('补充材料时限（工作日）', 1, 30),
  giveUpWorkdays: count('未补充终止时限（工作日）', 2, 60),
  lapseDays: count('答复后自动办结天数', 1, 60),
  reopenDays: count('办结后可要求重办的天数', 1, 365),
  extensionWorkdays: count('延期天数（工作日）', 1, 30),
  maxReturns: count('退单次数上限', 1, 10),
});

export const AccountThresholds = z.object({
  staffIdleMinutes: count('工作人员闲置退出（分钟）', 5, 120),
  staffAbsoluteHours: count('工作人员最长登录（小时）', 1, 24),
  residentSlidingDays: count('居民登录保持（天）', 1, 90),
  residentAbsoluteDays: count('居民最长登录（天）', 1, 365),
  passwordPolicy: z.enum(['standard', 'dengbao'], '请选择密码规则'),
  passwordDays: count('等保规则下密码有效天数', 30, 365),
});

/** What the carriers allow is the ceiling; a city may ask for less. Quiet hours are hours of the Beijing day. */
export const MessageThresholds = z.object({
  signature: line('短信签名', 12).refine((v) => !/[【】[\]]/.test(v), '签名里不要带括号，发送时会自动加上'),
  codesPerMinute: count('验证码每分钟条数', 1, 1),
  codesPerHour: count('验证码每小时条数', 1, 5),
  codesPerDay: count('验证码每天条数', 1, 40),
  noticesPerDay: count('通知短信每天条数', 1, 50),
  quietFrom: count('免打扰开始（点）', 0, 23),
  quietTo: count('免打扰结束（点）', 0, 23),
});

/** Days after which personal data is wiped; without them the complaint form stays closed. */
export const Retention = z.object({
  contactDays: count('联系方式保存天数', 30, 3650),
  photoDays: count('照片保存天数', 30, 3650),
  codeDays: count('验证码保存天数', 1, 30),
  auditDays: count('操作日志保存天数', 180, 7300),
  confirmed: z.boolean(),
});

/** Every setting: what it is called, its shape, and what holds until somebody sets it. */
export const SETTINGS = {
  site: {
    label: '站点信息',
    schema: SiteIdentity,
    fallback: SiteIdentity.parse({}),
  },
  promise: {
    label: '热线承诺',
    schema: LegalText,
    fallback: { body: '' },
  },
  about: { label: '关于本站', schema: LegalText, fallback: { body: '' } },
  privacy: { label: '个人信息处理说明', schema: LegalText, fallback: { body: '' } },
  accessibility: { label: '无障碍声明', schema: LegalText, fallback: { body: '' } },
  hotline: {
    label: '热线规则与时限',
    schema: HotlineThresholds,
    fallback: {
      quotaPerDay: 5,
      quotaPer30Days: 20,
      floodPer10Minutes: 300,
      wrongCodesPerDay: 10,
      receiptMinutes: 30,
      acceptWorkdays: 1,
      signWorkdays: 1,
      supplyWorkdays: 5,
      giveUpWorkdays: 10,
      lapseDays: 7,
      reopenDays: 30,
      extensionWorkdays: 7,
      maxReturns: 2,
    },
  },
  accounts: {
    label: '登录与密码',
    schema: AccountThresholds,
    fallback: {
      staffIdleMinutes: 30,
      staffAbsoluteHours: 12,
      residentSlidingDays: 30,
      residentAbsoluteDays: 90,
      passwordPolicy: 'standard',
      passwordDays: 90,
    },
  },
  messages: {
    label: '短信与通知',
    schema: MessageThresholds,
    fallback: {
      signature: '',
      codesPerMinute: 1,
      codesPerHour: 5,
      codesPerDay: 10,
      noticesPerDay: 50,
      quietFrom: 21,
      quietTo: 8,
    },
  },
  retention: {
    label: '个人信息保存期限',
    schema: Retention,
    fallback: { contactDays: 730, photoDays: 730, codeDays: 1, auditDays: 1825, confirmed: false },
  },
} as const satisfies Record<string, { label: string; schema: z.ZodType; fallback: unknown }>;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<K extends SettingKey> = z.output<(typeof SETTINGS)[K]['schema']>;
