import { z } from 'zod';
import { SIGN_IN_RESULTS } from '#db/schema/accounts.values.ts';

const word = z.string().trim().max(60).catch('');
const beijingDay = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .catch('');

/** What the log is narrowed to; anything not understood narrows nothing. */
export const LogQuery = z.object({
  action: word.default(''),
  entity: word.default(''),
  id: word.default(''),
  actor: word.default(''),
  from: beijingDay.default(''),
  to: beijingDay.default(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
});
/** What the list of sign-ins is narrowed to. */
export const SignInQuery = z.object({
  result: z.enum(SIGN_IN_RESULTS).optional().catch(undefined),
  account: word.default(''),
  from: beijingDay.default(''),
  to: beijingDay.default(''),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
});
export type SignInQuery = z.output<typeof SignInQuery>;

export type LogQuery = z.output<typeof LogQuery>;
