export const ARTICLE_STATES = ['draft', 'review', 'published', 'withdrawn'] as const;
export type ArticleState = (typeof ARTICLE_STATES)[number];

export const ARTICLE_EVENTS = ['submit', 'sendBack', 'publish', 'withdraw', 'reopen'] as const;
export type ArticleEvent = (typeof ARTICLE_EVENTS)[number];

/** `interprets` joins 解读 and 原文; `related` anything else. */
export const LINK_KINDS = ['related', 'interprets'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Numbered series: 创城简报, 创建工作交流. */
export const SERIAL_KINDS = ['bulletin', 'exchange'] as const;
export type SerialKind = (typeof SERIAL_KINDS)[number];
