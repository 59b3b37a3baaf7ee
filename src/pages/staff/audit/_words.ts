import { beijingTime } from '#core/clock.ts';
import { ROLE_LABEL } from '#core/permissions.ts';
import { CATEGORY_INFO } from '#domains/hotline/categories.ts';
import { SECRECY_LABEL, STAFF_EVENT_LABEL, STAFF_LABEL } from '#domains/hotline/labels.ts';
import { ARTICLE_STATE_LABEL } from '#domains/news/rules.ts';
import { STATE_LABEL as NOTICE_STATE_LABEL } from '#domains/rectification/labels.ts';
import { endOfDay } from '../../../components/clock-words.ts';

type Words = Readonly<Record<string, string>>;

/** What is done, by the part of an action's name before its dot. */
const ACTIONS: Readonly<Record<string, { label: string; verbs: Words }>> = {
  hotline: {
    label: '诉求',
    verbs: {
      ...{ file: '登记', fileOpen311: '由接口登记', updateOpen311: '由接口补充', import: '导入旧诉求' },
      ...{ accept: '受理', ask: '请补充', refuse: '不予受理', refer: '转出', takeUpAgain: '重新受理' },
      ...{ dispatch: '派单', reassign: '改派', rule: '裁定退单', return: '退单', sign: '签收' },
      ...{ answer: '提交答复', approve: '通过答复', sendBack: '退回答复', followUp: '回访' },
      ...{ contact: '联系诉求人', terminate: '终止', reveal: '查看联系方式', export: '下载工单' },
      ...{ publish: '公开', hide: '不公开', words: '公开原文', photo: '公开照片', review: '公开审核' },
      ...{ supply: '补充', withdraw: '撤回', confirm: '确认解决', dispute: '认为没有解决', remind: '催办' },
      ...{ sendReceipt: '发送回执', openNotice: '打开短信里的链接', verifyPhone: '验证手机号' },
      ...{
        lapse: '到期自动办结',
        'give-up': '逾期未补充',
        'remind-supply': '提醒补充',
        'sign-off': '自动结案',
      },
    },
  },
  rectification: {
    label: '整改',
    verbs: {
      ...{ draw: '起草', edit: '修改', issue: '下发', deliver: '送达', receive: '签收', submit: '提交整改' },
      ...{ visit: '复查', judge: '评定', review: '审核', record: '记录', remind: '提醒', void: '作废' },
      ...{ askCannotFix: '申请无法整改', cannotFix: '认定无法整改', export: '下载台账' },
    },
  },
  news: {
    label: '稿件',
    verbs: {
      ...{ create: '新建', save: '保存', cover: '换封面', attach: '添加附件', detach: '去掉附件' },
      ...{ submit: '提交审核', sendBack: '退回修改', publish: '发布', withdraw: '撤下', reopen: '重新编辑' },
      ...{ submitCorrection: '提交更正', returnCorrection: '退回更正', correct: '发布更正' },
      ...{ topic: '改专题', import: '从旧网站导入' },
    },
  },
  account: {
    label: '账号',
    verbs: {
      ...{ create: '开通', change: '修改', import: '批量导入', enable: '启用', disable: '停用' },
      ...{ grant: '授予角色', revoke: '收回角色', password: '改密码', resetPassword: '重置密码' },
      ...{ enrol: '启用动态码', dropTotp: '停用动态码', resetTotp: '重置动态码' },
      ...{ signIn: '登录', signOut: '退出', signOutEverywhere: '退出所有设备' },
      ...{ endSession: '让一台设备退出', endSessions: '让所有设备退出' },
    },
  },
  resident: { label: '居民', verbs: { signIn: '登录', community: '选社区' } },
  code: { label: '验证码', verbs: { send: '发送' } },
  place: {
    label: '地域',
    verbs: {
      ...{ create: '新增', change: '修改', import: '批量导入', retire: '停用', restore: '恢复' },
      ...{ answer: '登记责任范围', answerRemoved: '去掉责任范围' },
    },
  },
  unit: {
    label: '单位',
    verbs: { create: '新增', change: '修改', import: '批量导入', retire: '停用', restore: '恢复' },
  },
  duty: { label: '责任人', verbs: { appoint: '任命', end: '卸任', consent: '公开电话', import: '批量导入' } },
  settings: { label: '站点设置', verbs: { change: '修改' } },
  category: { label: '诉求类别', verbs: { change: '修改' } },
  calendar: { label: '工作日历', verbs: { set: '登记', remove: '去掉', import: '导入' } },
  open311: { label: '开放接口', verbs: { issueKey: '发放密钥', revokeKey: '收回密钥', update: '补充' } },
  outbox: { label: '发件箱', verbs: { sendAgain: '重发' } },
  audit: { label: '日志', verbs: { export: '导出', verify: '核验' } },
  store: { label: '数据', verbs: { fill: '写入初始内容', restore: '从备份恢复' } },
  demo: {
    label: '演示数据',
    verbs: { ground: '城市', file: '诉求', step: '办理', publish: '公开', news: '新闻', done: '完成' },
  },
};

const ENTITIES: Words = {
  ...{ account: '账号', resident: '居民', phone_code: '验证码', message: '消息', audit: '日志' },
  ...{ case: '工单', cases: '工单', complaint: '诉求', category: '诉求类别', categories: '诉求类别' },
  ...{ article: '稿件', articles: '稿件', columns: '栏目', topic: '专题', honorees: '荣誉' },
  ...{ place: '地域', places: '地域', unit: '单位', duty: '责任人', workday: '工作日', setting: '设置' },
  ...{ notice: '整改通知', notices: '整改通知', 'open311-key': '接口密钥', store: '数据' },
};

const FIELDS: Words = {
  ...{
    state: '状态',
    category: '类别',
    kind: '类型',
    urgency: '紧急程度',
    secrecy: '公开方式',
    outcome: '结果',
  },
  ...{ placeId: '地域', unitId: '单位', leadUnitId: '牵头单位', communityId: '社区', parentId: '上级' },
  ...{ dueAt: '期限', validFrom: '生效', firstPublishedAt: '首次发布', from: '从', to: '到', row: '版本' },
  ...{
    role: '角色',
    categories: '类别',
    publication: '公开',
    column: '栏目',
    correction: '更正',
    result: '结果',
  },
  ...{ count: '数量', rows: '条数', accounts: '账号数', added: '新增', changed: '改动', brokenAt: '断在' },
  ...{
    name: '姓名',
    phone: '电话',
    address: '地址',
    email: '邮箱',
    title: '标题',
    body: '内容',
    code: '代码',
  },
  ...{ publicText: '公开说明', internalText: '内部说明', answerText: '答复', level: '级别', limits: '期限' },
  ...{
    phonePublic: '公开电话',
    purpose: '用途',
    closed: '截止',
    retired: '停用',
    units: '单位',
    places: '地域',
  },
};

const VALUES: Readonly<Record<string, Words>> = {
  role: ROLE_LABEL,
  secrecy: SECRECY_LABEL,
  publication: { pending: '待定', published: '公开', hidden: '不公开' },
  correction: { submitted: '已提交', returned: '已退回', published: '已发布' },
  result: { ok: '成功' },
};

const STATES: Readonly<Record<string, Words>> = {
  case: STAFF_LABEL,
  complaint: STAFF_LABEL,
  article: ARTICLE_STATE_LABEL,
  notice: NOTICE_STATE_LABEL,
  account: { active: '启用', disabled: '停用' },
};

/** An action in words; one that has none yet is named as the log names it. */
export function actionWords(action: string): string {
  const [group = '', verb = ''] = action.split('.');
  const known = ACTIONS[group];
  return known ? `${known.label}：${known.verbs[verb] ?? verb}` : action;
}

export const entityWords = (entity: string): string => ENTITIES[entity] ?? entity;

/** All actions to choose from, by their groups; a group can be chosen whole. */
export const ACTION_CHOICES = Object.entries(ACTIONS).map(([group, { label, verbs }]) => ({
  label,
  options: [
    { value: group, label: `${label}：全部` },
    ...Object.entries(verbs).map(([verb, words]) => ({
      value: `${group}.${verb}`,
      label: `${label}：${words}`,
    })),
  ],
}));

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function valueWords(entity: string, key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '空';
  if (key === 'dueAt' && typeof value === 'number') return endOfDay(new Date(value));
  if (key.endsWith('At') && typeof value === 'number') return beijingTime(new Date(value));
  if (typeof value !== 'string') return String(value);
  if (ISO.test(value)) return beijingTime(new Date(value));
  if (key === 'state') return STATES[entity]?.[value] ?? value;
  if (key === 'category')
    return (CATEGORY_INFO as Readonly<Record<string, { label: string }>>)[value]?.label ?? value;
  return VALUES[key]?.[value] ?? value;
}

/** A note of the log as a line: what was before, what came after, which fields, why. */
export function detailWords(entity: string, detail: string): string {
  const { fields, from, to, reason } = JSON.parse(detail) as Record<
    'fields' | 'from' | 'to' | 'reason',
    unknown
  >;
  const pairs = (values: unknown) =>
    Object.entries((values ?? {}) as Record<string, unknown>)
      .map(([key, value]) => `${FIELDS[key] ?? key} ${valueWords(entity, key, value)}`)
      .join('，');
  const named = Array.isArray(fields) ? fields.map((field) => FIELDS[String(field)] ?? String(field)) : [];
  const why = typeof reason === 'string' ? ((STAFF_EVENT_LABEL as Words)[reason] ?? reason) : '';
  return [
    pairs(from) && `原：${pairs(from)}`,
    pairs(to) && `现：${pairs(to)}`,
    named.length > 0 && `改了${named.join('、')}`,
    why && `事由：${why === 'reveal' ? '查看联系方式' : why}`,
  ]
    .filter(Boolean)
    .join('；');
}
