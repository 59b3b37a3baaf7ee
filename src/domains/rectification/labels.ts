import type {
  DeliveryWay,
  Matter,
  NoticeEvent,
  NoticeParty,
  NoticeState,
  ResponsibleKind,
  VisitState,
} from '#db/schema/rectification.values.ts';

export const STATE_LABEL: Readonly<Record<NoticeState, string>> = {
  draft: '草稿',
  issued: '已开具，待签收',
  received: '已签收',
  fixing: '整改中',
  submitted: '已提交，待复查',
  signed_off: '已销号',
  cannot_fix: '无法整改',
  void: '已作废',
};

/** What each step is called in a notice's record. */
export const EVENT_LABEL: Readonly<Record<NoticeEvent, string>> = {
  draw: '起草',
  edit: '修改草稿',
  issue: '开具',
  deliver: '送达',
  receive: '签收',
  start: '开始整改',
  submit: '提交整改结果',
  pass: '复查通过，销号',
  fail: '复查未通过',
  askCannotFix: '说明无法整改',
  refuseCannotFix: '未同意无法整改',
  cannotFix: '同意无法整改',
  review: '年度复核',
  remind: '提醒签收',
  visitPass: '回头看合格',
  visitFail: '回头看发现复发',
  relapse: '开具关联通知单',
  void: '作废',
};

export const PARTY_LABEL: Readonly<Record<NoticeParty, string>> = {
  issuer: '开具方',
  party: '责任方',
  inspector: '复查人员',
  approver: '审批人员',
  system: '系统',
};

interface MatterInfo {
  label: string;
  /** One of the six disorders (六乱): looked at again after sign-off in any case. */
  disorder: boolean;
  /** To be put right on the same day. */
  hygiene: boolean;
}

const matter = (label: string, { disorder = false, hygiene = false } = {}): MatterInfo => ({
  label,
  disorder,
  hygiene,
});

export const MATTER_INFO: Readonly<Record<Matter, MatterInfo>> = {
  STALL: matter('乱设摊', { disorder: true }),
  PARKING: matter('乱停车', { disorder: true }),
  POSTER: matter('乱招贴', { disorder: true }),
  PILE: matter('乱堆放', { disorder: true }),
  DRYING: matter('乱晾晒', { disorder: true }),
  LITTER: matter('乱扔垃圾', { disorder: true, hygiene: true }),
  HYGIENE: matter('门前卫生', { hygiene: true }),
  GREEN: matter('绿化'),
  FACILITY: matter('公共设施'),
  BUILD: matter('违法搭建'),
  OTHER: matter('其他'),
};

export const RESPONSIBLE_LABEL: Readonly<Record<ResponsibleKind, string>> = {
  shop: '商户',
  unit: '单位',
  person: '个人',
};

export const DELIVERY_LABEL: Readonly<Record<DeliveryWay, string>> = {
  hand: '当面送达，对方签收',
  left: '对方拒签，留置送达',
  sms: '短信送达',
  post: '邮寄送达',
};

export const VISIT_LABEL: Readonly<Record<VisitState, string>> = {
  planned: '待复查',
  passed: '合格',
  failed: '复发',
  cancelled: '已取消',
};
