import { z } from 'zod';
import { choice, idField } from '#core/fields.ts';
import type { MessageId } from '#db/schema/ids.ts';
import { MESSAGE_CHANNELS, MESSAGE_STATES } from '#db/schema/notify.values.ts';

const among = <const V extends readonly [string, ...string[]]>(values: V) =>
  choice('', values).optional().catch(undefined);

/** What a list of messages is narrowed to; anything not understood narrows nothing. */
export const OutboxQuery = z.object({
  state: among(MESSAGE_STATES),
  channel: among(MESSAGE_CHANNELS),
  template: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export const OneMessage = z.object({ id: idField<MessageId>('消息') });
