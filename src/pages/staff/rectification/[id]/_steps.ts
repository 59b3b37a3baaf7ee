import type { Staff } from '#core/actor.ts';
import { type FormPage, type FormState, handleForm } from '#core/forms.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { judgeNoticeAndTellCase } from '#domains/hotline/rectification/service.ts';
import { stagePictures } from '#domains/media/service.ts';
import { AskForParty, DecideCannotFix, Review } from '#domains/rectification/cannot-fix/input.ts';
import { askForParty, decideCannotFix, reviewCannotFix } from '#domains/rectification/cannot-fix/service.ts';
import { Deliver, RecordFix } from '#domains/rectification/handover/input.ts';
import { deliverNotice, recordFix } from '#domains/rectification/handover/service.ts';
import { Judge } from '#domains/rectification/judgement/input.ts';
import { IssueNotice, VoidNotice } from '#domains/rectification/notices/input.ts';
import { issueNotice, voidNotice } from '#domains/rectification/notices/service.ts';
import { RecordVisit } from '#domains/rectification/visits/input.ts';
import { recordVisit } from '#domains/rectification/visits/service.ts';
import { PHOTO_LIMITS } from '../_options.ts';

/** What is said after a step. */
export const DONE: Readonly<Record<string, string>> = {
  saved: '草稿已保存。',
  issued: '已开具。请打印两联，送达责任方后在这里登记送达。',
  delivered: '送达已登记。',
  recorded: '整改结果已登记，等待另一位检查员复查。',
  asked: '无法整改的申请已登记，等待审批。',
  pass: '复查通过，已销号。',
  fail: '复查未通过，已退回重新整改，期限减半。',
  decided: '审批意见已登记，责任方看得到您的答复。',
  reviewed: '复核情况已登记，下次复核日期已顺延。',
  visited: '回头看已登记。',
  relapsed: '发现复发，已开具这张关联通知单。请打印、送达。',
  void: '已作废，编号不再使用。',
};

export interface NoticeForms {
  issue: FormState;
  deliver: FormState;
  record: FormState;
  ask: FormState;
  judge: FormState;
  decide: FormState;
  review: FormState;
  visit: FormState;
  void: FormState;
}

/** Takes the one step that a notice's page was sent, if any; gives the forms to draw, or where to go. */
export async function takeSteps(page: FormPage, actor: Staff, id: NoticeId): Promise<NoticeForms | Response> {
  const to = (ok: string, notice: number = id) => `/staff/rectification/${notice}?ok=${ok}`;
  const files = {
    field: 'photos',
    limits: PHOTO_LIMITS,
    stage: stagePictures({ ...PHOTO_LIMITS, purpose: 'handling', by: actor.id }),
  };
  // The forms with pictures come first: the first one decides how large the body's files may be.
  const steps = {
    record: () =>
      handleForm(
        page,
        RecordFix,
        async (sent, kept) => {
          await recordFix(
            actor,
            { ...sent, id },
            kept.map((file) => file.id),
          );
          return to('recorded');
        },
        { name: 'record', files },
      ),
    visit: () =>
      handleForm(
        page,
        RecordVisit,
        async (sent, kept) => {
          const next = await recordVisit(
            actor,
            { ...sent, id },
            kept.map((file) => file.id),
          );
          return next ? to('relapsed', next.id) : to('visited');
        },
        { name: 'visit', files },
      ),
    issue: () =>
      handleForm(
        page,
        IssueNotice,
        async (sent) => {
          await issueNotice(actor, { ...sent, id });
          return to('issued');
        },
        { name: 'issue' },
      ),
    deliver: () =>
      handleForm(
        page,
        Deliver,
        async (sent) => {
          await deliverNotice(actor, { ...sent, id });
          return to('delivered');
        },
        { name: 'deliver' },
      ),
    ask: () =>
      handleForm(
        page,
        AskForParty,
        async (sent) => {
          await askForParty(actor, { ...sent, id });
          return to('asked');
        },
        { name: 'ask' },
      ),
    judge: () =>
      handleForm(
        page,
        Judge,
        async (sent) => {
          await judgeNoticeAndTellCase(actor, { ...sent, id });
          return to(sent.result);
        },
        { name: 'judge' },
      ),
    decide: () =>
      handleForm(
        page,
        DecideCannotFix,
        async (sent) => {
          await decideCannotFix(actor, { ...sent, id });
          return to('decided');
        },
        { name: 'decide' },
      ),
    review: () =>
      handleForm(
        page,
        Review,
        async (sent) => {
          await reviewCannotFix(actor, { ...sent, id });
          return to('reviewed');
        },
        { name: 'review' },
      ),
    void: () =>
      handleForm(
        page,
        VoidNotice,
        async (sent) => {
          await voidNotice(actor, { ...sent, id });
          return to('void');
        },
        { name: 'void' },
      ),
  };
  const forms: Partial<NoticeForms> = {};
  for (const name of Object.keys(steps) as (keyof NoticeForms)[]) {
    const form = await steps[name]();
    if (form instanceof Response) return form;
    forms[name] = form;
  }
  return forms as NoticeForms;
}
