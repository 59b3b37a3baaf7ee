import type {
  CaseEvent,
  Channel,
  Kind,
  Outcome,
  RatingLevel,
  RefusalCode,
  Secrecy,
  State,
  Urgency,
} from '#db/schema/hotline.values.ts';

/** Each state in the words residents read. */
export const PUBLIC_LABEL: Readonly<Record<State, string>> = {
  filed: '已提交',
  needs_info: '待您补充',
  refused: '不予受理',
  referred: '已转有关部门',
  accepted: '已受理',
  dispatched: '已派单',
  handling: '办理中',
  returned: '退回重派',
  answered: '办理中',
  follow_up: '已答复，请您评价',
  closed: '已办结',
  signed_off: '已销号',
  redo: '重新办理',
  terminated: '终止办理',
  merged: '已并入',
  withdrawn: '已撤回',
};

/** The state in residents' words, with the name of the department or the number it was handed to, where there is one. */
export function publicLabel(state: State, towards?: string): string {
  if (state === 'referred' && towards) return `已转${towards}`;
  if (state === 'merged' && towards) return `已并入 ${towards}`;
  return PUBLIC_LABEL[state];
}

/** Each state in the words of the desk. */
export const STAFF_LABEL: Readonly<Record<State, string>> = {
  ...PUBLIC_LABEL,
  filed: '待受理',
  needs_info: '待补充',
  referred: '已转办',
  accepted: '待派单',
  dispatched: '待签收',
  returned: '退单待裁定',
  answered: '答复待审核',
  follow_up: '待回访',
  redo: '重办',
};

/** Each event as the public timeline tells it. */
export const PUBLIC_EVENT_LABEL: Readonly<Record<CaseEvent, string>> = {
  file: '诉求已提交',
  askInfo: '请诉求人补充情况',
  supply: '诉求人已补充情况',
  refuse: '不予受理，已告知理由',
  reconsider: '复核后重新登记',
  accept: '已受理',
  refer: '已转有关部门',
  referralReturned: '有关部门退回，重新登记',
  dispatch: '已派给承办单位',
  sign: '承办单位已签收，开始办理',
  return: '承办单位退回，由热线重新派单',
  rule: '已确定承办单位，重新派单',
  answer: '承办单位已提交答复，正在审核',
  sendBack: '答复未通过审核，继续办理',
  approve: '已答复',
  confirm: '诉求人确认已解决，办结',
  dispute: '诉求人认为没有解决，重新办理',
  lapse: '公布答复后 7 天未收到评价，办结',
  reassign: '更换承办单位',
  giveUp: '一直未收到补充情况，终止办理',
  contact: '已与诉求人联系',
  followOk: '回访后办结',
  followBad: '回访时诉求人反映没有解决，重新办理',
  signOff: '复查合格，销号',
  reopen: '问题再次出现或没有解决，重新办理',
  terminate: '终止办理，已说明理由',
  merge: '与同类诉求合并办理',
  unmerge: '恢复单独办理',
  withdraw: '诉求人撤回',
  askExtension: '承办单位申请延期',
  extend: '已批准延期',
  remind: '催办',
  card: '临近或超过时限，已提醒承办单位',
  comment: '补充说明',
};

/** Each event as a button or log entry of the desk. */
export const STAFF_EVENT_LABEL: Readonly<Record<CaseEvent, string>> = {
  file: '登记',
  askInfo: '请补充',
  supply: '补充',
  refuse: '不予受理',
  reconsider: '复核改受理',
  accept: '受理',
  refer: '转办',
  referralReturned: '转办退回',
  dispatch: '派单',
  sign: '签收',
  return: '退单',
  rule: '裁定派单',
  answer: '提交答复',
  sendBack: '退回修改',
  approve: '审核通过',
  confirm: '诉求人确认',
  dispute: '诉求人不认可',
  lapse: '到期自动办结',
  reassign: '改派',
  giveUp: '未补充终止',
  contact: '联系诉求人',
  followOk: '回访办结',
  followBad: '回访重办',
  signOff: '销号',
  reopen: '重办',
  terminate: '终止办理',
  merge: '并案',
  unmerge: '撤销并案',
  withdraw: '撤回',
  askExtension: '申请延期',
  extend: '批准延期',
  remind: '催办',
  card: '亮牌',
  comment: '备注',
};

export const KIND_LABEL: Readonly<Record<Kind, string>> = {
  consult: '咨询',
  help: '求助',
  complaint: '投诉',
  tipoff: '举报',
  suggestion: '建议',
};

export const SECRECY_LABEL: Readonly<Record<Secrecy, string>> = {
  open: '公开办理过程（姓名、电话、门牌号不公开）',
  closed: '不公开',
  secret: '不公开，并对承办单位保密我的身份',
};

export const CHANNEL_LABEL: Readonly<Record<Channel, string>> = {
  web: '网站',
  phone: '电话',
  onsite: '来访',
  letter: '来信',
  open311: '开放接口',
  import: '历史导入',
};

export const URGENCY_LABEL: Readonly<Record<Urgency, string>> = {
  emergency: '危及人身、财产安全',
  utilities: '水电气热、极端天气',
  ordinary: '一般',
  complex: '疑难复杂',
};

export const OUTCOME_LABEL: Readonly<Record<Outcome, string>> = {
  fixed: '已解决',
  explained: '已解释说明',
  provided: '已提供信息',
  unsubstantiated: '反映情况不实',
};

export const RATING_LABEL: Readonly<Record<RatingLevel, string>> = {
  very_satisfied: '非常满意',
  satisfied: '满意',
  basically_satisfied: '基本满意',
  dissatisfied: '不满意',
  very_dissatisfied: '非常不满意',
};

/** Why a matter is not taken on, and what the person can do instead. */
export const REFUSALS: Readonly<Record<RefusalCode, { label: string; route: string }>> = {
  notGov: {
    label: '不属于本热线职责范围',
    route: '请写明该由哪个单位处理，以及它的电话或地址。',
  },
  emergency: {
    label: '属于紧急警情、火情或急救',
    route: '紧急情况请立即拨打 110、119 或 120。',
  },
  partyCourtArmy: {
    label: '属于党委、人大、政协、监察、法院、检察院或军队事务',
    route: '请直接向相应机关反映，例如拨打 12388（纪检监察）、12368（法院）、12309（检察院）。',
  },
  inProcess: {
    label: '正在或应当通过诉讼、仲裁、行政复议、信访或信息公开申请处理',
    route: '请向正在办理该事项的机关查询和反映。',
  },
  secret: {
    label: '涉及国家秘密、商业秘密或他人隐私',
    route: '请到有权处理的单位当面反映，不要在网上提交涉密内容。',
  },
  repeat: {
    label: '同一事项已经办结，没有新的事实和理由',
    route: '可查看原来的答复；有新情况请在原诉求中申请重新办理。',
  },
  unlawful: {
    label: '内容违法、辱骂、广告，或没有具体事项',
    route: '请写清具体的事情、地点和希望解决的问题后重新提交。',
  },
};

/** What a person is told by a ground alone: what it is, and where to turn instead. */
export const refusalWords = (code: RefusalCode): string =>
  `不予受理的理由：${REFUSALS[code].label}。${REFUSALS[code].route}`;
