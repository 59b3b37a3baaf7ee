import { z } from 'zod';
import { choice, day, text } from '#core/fields.ts';
import { OVERRIDE_KINDS } from '#db/schema/calendar.values.ts';

export const SetWorkday = z.object({
  date: day('日期'),
  kind: choice('休息或上班', OVERRIDE_KINDS),
  name: text('名称', { max: 20 }),
  source: text('依据', { max: 100, optional: true }),
});
export type SetWorkday = z.output<typeof SetWorkday>;

export const RemoveWorkday = z.object({ date: day('日期') });
