import { z } from 'zod';
import { choice, multiline } from '#core/fields.ts';
import { OUTCOMES } from '#db/schema/hotline.values.ts';
import { CASE_REF, staffWords } from '../cases/input.ts';

/** How a follow-up call went: the complainant says it is settled, says it is not, or could not be reached. */
const CALL_RESULTS = ['settled', 'unsettled', 'missed'] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

export const FollowUp = z
  .object({
    ...CASE_REF,
    result: choice('回访结果', CALL_RESULTS),
    outcome: z.preprocess((value) => value || null, z.enum(OUTCOMES, '请选择办理结果').nullable()),
    words: multiline('诉求人的意见', { max: 2000, optional: true }),
  })
  .refine((sent) => sent.result !== 'unsettled' || sent.words !== '', {
    path: ['words'],
    message: '请写明诉求人认为哪里没有解决',
    when: () => true,
  });
export type FollowUp = z.output<typeof FollowUp>;

export const CONTACT_CHANNELS = ['phone', 'relay', 'visit', 'letter'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export const RecordContact = z.object({
  ...CASE_REF,
  channel: choice('联系方式', CONTACT_CHANNELS),
  words: staffWords('联系情况', false),
});
export type RecordContact = z.output<typeof RecordContact>;
