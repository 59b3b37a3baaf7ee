import type { z } from 'zod';
import { choice, idField, multiline } from '#core/fields.ts';
import type { NoticeVisitId } from '#db/schema/ids.ts';
import { DESCRIPTION_MAX, NoticeRef } from '../notices/input.ts';

/** How a visit after sign-off went. */
export const RecordVisit = NoticeRef.extend({
  visit: idField<NoticeVisitId>('回头看'),
  result: choice('结果', ['pass', 'fail']),
  // It becomes the description of the notice that follows a relapse.
  note: multiline('情况', { max: DESCRIPTION_MAX, optional: true }),
});
export type RecordVisit = z.output<typeof RecordVisit>;
