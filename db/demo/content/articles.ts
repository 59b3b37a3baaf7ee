import { broadcast } from './articles-broadcast.ts';
import { building } from './articles-building.ts';
import { culture } from './articles-culture.ts';
import { districts } from './articles-districts.ts';
import { headlines } from './articles-headlines.ts';
import { notices } from './articles-notices.ts';
import { opinion } from './articles-opinion.ts';
import { people } from './articles-people.ts';
import { photoNews } from './articles-photos.ts';
import type { DemoArticle } from './types.ts';

/** The articles of two years, all columns, in no particular order. */
export const articles: readonly DemoArticle[] = [
  ...headlines,
  ...photoNews,
  ...notices,
  ...building,
  ...people,
  ...opinion,
  ...broadcast,
  ...districts,
  ...culture,
];
