import { z } from 'zod';

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
export type LogQuery = z.output<typeof LogQuery>;
