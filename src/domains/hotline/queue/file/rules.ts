import type { Actor } from '#core/actor.ts';
import { beijingTime } from '#core/clock.ts';
import type { Permission } from '#core/permissions.ts';
import type { CaseEvent, Category, Kind, Party, State, Urgency } from '#db/schema/hotline.values.ts';
import { lastDay } from '#domains/calendar/rules.ts';
import { type Guarded, holds } from '../../cases/access.ts';
import { KIND_LABEL, OUTCOME_LABEL, REFUSALS, URGENCY_LABEL } from '../../labels.ts';
import { type Filer, maskFilerText } from '../../privacy/rules.ts';
import { allowedEvents } from '../../rules.ts';

/** Which permission each step at the desk asks for, and in which capacity it is taken. */
const STEPS: readonly {
  events: readonly CaseEvent[];
  permission: Permission;
  as: 'dispatcher' | 'handler' | 'operator';
}[] = [
  {
    events: ['accept', 'refuse', 'refer', 'askInfo', 'reconsider', 'referralReturned'],
    permission: 'hotline:accept',
    as: 'dispatcher',
  },
  { events: ['dispatch', 'rule', 'reassign', 'terminate'], permission: 'hotline:dispatch', as: 'dispatcher' },
  { events: ['approve', 'sendBack'], permission: 'hotline:approve', as: 'dispatcher' },
  { events: ['sign', 'return', 'answer', 'askInfo', 'contact'], permission: 'hotline:handle', as: 'handler' },
  { events: ['followOk', 'followBad', 'contact'], permission: 'hotline:follow-up', as: 'operator' },
];

/** The steps that this person may take now; the desk shows these and no others. */
export function stepsFor(actor: Actor, c: Guarded & { state: State }): CaseEvent[] {
  const mine = new Set(
    STEPS.filter((step) => holds(actor, step.permission, c)).flatMap((step) => {
      const allowed = allowedEvents(c.state, step.as);
      return step.events.filter((event) => allowed.includes(event));
    }),
  );
  // A returned case is ruled upon; a plain second dispatch would leave no reason behind.
  if (c.state === 'returned') mine.delete('dispatch');
  return [...mine];
}

// What a unit needs for its work; notes that the hotline's staff keep of the filer stay with them.
const TOLD_TO_UNIT: readonly CaseEvent[] = [
  'dispatch',
  'rule',
  'reassign',
  'sendBack',
  'followBad',
  'dispute',
  'supply',
];

/** Whether the unit reads what was noted with a step. */
export const unitReadsNote = (entry: {
  event: CaseEvent;
  party: Party;
  complaintId: number | null;
}): boolean =>
  entry.party === 'handler' ||
  TOLD_TO_UNIT.includes(entry.event) ||
  (entry.party === 'complainant' && entry.complaintId !== null);

type Data = Readonly<Record<string, string | number | null>>;

/** The end of a clock: a day that ends at midnight is that day's 24:00, not the next day's 00:00. */
export function untilWords(at: Date): string {
  const time = beijingTime(at);
  return time.endsWith('00:00') ? `${lastDay({ at })} 24:00` : time;
}

const until = (value: string | number | null | undefined): string =>
  typeof value === 'number' ? untilWords(new Date(value)) : '';

const CHANGED: Readonly<Record<string, string>> = {
  'hotline.publish': '已公开这件诉求',
  'hotline.hide': '已决定不公开这件诉求',
  'hotline.words': '已处理原话的公开',
  'hotline.photo': '已处理照片的公开',
  'hotline.review': '已完成公开审核',
  reveal: '查看了诉求人的联系方式',
  open311: '经开放接口提交',
  'open311.update': '经开放接口补充',
};

const CONTACTED: Readonly<Record<string, string>> = {
  phone: '电话联系',
  relay: '由热线转达',
  visit: '上门',
  letter: '书面',
};

/** What the codes and counts of a step say in words. `unitName` names units by id. */
export function notesOf(event: CaseEvent, data: Data, unitName: (id: number) => string): string[] {
  const notes: string[] = [];
  const say = (condition: unknown, words: string) => {
    if (condition && words) notes.push(words);
  };
  switch (event) {
    case 'accept':
      say(data.kind, KIND_LABEL[data.kind as Kind]);
      say(data.urgency && data.urgency !== 'ordinary', URGENCY_LABEL[data.urgency as Urgency]);
      say(data.dueAt, `办理期限 ${until(data.dueAt)} 前`);
      break;
    case 'refuse':
      say(data.code, REFUSALS[data.code as keyof typeof REFUSALS]?.label ?? '');
      break;
    case 'askInfo':
      say(data.answerBy, `请在 ${until(data.answerBy)} 前补充，期限暂停`);
      break;
    case 'dispatch':
    case 'rule':
    case 'reassign': {
      const helpers = String(data.helpers ?? '')
        .split(' ')
        .filter(Boolean)
        .map((id) => unitName(Number(id)));
      say(helpers.length > 0, `协办：${helpers.join('、')}`);
      break;
    }
    case 'return':
      say(data.times, `第 ${data.times} 次退单`);
      say(data.suggested, `建议承办：${unitName(Number(data.suggested))}`);
      break;
    case 'answer':
      say(data.outcome, `结果：${OUTCOME_LABEL[data.outcome as keyof typeof OUTCOME_LABEL] ?? ''}`);
      say(data.photos, `办理后照片 ${data.photos} 张`);
      break;
    case 'approve':
      say(data.late === 1, '答复时已超期');
      say(data.followUpBy, `请在 ${until(data.followUpBy)} 前回访`);
      break;
    case 'contact':
      say(data.missed, `回访未接通，第 ${data.missed} 次`);
      say(data.channel, CONTACTED[String(data.channel)] ?? '');
      break;
    case 'followOk':
      say(data.unreached, '未联系上');
      break;
    case 'comment':
      say(data.code, CHANGED[String(data.code)] ?? '');
      say(data.photos, `照片 ${data.photos} 张`);
      break;
    case 'supply':
      say(data.photos, `照片 ${data.photos} 张`);
      break;
    default:
      break;
  }
  return notes;
}

const OWN = { name: '姓名', phone: '电话', address: '地址' } as const;

/** What of a filer an answer gives away, for the one who approves it. Told to nobody else: a unit could try names until one is refused. */
export function givenAway(answer: string, filers: readonly Filer[]): string[] {
  const keys = Object.keys(OWN) as (keyof typeof OWN)[];
  return keys
    .filter((key) =>
      filers.some(
        (filer) => filer[key] && maskFilerText(answer, { [key]: filer[key] }) !== maskFilerText(answer, {}),
      ),
    )
    .map((key) => OWN[key]);
}

/** Whether the case is one of those that never leave the house: reports in confidence, and matters of rights. */
export const isConfidential = (c: { kind: Kind; category: string }): boolean =>
  c.kind === 'tipoff' || (c.category as Category) === 'RIGHTS';
