import { z } from 'zod';
import { choice, multiline } from '#core/fields.ts';
import { OUTCOMES } from '#db/schema/hotline.values.ts';
import { CASE_REF, publicWords, staffWords } from '../cases/input.ts';

export const AnswerCase = z.object({
  ...CASE_REF,
  answer: multiline('答复内容', { min: 10, max: 8000 }),
  outcome: choice('办理结果', OUTCOMES),
  action: staffWords('采取的措施（内部）'),
});
export type AnswerCase = z.output<typeof AnswerCase>;

export const ApproveAnswer = z.object({ ...CASE_REF, internalText: staffWords('审核意见') });
export type ApproveAnswer = z.output<typeof ApproveAnswer>;

export const SendBack = z.object({ ...CASE_REF, reason: publicWords('退回理由') });
export type SendBack = z.output<typeof SendBack>;
