import { unknown } from './_answer.ts';

/** Whatever is none of the calls is refused in their own way, never by a page. */
export const ALL = unknown;
