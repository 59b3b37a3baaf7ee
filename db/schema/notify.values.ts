export const MESSAGE_CHANNELS = ['sms', 'mail', 'site'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** `held`: stands in the outbox because no way out is configured, or the store is a demonstration. */
export const MESSAGE_STATES = ['queued', 'sent', 'failed', 'capped', 'held'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
