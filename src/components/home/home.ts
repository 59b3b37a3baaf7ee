import type { Item } from '../ArticleList.astro';
import type { Tone } from '../data-table.ts';
import type { Props as PictureProps } from '../Picture.astro';
import type { Props as PromiseProps } from '../PromiseStrip.astro';

export interface Lead {
  href: string;
  title: string;
  kicker?: string;
  summary?: string;
  source?: string;
  at: Date;
}

export interface Photo {
  href: string;
  title: string;
  picture: PictureProps;
}

export interface Hotline {
  /** Empty where the city has none yet. */
  number: string;
  hours: string;
  figures: PromiseProps['figures'];
  /** Which period the figures cover. */
  note?: string;
}

export interface RecentCase {
  href: string;
  title: string;
  /** In words, as residents see it. */
  state: string;
  tone: Tone;
  community: string;
  at: Date;
}

export interface Shift {
  href: string;
  title: string;
  starts: Date;
  place: string;
  /** Free places; null where nothing limits them. */
  left: number | null;
}

export interface Portrait {
  href: string;
  name: string;
  class: string;
  deed: string;
  picture?: PictureProps;
}

export interface Block {
  title: string;
  href: string;
  items: readonly Item[];
  empty?: string;
  tone?: 'hotline' | 'volunteer' | 'honor';
}

/** All that the home page shows. Empty parts are left out, so that a new city's page has no hollow boxes. */
export interface HomeData {
  /** The whole name of the site and what it is, for those who hear the page. */
  heading: string;
  lead?: Lead;
  headlines: readonly Item[];
  photos: readonly Photo[];
  hotline: Hotline;
  cases: readonly RecentCase[];
  /** 公告公示 and its like, side by side under the first screen. */
  blocks: readonly Block[];
  shifts: readonly Shift[];
  portraits: readonly Portrait[];
  /** 创城简报, 创建工作交流 and other serials. */
  serials: readonly Block[];
  communities: readonly { district: string; places: readonly { href: string; name: string }[] }[];
  columns: readonly { href: string; name: string }[];
}
