import { z } from 'zod';
import { idField, text } from '#core/fields.ts';
import type { ComplaintId } from '#db/schema/ids.ts';

export const RevealContact = z.object({
  number: text('工单编号', { max: 20 }),
  complaint: idField<ComplaintId>('诉求'),
  reason: text('查看理由', { min: 2, max: 100 }),
});
export type RevealContact = z.output<typeof RevealContact>;
