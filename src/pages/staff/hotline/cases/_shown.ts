import type { CaseEvent } from '#db/schema/hotline.values.ts';
import type { CaseFile, FileEntry } from '#domains/hotline/queue/file/service.ts';
import type { StepForms, StepName } from './_steps.ts';

/** Which steps each form takes. */
const TAKES: Readonly<Partial<Record<StepName, readonly CaseEvent[]>>> = {
  accept: ['accept'],
  refuse: ['refuse'],
  refer: ['refer'],
  ask: ['askInfo'],
  takeUp: ['reconsider', 'referralReturned'],
  dispatch: ['dispatch'],
  rule: ['rule'],
  reassign: ['reassign'],
  terminate: ['terminate'],
  sign: ['sign'],
  return: ['return'],
  answer: ['answer'],
  approve: ['approve'],
  sendBack: ['sendBack'],
  contact: ['contact'],
  followUp: ['followOk', 'followBad'],
};

/**
 * Which forms the page shows: those whose step may be taken now, and the one that was just sent, so that nothing typed is lost
 * when somebody else was faster. `gone` tells that it can no longer be sent.
 */
export function shownSteps(
  file: CaseFile,
  forms: StepForms,
): { shows: (name: StepName) => boolean; gone: (name: StepName) => boolean } {
  const may = (name: StepName): boolean => TAKES[name]?.some((event) => file.steps.includes(event)) ?? false;
  return {
    shows: (name) => may(name) || forms[name].sent,
    gone: (name) => !may(name),
  };
}

/** What happened to a case since a form was drawn, as its sender may read it. */
export function changesSince(file: CaseFile, seen: number): FileEntry[] {
  return Number.isFinite(seen) && seen > 0 ? file.log.filter((entry) => entry.id > seen) : [];
}
