import type { Actor } from '#core/actor.ts';
import { AppError, found } from '#core/errors.ts';
import { reader, type Tx } from '#core/store.ts';
import { type Change, write } from '#core/write.ts';
import type { CaseId } from '#db/schema/ids.ts';
import { describeDay, lastDay } from '#domains/calendar/rules.ts';
import type { Judge } from '#domains/rectification/judgement/input.ts';
import { type Judged, judge } from '#domains/rectification/judgement/service.ts';
import type { NoticeDraft } from '#domains/rectification/notices/input.ts';
import { type OpenedNotice, openNotice } from '#domains/rectification/notices/service.ts';
import { mayRead } from '../cases/access.ts';
import { type CaseRow, takeStep } from '../cases/step.ts';
import { findCase, findCaseById, listHelperUnits } from '../cases/store.ts';

const UNKNOWN = '没有找到这张工单，请检查编号。';

/** The case from which a notice is to be opened. Throws `not_found` outside the actor's reach, `conflict` where no notice fits. */
export async function caseForNotice(actor: Actor, number: string): Promise<CaseRow> {
  const c = found(await findCase(reader, number), UNKNOWN);
  const helperUnitIds = await listHelperUnits(reader, c.id);
  if (!mayRead(actor, { ...c, helperUnitIds })) throw new AppError('not_found', UNKNOWN);
  // A notice is handed to a third party: matters of women's and children's rights never leave their officers.
  if (c.category === 'RIGHTS') throw new AppError('conflict', '维权诉求不开具整改通知单。');
  return c;
}

/** Opens a notice from a case, in one transaction: who complained reads that it was issued, and by when it is to be fixed. */
export async function openNoticeFromCase(
  actor: Actor,
  number: string,
  sent: NoticeDraft,
  photoIds: readonly string[],
): Promise<OpenedNotice> {
  const { id } = await caseForNotice(actor, number);
  return write(actor, 'hotline.openNotice', async (tx, change) => {
    const c = found(await findCaseById(tx, id), UNKNOWN);
    const subject = { type: 'case' as const, id: c.id };
    const opened = await openNotice(tx, change, actor, sent, { staged: photoIds }, { subject });
    const day = describeDay(lastDay({ at: opened.dueAt }), change.at);
    await takeStep(tx, change, c, actor, {
      event: 'comment',
      as: 'handler',
      unitId: c.leadUnitId,
      publicText: `已向责任方开具整改通知单，要求在${day}前整改。`,
      internalText: `整改通知单 ${opened.number}`,
      data: { notice: opened.id },
    });
    return opened;
  });
}

async function tellCase(tx: Tx, change: Change, actor: Actor, judged: Judged): Promise<void> {
  if (judged.subject?.type !== 'case') return;
  const c = await findCaseById(tx, judged.subject.id as CaseId);
  if (!c) return;
  await takeStep(tx, change, c, actor, {
    event: 'comment',
    as: 'inspector',
    publicText:
      judged.outcome === 'signed_off' ? '整改通知单已复查销号。' : '整改复查没有通过，已要求重新整改。',
    internalText: `整改通知单 ${judged.number}`,
    data: { notice: judged.id },
  });
}

/** Judges the fix of any notice; the case from which it was opened learns of it in the same transaction. */
export function judgeNoticeAndTellCase(actor: Actor, sent: Judge): Promise<Judged> {
  return write(actor, 'rectification.judge', async (tx, change) => {
    const judged = await judge(tx, change, actor, sent);
    await tellCase(tx, change, actor, judged);
    return judged;
  });
}

/** The number of the case that a notice came from, and whether this person may open it. */
export async function caseLabelOf(
  actor: Actor,
  id: number,
): Promise<{ number: string; mayOpen: boolean } | null> {
  const c = await findCaseById(reader, id as CaseId);
  if (!c) return null;
  const helperUnitIds = await listHelperUnits(reader, c.id);
  return { number: c.number, mayOpen: mayRead(actor, { ...c, helperUnitIds }) };
}
