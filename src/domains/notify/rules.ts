import { beijingDay, beijingTime, DAY_MS, startOfBeijingDay } from '#core/clock.ts';
import { AppError } from '#core/errors.ts';

export interface Template {
  label: string;
  /** What it says; `{name}` stands for a parameter. Never what a person wrote, never a name. */
  text: string;
  /** Goes at once, also at night and past the daily cap of notices. */
  urgent?: true;
}

/** Every text that may leave the site. One segment each with a signature of up to twelve characters. */
export const TEMPLATES = {
  code: { label: '验证码', text: '验证码{code}，5分钟内有效，请勿转告他人。', urgent: true },
  'case.receipt': {
    label: '诉求回执',
    text: '您的诉求已登记，编号{number}，查询码{code}。请妥善保存。',
    urgent: true,
  },
  'case.accepted': { label: '已受理', text: '您的诉求{number}已受理，可凭编号在网站查询进度。' },
  'case.refused': { label: '不予受理', text: '您的诉求{number}未能受理，原因和去处请凭编号在网站查询。' },
  'case.referred': { label: '已转办', text: '您的诉求{number}已转有关单位，去处请凭编号在网站查询。' },
  'case.needsInfo': { label: '请补充', text: '您的诉求{number}需要补充材料，请在{day}前到网站补充。' },
  'case.dispatched': { label: '已派单', text: '您的诉求{number}已交单位办理，{day}前答复您。' },
  'case.extended': { label: '已延期', text: '您的诉求{number}办理期限延至{day}，原因请凭编号在网站查询。' },
  'case.answered': { label: '已答复', text: '您的诉求{number}已有答复，请凭编号在网站查看。' },
  'case.closed': { label: '已办结', text: '您提交的诉求{number}已办结，可凭编号在网站查询。' },
  'case.reopened': { label: '已重办', text: '您的诉求{number}已重新办理，{day}前答复您。' },
  'case.merged': { label: '已并案', text: '您的诉求{number}已与同一事项合并办理，进度请在网站查询。' },
  'case.terminated': { label: '终止办理', text: '您的诉求{number}已终止办理，原因请凭编号在网站查询。' },
  'notice.issued': {
    label: '整改通知单',
    text: '整改通知单{number}，查看码{code}，请在{day}前整改，详见网站。',
  },
  'notice.unsigned': { label: '请签收', text: '整改通知单{number}还没有签收，请尽快到网站签收并整改。' },
  'notice.failed': { label: '复查未通过', text: '整改通知单{number}复查未通过，请在{day}前重新整改。' },
  'notice.signedOff': { label: '已销号', text: '整改通知单{number}复查通过，已销号。' },
  'notice.cannotFix': {
    label: '无法整改的答复',
    text: '您对整改通知单{number}的申请已有答复，请在网站查看。',
  },
  'unit.dispatched': { label: '派单提醒', text: '工单{number}已派到您的单位，请在{day}前签收。' },
  'unit.card': { label: '将到期', text: '工单{number}将于{day}到期，请抓紧办理。' },
  'unit.overdue': { label: '已超期', text: '工单{number}已超期，请立即办理并说明情况。' },
} as const satisfies Record<string, Template>;
export type TemplateName = keyof typeof TEMPLATES;

/** The template of that name; `null` for a name that is none. */
export function templateOf(name: string): Template | null {
  return Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name as TemplateName] : null;
}

/** The parameters a text asks for. */
export const parametersOf = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '');

/** The words of a message. Throws `invalid` for an unknown template or a missing parameter. */
export function wordsOf(name: string, params: Readonly<Record<string, string>>): string {
  const template = templateOf(name);
  if (!template) throw new AppError('invalid', `没有名为“${name}”的消息模板。`);
  return template.text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key];
    if (value === undefined || value === '') throw new AppError('invalid', `消息缺少“${key}”。`);
    return value;
  });
}

/** A short message as it is sent. The signature always stands in front: carriers refuse a message without one. */
export function smsText(signature: string, words: string): string {
  return `【${signature}】${words}`;
}

/** Of how many parts a short message is made, as carriers count them. */
export function smsSegments(text: string): number {
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}

export const MOST_TRIES = 5;

const BACK_OFF_MINUTES = [1, 5, 30, 120] as const;

/** When to try again after the `tries`-th failure; `null` when enough was tried. */
export function nextTry(tries: number, now: Date): Date | null {
  const minutes = BACK_OFF_MINUTES[tries - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

/** Hours of the Beijing day between which no notice disturbs: from `from` o'clock to `to` o'clock next morning. */
export interface QuietHours {
  from: number;
  to: number;
}

/** The end of the quiet hours that `at` falls in; `null` outside them. The first instant of the morning is outside. */
export function quietUntil(at: Date, { from, to }: QuietHours): Date | null {
  const hour = Number(beijingTime(at).slice(11, 13));
  const morning = (day: Date) => new Date(day.getTime() + to * 3_600_000);
  const today = startOfBeijingDay(beijingDay(at));
  if (hour < to && (from > to || hour >= from)) return morning(today);
  if (from > to && hour >= from) return morning(new Date(today.getTime() + DAY_MS));
  return null;
}
