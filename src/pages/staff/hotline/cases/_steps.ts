import type { AstroGlobal } from 'astro';
import type { Actor } from '#core/actor.ts';
import { choice } from '#core/fields.ts';
import { type FormState, handleForm } from '#core/forms.ts';
import { AnswerCase, ApproveAnswer, SendBack } from '#domains/hotline/answers/input.ts';
import { answerCase, approveAnswer, sendBack } from '#domains/hotline/answers/service.ts';
import { mayRead } from '#domains/hotline/cases/access.ts';
import type { CaseRow } from '#domains/hotline/cases/step.ts';
import {
  DispatchCase,
  ReassignCase,
  ReturnCase,
  RuleOnReturn,
  SignCase,
} from '#domains/hotline/dispatch/input.ts';
import { dispatchCase, reassignCase, returnCase, rule, signCase } from '#domains/hotline/dispatch/service.ts';
import { FollowUp, RecordContact } from '#domains/hotline/followup/input.ts';
import { followUp, recordContact } from '#domains/hotline/followup/service.ts';
import { HideCase } from '#domains/hotline/publication/input.ts';
import { ReviewPublic } from '#domains/hotline/publication/review/input.ts';
import { reviewPublic } from '#domains/hotline/publication/review/service.ts';
import { hideCase } from '#domains/hotline/publication/service.ts';
import { RevealContact } from '#domains/hotline/queue/reveal/input.ts';
import { type Revealed, revealContact } from '#domains/hotline/queue/reveal/service.ts';
import type { BasketKey } from '#domains/hotline/queue/rules.ts';
import {
  AcceptCase,
  AskInfo,
  ReferCase,
  RefuseCase,
  ReopenIntake,
  TerminateCase,
} from '#domains/hotline/triage/input.ts';
import {
  acceptCase,
  askInfo,
  referCase,
  refuseCase,
  takeUpAgain,
  terminateCase,
} from '#domains/hotline/triage/service.ts';
import { MEGABYTE } from '#domains/media/rules.ts';
import { stagePictures } from '#domains/media/service.ts';

/** `try` computes the due date of what is chosen and changes nothing. */
const AcceptOrTry = AcceptCase.extend({ step: choice('步骤', ['submit', 'try'], 'submit') });

const PICTURES = { files: 6, fileBytes: 10 * MEGABYTE };

/** Where a step leads: back to the case, or to the list when the case is no longer its taker's to see. */
function after(actor: Actor, basket: BasketKey | null, ok: string) {
  return (c: CaseRow): string => {
    const params = new URLSearchParams({ ...(basket && { b: basket }), ok });
    return mayRead(actor, c)
      ? `/staff/hotline/cases/${c.number}?${params}`
      : `/staff/hotline/?${params}&n=${c.number}`;
  };
}

async function handleAll(page: AstroGlobal, actor: Actor, basket: BasketKey | null) {
  const to = (ok: string) => after(actor, basket, ok);
  const by = actor.kind === 'staff' ? actor.id : null;
  const shown: { revealed: Revealed | null } = { revealed: null };
  const forms = {
    // First, because a body is read once, with the limits of whoever reads it first: this one takes files.
    answer: await handleForm(
      page,
      AnswerCase,
      async (sent, kept) =>
        to('answer')(
          await answerCase(
            actor,
            sent,
            kept.map(({ id }) => id),
          ),
        ),
      {
        name: 'answer',
        files: {
          field: 'photos',
          limits: PICTURES,
          stage: stagePictures({ ...PICTURES, purpose: 'handling', by }),
        },
      },
    ),
    accept: await handleForm(
      page,
      AcceptOrTry,
      async (sent) => (sent.step === 'try' ? null : to('accept')(await acceptCase(actor, sent))),
      { name: 'accept' },
    ),
    refuse: await handleForm(page, RefuseCase, async (sent) => to('refuse')(await refuseCase(actor, sent)), {
      name: 'refuse',
    }),
    refer: await handleForm(page, ReferCase, async (sent) => to('refer')(await referCase(actor, sent)), {
      name: 'refer',
    }),
    ask: await handleForm(page, AskInfo, async (sent) => to('ask')(await askInfo(actor, sent)), {
      name: 'ask',
    }),
    takeUp: await handleForm(
      page,
      ReopenIntake,
      async (sent) => to('takeUp')(await takeUpAgain(actor, sent)),
      { name: 'takeUp' },
    ),
    dispatch: await handleForm(
      page,
      DispatchCase,
      async (sent) => to('dispatch')(await dispatchCase(actor, sent)),
      { name: 'dispatch' },
    ),
    rule: await handleForm(page, RuleOnReturn, async (sent) => to('rule')(await rule(actor, sent)), {
      name: 'rule',
    }),
    reassign: await handleForm(
      page,
      ReassignCase,
      async (sent) => to('reassign')(await reassignCase(actor, sent)),
      { name: 'reassign' },
    ),
    terminate: await handleForm(
      page,
      TerminateCase,
      async (sent) => to('terminate')(await terminateCase(actor, sent)),
      { name: 'terminate' },
    ),
    sign: await handleForm(page, SignCase, async (sent) => to('sign')(await signCase(actor, sent)), {
      name: 'sign',
    }),
    return: await handleForm(page, ReturnCase, async (sent) => to('return')(await returnCase(actor, sent)), {
      name: 'return',
    }),
    approve: await handleForm(
      page,
      ApproveAnswer,
      async (sent) => to('approve')(await approveAnswer(actor, sent)),
      { name: 'approve' },
    ),
    sendBack: await handleForm(page, SendBack, async (sent) => to('sendBack')(await sendBack(actor, sent)), {
      name: 'sendBack',
    }),
    contact: await handleForm(
      page,
      RecordContact,
      async (sent) => to('contact')(await recordContact(actor, sent)),
      { name: 'contact' },
    ),
    followUp: await handleForm(
      page,
      FollowUp,
      async (sent) => to(`follow-${sent.result}`)(await followUp(actor, sent)),
      { name: 'followUp' },
    ),
    review: await handleForm(
      page,
      ReviewPublic,
      async (sent) => to('review')(await reviewPublic(actor, sent)),
      { name: 'review' },
    ),
    hide: await handleForm(page, HideCase, async (sent) => to('hide')(await hideCase(actor, sent)), {
      name: 'hide',
    }),
    reveal: await handleForm(
      page,
      RevealContact,
      async (sent) => {
        shown.revealed = await revealContact(actor, sent);
        return null;
      },
      { name: 'reveal' },
    ),
  };
  return { forms, shown };
}

export type StepName = keyof Awaited<ReturnType<typeof handleAll>>['forms'];
export type StepForms = Readonly<Record<StepName, FormState>>;

/** What the page learns from its forms: where to go, or how each of them stands and what was revealed. */
export async function takeSteps(
  page: AstroGlobal,
  actor: Actor,
  basket: BasketKey | null,
): Promise<Response | { forms: StepForms; revealed: Revealed | null }> {
  const { forms, shown } = await handleAll(page, actor, basket);
  const entries = Object.entries(forms);
  const states = entries.flatMap(([name, form]) => (form instanceof Response ? [] : [[name, form] as const]));
  const done = entries.find(([, form]) => form instanceof Response)?.[1];
  if (done instanceof Response) return done;
  return { forms: Object.fromEntries(states) as StepForms, revealed: shown.revealed };
}

/** What is said once a step is taken. */
export const DONE: Readonly<Record<string, string>> = {
  accept: '已受理，诉求人会收到通知。',
  refuse: '已登记不予受理，理由和去处已告知诉求人。',
  refer: '已转办。',
  ask: '已请诉求人补充，期限暂停。',
  takeUp: '已重新登记，回到待受理。',
  dispatch: '已派单。',
  rule: '已裁定，重新派单。',
  reassign: '已改派。',
  terminate: '已终止办理。',
  sign: '已签收，开始办理。',
  return: '已退单，等热线裁定。',
  answer: '答复已提交，等热线审核。',
  approve: '答复已通过，诉求人会收到通知。',
  sendBack: '已退回承办单位修改。',
  contact: '已记下联系情况。',
  'follow-settled': '回访完成，已办结。',
  'follow-unsettled': '已转回承办单位重新办理。',
  'follow-missed': '已记下这次未接通。',
  review: '公开页已更新。',
  hide: '已决定不公开，公开页上看不到了。',
};
