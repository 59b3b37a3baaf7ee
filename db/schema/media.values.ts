export const MEDIA_KINDS = ['image', 'file'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** `staged` belongs to a form not yet sent, and is swept after a day. */
export const MEDIA_STATES = ['staged', 'private', 'public'] as const;
export type MediaState = (typeof MEDIA_STATES)[number];

/** What a picture is of; it decides who may see it while it is private. */
export const MEDIA_PURPOSES = ['complaint', 'handling', 'article', 'honor', 'demo'] as const;
export type MediaPurpose = (typeof MEDIA_PURPOSES)[number];
