import { z } from 'zod';
import { checkbox, choice, day, integer, multiline, text } from '#core/fields.ts';
import { CASE_FLAGS } from '#db/schema/hotline.values.ts';
import type { Limit } from '#domains/calendar/rules.ts';

/** Circumstances that change the limit of one category; what is supervised has one limit in all of them. */
export const LIMIT_FLAGS = CASE_FLAGS.filter((flag) => flag !== 'supervised');
type LimitFlag = (typeof LIMIT_FLAGS)[number];

const UNITS = ['hour', 'workday', 'day'] as const;

const amount = (label: string) => integer(label, { min: 1, max: 365, optional: true });

const flagFields = Object.fromEntries(
  LIMIT_FLAGS.flatMap((flag) => [
    [`${flag}N`, amount('时限')],
    [`${flag}Unit`, choice('单位', UNITS, 'hour')],
  ]),
) as Record<`${LimitFlag}N`, z.ZodType<number | null, unknown>> &
  Record<`${LimitFlag}Unit`, z.ZodType<(typeof UNITS)[number], unknown>>;

/** A category's words and limits from a day on. An empty amount means that no limit of its own holds. */
export const CategoryChange = z.object({
  name: text('名称', { max: 20 }),
  hint: text('说明', { max: 100, optional: true }),
  openRule: multiline('立案条件', { max: 500, optional: true }),
  closeRule: multiline('结案条件', { max: 500, optional: true }),
  limitN: amount('办理时限'),
  limitUnit: choice('单位', UNITS, 'workday'),
  ...flagFields,
  publicPlace: checkbox(),
  fixable: checkbox(),
  from: day('生效日期'),
});
export type CategoryChange = z.output<typeof CategoryChange>;

const limit = (n: number | null, unit: (typeof UNITS)[number]): Limit | undefined =>
  n === null ? undefined : { n, unit };

/** The limits that a form names, under the keys by which the clocks read them. */
export function limitsOf(sent: CategoryChange): { limit?: Limit; flags?: Partial<Record<LimitFlag, Limit>> } {
  const own = limit(sent.limitN, sent.limitUnit);
  const flags = LIMIT_FLAGS.flatMap((flag) => {
    const one = limit(sent[`${flag}N`], sent[`${flag}Unit`]);
    return one ? [[flag, one] as const] : [];
  });
  return {
    ...(own ? { limit: own } : {}),
    ...(flags.length > 0 ? { flags: Object.fromEntries(flags) } : {}),
  };
}
