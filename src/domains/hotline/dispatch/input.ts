import { z } from 'zod';
import { idField, list, text } from '#core/fields.ts';
import type { UnitId } from '#db/schema/ids.ts';
import { CASE_REF, publicWords, staffWords } from '../cases/input.ts';

const lead = { unit: idField<UnitId>('牵头单位'), helpers: list(idField<UnitId>('协办单位'), { max: 10 }) };

export const DispatchCase = z.object({
  ...CASE_REF,
  ...lead,
  publicText: publicWords('给诉求人的说明', true),
  internalText: staffWords('办理要求'),
});
export type DispatchCase = z.output<typeof DispatchCase>;

/** The centre decides who handles a returned case; from the second return on with the minutes of the meeting. */
export const RuleOnReturn = z.object({
  ...CASE_REF,
  ...lead,
  publicText: publicWords('给诉求人的说明', true),
  internalText: staffWords('裁定理由（有争议的写会商纪要）', false),
});
export type RuleOnReturn = z.output<typeof RuleOnReturn>;

export const ReassignCase = z.object({
  ...CASE_REF,
  ...lead,
  publicText: publicWords('给诉求人的说明', true),
  internalText: staffWords('改派理由', false),
});
export type ReassignCase = z.output<typeof ReassignCase>;

export const SignCase = z.object(CASE_REF);
export type SignCase = z.output<typeof SignCase>;

export const ReturnCase = z.object({
  ...CASE_REF,
  ground: text('退单理由', { max: 200 }),
  evidence: staffWords('依据材料', false),
  suggested: idField<UnitId>('建议承办单位', { optional: true }),
});
export type ReturnCase = z.output<typeof ReturnCase>;
