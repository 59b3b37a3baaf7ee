import { z } from 'zod';
import { checkbox, choice, day, email, multiline } from '#core/fields.ts';
import { line, lines, numbers, type SettingField } from './fields.ts';

export type { SettingField } from './fields.ts';

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

/** Numbers that stand on official registers, empty in a demonstration. */
export const OFFICIAL = ['hotlineNumber', 'idCode', 'icp', 'police', 'conacId'] as const;

const SITE_FIELDS: readonly SettingField[] = lines({
  name: ['网站名称', 40, '全站页头、标题和页脚都用这个名称'],
  slogan: ['一句话介绍', 60],
  description: ['网站描述', 200, '给搜索引擎和检查用'],
  region: ['所在城市', 40],
  organiser: ['主办单位', 60],
  undertaker: ['承办单位', 60],
  techSupport: ['技术支持', 60],
  hotlineNumber: ['热线电话', 30, '没有它，网上提交诉求不会开通'],
  hotlineHours: ['热线时间', 80],
  address: ['办公地址', 120],
  officeHours: ['办公时间', 120],
  phone: ['联系电话', 30],
  email: ['电子邮箱', 254, '发出的邮件也用它作发件人'],
  copyright: ['版权说明', 200],
  idCode: ['网站标识码', 10, '10 位数字；没有就留空，页面上不显示'],
  icp: ['ICP备案号', 40],
  police: ['公安备案号', 40],
  conacId: ['党政机关网站标识编号', 32],
});

/** A text with versions: the one in force is what people agree to. A draft came with the program and nobody has approved it. */
const LegalText = z.object({
  body: multiline('正文', { max: 20_000, optional: true }),
  draft: z.boolean().optional(),
});
const LEGAL_FIELDS: readonly SettingField[] = [
  {
    name: 'body',
    label: '正文',
    kind: 'text',
    max: 20_000,
    hint: '每行一段；以“## ”开头的行是小标题，以“- ”开头的行是列表。',
  },
];

const HOTLINE = numbers({
  quotaPerDay: ['每个手机号每天件数', 1, 1000, '超过的照收，标记给派单员看'],
  quotaPer30Days: ['每个手机号 30 天件数', 1, 10_000],
  floodPer10Minutes: ['每个网络地址 10 分钟件数', 1, 100_000],
  wrongCodesPerDay: ['每个编号每天查询码错误次数', 3, 100],
  receiptMinutes: ['回执可再次查看的分钟数', 5, 120],
  acceptWorkdays: ['受理时限（工作日）', 1, 15],
  signWorkdays: ['签收时限（工作日）', 1, 15],
  supplyWorkdays: ['补充材料时限（工作日）', 1, 30],
  giveUpWorkdays: ['未补充终止时限（工作日）', 2, 60],
  lapseDays: ['答复后自动办结天数', 1, 60],
  reopenDays: ['办结后可要求重办的天数', 1, 365],
  extensionWorkdays: ['延期天数（工作日）', 1, 30],
  maxReturns: ['退单次数上限', 1, 10],
});
const HotlineThresholds = z.object(HOTLINE.shape);

const RECTIFICATION = numbers({
  hygieneWorkdays: ['卫生类整改期限（工作日）', 0, 30, '0 表示当天'],
  otherWorkdays: ['其他整改期限（工作日）', 0, 60],
  receiveWorkdays: ['未签收提醒（工作日）', 1, 15],
  firstVisitDays: ['第一次回头看（销号后天数）', 1, 90],
  secondVisitDays: ['第二次回头看（销号后天数）', 1, 180],
  thirdVisitDays: ['第三次回头看（销号后天数）', 1, 365],
  reviewMonths: ['无法整改的复核（月）', 1, 24],
  wrongCodesPerDay: ['每张通知单每天查看码错误次数', 3, 100],
});
const RectificationThresholds = z.object(RECTIFICATION.shape);

const POLICIES = ['standard', 'dengbao'] as const;
const ACCOUNTS = numbers({
  staffIdleMinutes: ['工作人员闲置退出（分钟）', 5, 120],
  staffAbsoluteHours: ['工作人员最长登录（小时）', 1, 24],
  residentSlidingDays: ['居民登录保持（天）', 1, 90],
  residentAbsoluteDays: ['居民最长登录（天）', 1, 365],
  passwordDays: ['等保规则下密码有效天数', 30, 365],
});
const AccountThresholds = z.object({
  ...ACCOUNTS.shape,
  passwordPolicy: choice('密码规则', POLICIES),
});
const ACCOUNT_FIELDS: readonly SettingField[] = [
  ...ACCOUNTS.fields,
  {
    name: 'passwordPolicy',
    label: '密码规则',
    kind: 'choice',
    options: [
      { value: 'standard', label: '至少 12 个字符，不要求组合，不定期更换' },
      { value: 'dengbao', label: '等保测评要求：三类字符，到期更换' },
    ],
  },
];

const MESSAGES = numbers({
  codesPerMinute: ['验证码每分钟条数', 1, 1, '运营商的上限，不能放宽'],
  codesPerHour: ['验证码每小时条数', 1, 5],
  codesPerDay: ['验证码每天条数', 1, 40],
  noticesPerDay: ['每个号码每天通知条数', 1, 50],
  quietFrom: ['免打扰开始（点）', 0, 23, '验证码不受限制'],
  quietTo: ['免打扰结束（点）', 0, 23],
});
/** What the carriers allow is the ceiling; a city may ask for less. Quiet hours are hours of the Beijing day. */
const MessageThresholds = z.object({
  ...MESSAGES.shape,
  signature: line('短信签名', 12).refine((v) => !/[【】[\]]/.test(v), '签名里不要带括号，发送时会自动加上'),
});
const MESSAGE_FIELDS: readonly SettingField[] = [
  ...lines({ signature: ['短信签名', 12, '报备过的签名，不带括号；留空时用网站名称'] }),
  ...MESSAGES.fields,
];

const RETENTION = numbers({
  contactDays: ['联系方式保存天数', 30, 3650, '从办结算起，到期匿名'],
  photoDays: ['照片保存天数', 30, 3650],
  codeDays: ['验证码保存天数', 1, 30],
  auditDays: ['操作日志保存天数', 180, 7300, '法律要求不少于六个月'],
});
/** Days after which personal data is wiped; without them the complaint form stays closed. */
const Retention = z.object({ ...RETENTION.shape, confirmed: checkbox() });
const RETENTION_FIELDS: readonly SettingField[] = [
  ...RETENTION.fields,
  {
    name: 'confirmed',
    label: '以上期限已由本单位核定',
    kind: 'check',
    hint: '核定之前，网上提交诉求不会开通',
  },
];

/** Every setting: what it is called, its shape and fields, and what holds until somebody sets it. */
export const SETTINGS = {
  site: {
    label: '站点信息',
    schema: SiteIdentity,
    fields: SITE_FIELDS,
    fallback: SiteIdentity.parse({}),
    dated: false,
  },
  promise: {
    label: '热线承诺',
    schema: LegalText,
    fields: LEGAL_FIELDS,
    fallback: { body: '' },
    dated: false,
  },
  about: { label: '关于本站', schema: LegalText, fields: LEGAL_FIELDS, fallback: { body: '' }, dated: false },
  privacy: {
    label: '个人信息处理说明',
    schema: LegalText,
    fields: LEGAL_FIELDS,
    fallback: { body: '' },
    dated: false,
  },
  accessibility: {
    label: '无障碍声明',
    schema: LegalText,
    fields: LEGAL_FIELDS,
    fallback: { body: '' },
    dated: false,
  },
  hotline: {
    label: '热线规则与时限',
    schema: HotlineThresholds,
    fields: HOTLINE.fields,
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
    dated: true,
  },
  rectification: {
    label: '整改通知单的期限',
    schema: RectificationThresholds,
    fields: RECTIFICATION.fields,
    fallback: {
      hygieneWorkdays: 0,
      otherWorkdays: 5,
      receiveWorkdays: 1,
      firstVisitDays: 3,
      secondVisitDays: 10,
      thirdVisitDays: 30,
      reviewMonths: 12,
      wrongCodesPerDay: 10,
    },
    dated: true,
  },
  accounts: {
    label: '登录与密码',
    schema: AccountThresholds,
    fields: ACCOUNT_FIELDS,
    fallback: {
      staffIdleMinutes: 30,
      staffAbsoluteHours: 12,
      residentSlidingDays: 30,
      residentAbsoluteDays: 90,
      passwordPolicy: 'standard',
      passwordDays: 90,
    },
    dated: true,
  },
  messages: {
    label: '短信与通知',
    schema: MessageThresholds,
    fields: MESSAGE_FIELDS,
    fallback: {
      signature: '',
      codesPerMinute: 1,
      codesPerHour: 5,
      codesPerDay: 10,
      noticesPerDay: 50,
      quietFrom: 21,
      quietTo: 8,
    },
    dated: true,
  },
  retention: {
    label: '个人信息保存期限',
    schema: Retention,
    fields: RETENTION_FIELDS,
    fallback: { contactDays: 730, photoDays: 730, codeDays: 1, auditDays: 1825, confirmed: false },
    dated: true,
  },
} as const satisfies Record<
  string,
  { label: string; schema: z.ZodObject; fields: readonly SettingField[]; fallback: unknown; dated: boolean }
>;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<K extends SettingKey> = z.output<(typeof SETTINGS)[K]['schema']>;

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(SETTINGS, key);

/** The form of a setting: its fields, and the day from which they hold; empty means at once. */
export function datedForm(key: SettingKey) {
  const shape: Readonly<Record<string, z.ZodType>> = SETTINGS[key].schema.shape;
  const fields = SETTINGS[key].fields.flatMap(({ name }) => {
    const schema = shape[name];
    return schema ? [[name, schema] as const] : [];
  });
  return z.object({ ...Object.fromEntries(fields), validFrom: day('生效日期', { optional: true }) });
}
