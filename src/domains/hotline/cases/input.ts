import type { z } from 'zod';
import { integer, multiline, text } from '#core/fields.ts';

/** The fields by which every staff form says which case it speaks of, and as of which version. */
export const CASE_REF = {
  number: text('工单编号', { max: 20 }),
  version: integer('版本', { min: 1 }) as z.ZodType<number, unknown>,
};

/** Said to the complainant, and on the public page once the case stands there. */
export const publicWords = (label: string, optional = false) => multiline(label, { max: 2000, optional });

/** For staff alone. */
export const staffWords = (label: string, optional = true) => multiline(label, { max: 2000, optional });
