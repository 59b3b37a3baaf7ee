import { z } from 'zod';
import { choice, idField, list, text } from '#core/fields.ts';
import { CASE_FLAGS, CATEGORIES, KINDS, REFUSAL_CODES, URGENCIES } from '#db/schema/hotline.values.ts';
import type { PlaceId, UnitId } from '#db/schema/ids.ts';
import { CASE_REF, publicWords, staffWords } from '../cases/input.ts';

export const AcceptCase = z.object({
  ...CASE_REF,
  kind: choice('诉求类型', KINDS),
  category: choice('类别', CATEGORIES),
  urgency: choice('紧急程度', URGENCIES, 'ordinary'),
  flags: list(choice('情形', CASE_FLAGS)),
  place: idField<PlaceId>('所在社区'),
  aboutUnit: idField<UnitId>('被反映的单位', { optional: true }),
  publicText: publicWords('给诉求人的说明', true),
  internalText: staffWords('内部备注'),
});
export type AcceptCase = z.output<typeof AcceptCase>;

/** Without words of its own a refusal says what its ground says; only whose the matter is has to be written each time. */
export const RefuseCase = z
  .object({
    ...CASE_REF,
    code: choice('不予受理的理由', REFUSAL_CODES),
    publicText: publicWords('说明和去处', true),
    internalText: staffWords('内部备注'),
  })
  .refine((sent) => sent.code !== 'notGov' || [...sent.publicText].length >= 8, {
    path: ['publicText'],
    message: '不属于热线职责的，请写明该由哪个单位处理，以及它的电话或地址',
    when: () => true,
  });
export type RefuseCase = z.output<typeof RefuseCase>;

export const ReferCase = z.object({
  ...CASE_REF,
  receiver: text('接收单位', { max: 60 }),
  contact: text('接收单位的联系方式', { max: 100 }),
  publicText: publicWords('给诉求人的说明'),
  internalText: staffWords('内部备注'),
});
export type ReferCase = z.output<typeof ReferCase>;

export const AskInfo = z.object({
  ...CASE_REF,
  publicText: publicWords('请诉求人补充什么'),
  internalText: staffWords('内部备注'),
});
export type AskInfo = z.output<typeof AskInfo>;

export const TerminateCase = z.object({
  ...CASE_REF,
  publicText: publicWords('终止办理的理由'),
  internalText: staffWords('证据和依据', false),
});
export type TerminateCase = z.output<typeof TerminateCase>;

/** A refused or referred case is taken up again. */
export const ReopenIntake = z.object({
  ...CASE_REF,
  publicText: publicWords('重新登记的理由'),
  internalText: staffWords('内部备注'),
});
export type ReopenIntake = z.output<typeof ReopenIntake>;
